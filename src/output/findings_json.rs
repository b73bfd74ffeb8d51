//! Findings as JSON: one object for one report or comparison, a list for several.

use serde::Serialize;
use std::io::{self, Write};

/// What stands before the first element of a list that is written by [`write_element`].
pub const LIST_START: &[u8] = b"[\n";
/// What stands between two elements.
pub const LIST_BETWEEN: &[u8] = b",\n";
/// What stands after the last element.
pub const LIST_END: &[u8] = b"\n]\n";

/// Writes audits or a comparison as indented JSON with a line end.
///
/// # Errors
/// What `out` reports.
pub fn write<T: Serialize>(all: &[T], out: &mut dyn Write) -> io::Result<()> {
    match all {
        [one] => serde_json::to_writer_pretty(&mut *out, one)?,
        all => serde_json::to_writer_pretty(&mut *out, all)?,
    }
    out.write_all(b"\n")
}

/// Writes one element of a list so that the whole looks as if [`write`] had written it.
///
/// # Errors
/// What `out` reports.
pub fn write_element<T: Serialize>(element: &T, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(element)?;
    let lines: Vec<_> = text.lines().map(|line| format!("  {line}")).collect();
    out.write_all(lines.join("\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_elements_is_the_list_as_a_whole() {
        let all = [serde_json::json!({ "a": [1, "二\n"] }), serde_json::json!({})];
        let (mut whole, mut parts) = (Vec::new(), Vec::new());
        write(&all, &mut whole).unwrap();
        parts.extend(LIST_START);
        write_element(&all[0], &mut parts).unwrap();
        parts.extend(LIST_BETWEEN);
        write_element(&all[1], &mut parts).unwrap();
        parts.extend(LIST_END);
        assert_eq!(String::from_utf8(parts).unwrap(), String::from_utf8(whole).unwrap());
    }
}
