//! Takes bytes, gives text: UTF-8 first, then UTF-16 by its byte order mark, then Shift_JIS as code page 932.

use crate::error::{Error, Result};
use crate::warning::Warning;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Text of up to this share of control characters may still be text.
const MOST_CONTROLS: f32 = 0.01;

/// The text with its line ends as `\n`, and a warning where the encoding had to be found out.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Vec<Warning>)> {
    let (encoding, text) = characters(bytes).ok_or(Error::UnknownFormat)?;
    let warning = (encoding != UTF_8).then(|| {
        Warning::new("guessed-encoding", format!("the text is not UTF-8 and was read as {}", encoding.name()))
    });
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() };
    Ok((text, warning.into_iter().collect()))
}

/// The encoding that fits and the text in it; `None` for binary data.
pub(super) fn characters(bytes: &[u8]) -> Option<(&'static Encoding, Cow<'_, str>)> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (Some(encoding), bytes.get(length..)?),
        None => (None, bytes),
    };
    let candidates: &[&'static Encoding] = match encoding {
        Some(encoding) if encoding == UTF_16LE => &[UTF_16LE],
        Some(encoding) if encoding == UTF_16BE => &[UTF_16BE],
        _ => &[UTF_8, SHIFT_JIS],
    };
    candidates.iter().find_map(|encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        is_text(&text).then_some((*encoding, text))
    })
}

/// Whether hardly any character is a control character; `NUL` never stands in text.
fn is_text(text: &str) -> bool {
    let is_control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let controls = text.chars().filter(is_control).count();
    !text.contains('\0') && controls as f32 <= text.len() as f32 * MOST_CONTROLS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(bytes: &[u8], expected: Option<&str>, warned: bool) {
        let found = decode(bytes).ok();
        assert_eq!(found.as_ref().map(|(text, _)| text.as_str()), expected);
        assert_eq!(found.is_some_and(|(_, warnings)| !warnings.is_empty()), warned);
    }

    #[test]
    fn encodings() {
        case("取組\r\n内容\r".as_bytes(), Some("取組\n内容\n"), false);
        case("\u{feff}取組".as_bytes(), Some("取組"), false);
        case(&[0xff, 0xfe, 0xd6, 0x53], Some("取"), true);
        case(&[0xfe, 0xff, 0x53, 0xd6], Some("取"), true);
        case(&[0x8e, 0xe6, 0x91, 0x67], Some("取組"), true);
    }

    #[test]
    fn binary_data_is_no_text() {
        case(b"\x7fELF\x02\x01\x01\0\0\0", None, false);
        case(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, false);
        case(&[1, 2, 3, 4, 5, 6], None, false);
    }
}
