//! Takes any serialisable value, writes it as JSON indented by two spaces, byte for byte as `serde_json` does it, with one
//! write for each line break instead of one for each level: a report is mostly indents.

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::io::{self, BufWriter, Write};

/// Bytes that are gathered before they are passed on.
const BUFFER: usize = 32 << 10;
/// A comma, a line end, and the deepest indent that is written at once.
const BREAK: &[u8] = b",\n                                                                ";
const INDENT: &[u8] = b"  ";

/// Writes `value` and a line end.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(BUFFER, out);
    value.serialize(&mut Serializer::with_formatter(&mut buffered, Indented::default()))?;
    buffered.write_all(b"\n")?;
    buffered.flush()
}

/// How deep the value that is being written is nested, and whether the list or object around it has members.
#[derive(Debug, Default)]
struct Indented {
    depth: usize,
    has_members: bool,
}

impl Indented {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_members = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.has_members {
            self.next_line(out, 1)?;
        }
        out.write_all(bracket)
    }

    /// Breaks the line; the comma is left out where `from` is 1.
    fn next_line<W: ?Sized + Write>(&self, out: &mut W, from: usize) -> io::Result<()> {
        if let Some(whole) = BREAK.get(from..2 + INDENT.len() * self.depth) {
            return out.write_all(whole);
        }
        out.write_all(BREAK.get(from..2).unwrap_or_default())?;
        (0..self.depth).try_for_each(|_| out.write_all(INDENT))
    }
}

/// Room for the digits of the numbers below [`LARGEST`] and their point.
const DIGITS: usize = 12;
/// From here on a number is left to `serde_json`.
const LARGEST: f64 = 1e7;

/// The shortest digits of a number of whole hundredths, which nearly all are: coordinates, rates, counts. It is these
/// hundredths, since no other decimal of so few digits comes to the same number. `None` for any other number.
fn hundredths(value: f64, digits: &mut [u8; DIGITS]) -> Option<&[u8]> {
    if value.is_sign_negative() || value >= LARGEST {
        return None;
    }
    let count = (value * 100.0 + 0.5) as u32;
    if f64::from(count) / 100.0 != value {
        return None;
    }
    let mut start = DIGITS;
    let mut put = |byte: u8| {
        start -= 1;
        digits[start] = byte;
    };
    let digit = |number: u32| b'0' + (number % 10) as u8;
    if !count.is_multiple_of(10) {
        put(digit(count));
    }
    put(digit(count / 10));
    put(b'.');
    let mut whole = count / 100;
    put(digit(whole));
    while whole > 9 {
        whole /= 10;
        put(digit(whole));
    }
    digits.get(start..)
}

impl Formatter for Indented {
    fn write_f64<W: ?Sized + Write>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        let mut digits = [0; DIGITS];
        match hundredths(value, &mut digits) {
            Some(digits) => out.write_all(digits),
            None => CompactFormatter.write_f64(out, value),
        }
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next_line(out, usize::from(first))
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_members = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next_line(out, usize::from(first))
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_members = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use serde_json::{Value, json};

    #[track_caller]
    fn case(value: &Value) {
        let mut out = Vec::new();
        write(value, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string_pretty(value).unwrap() + "\n");
    }

    #[test]
    fn writes_what_serde_json_writes() {
        case(&json!({"取組": [1, 2.5, null, true, "a\"\n"], "empty": [], "none": {}, "last": {"x": [[], [{}]]}}));
        case(&json!([0.0, -0.0, 0.01, 0.1, 0.07, 1.0, 12.3, 595.32, 100.25, 0.005, 1.0 / 3.0, -2.5, 201_377.0]));
        case(&json!([9_999_999.99, 9_999_999.999, 1e7, 1e9, 1e16, 1e300, 5e-324, f64::MAX, f64::EPSILON]));
        case(&(0..100_000).map(|count| f64::from(count) / 100.0).collect());
        case(&json!([]));
        case(&json!("text"));
        case(&(0..60).fold(json!(1), |inner, _| json!([inner, {}, {"in": 1}])));
    }
}
