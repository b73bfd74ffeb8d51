//! Takes bytes, gives text: UTF-8 first, then UTF-16 by its byte order mark, then what a page of HTML declares, then
//! Shift_JIS as code page 932.

use crate::error::{Error, Result};
use crate::warning::Warning;
use encoding_rs::{Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Text of up to this share of control characters may still be text.
const MOST_CONTROLS: f32 = 0.01;
/// A page declares its encoding in its first bytes (HTML Living Standard, 4.2.5.4; what offices write is longer).
const DECLARED_WITHIN: usize = 4096;

/// The text with its line ends as `\n`, and a warning where the encoding had to be found out.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Vec<Warning>)> {
    let (encoding, text) = characters(bytes).ok_or(Error::UnknownFormat)?;
    let warning = (encoding != UTF_8 && declared(bytes) != Some(encoding)).then(|| {
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
        _ => match declared(bytes) {
            // Its bytes are those of ASCII.
            Some(encoding) if encoding == ISO_2022_JP => &[ISO_2022_JP, UTF_8, SHIFT_JIS],
            Some(encoding) => &[UTF_8, encoding, SHIFT_JIS],
            None => &[UTF_8, SHIFT_JIS],
        },
    };
    candidates.iter().find_map(|encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        is_text(&text).then_some((*encoding, text))
    })
}

/// The encoding that a page of HTML names in its head.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    if !start.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let start = start.to_ascii_lowercase();
    let after = |name: &[u8]| start.windows(name.len()).position(|at| at == name).map(|at| at + name.len());
    let from = after(b"charset=").or_else(|| after(b"encoding="))?;
    let label = start.get(from..)?.trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|c| !(c.is_ascii_alphanumeric() || b"-_:.".contains(c))).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?)
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
    fn declared_encodings() {
        let page = |charset: &str| format!("<html><meta charset=\"{charset}\"><p>").into_bytes();
        let euc = [page("EUC-JP"), vec![0xbc, 0xe8, 0xc1, 0xc8]].concat();
        case(&euc, Some("<html><meta charset=\"EUC-JP\"><p>取組"), false);
        let sjis = [page("Shift_JIS"), vec![0x8e, 0xe6, 0x91, 0x67]].concat();
        case(&sjis, Some("<html><meta charset=\"Shift_JIS\"><p>取組"), false);
        let jis = [page("iso-2022-jp"), b"\x1b$B<hAH\x1b(B".to_vec()].concat();
        case(&jis, Some("<html><meta charset=\"iso-2022-jp\"><p>取組"), false);
        let utf = [page("shift_jis"), "取組".as_bytes().to_vec()].concat();
        case(&utf, Some("<html><meta charset=\"shift_jis\"><p>取組"), false);
    }

    #[test]
    fn binary_data_is_no_text() {
        case(b"\x7fELF\x02\x01\x01\0\0\0", None, false);
        case(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, false);
        case(&[1, 2, 3, 4, 5, 6], None, false);
    }
}
