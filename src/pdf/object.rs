//! Looking things up in lopdf's objects without ever failing: what is missing, of the wrong type or behind a broken
//! reference is `None`, and the caller decides what that means.

use super::matrix::Matrix;
use crate::geom::Rect;
use lopdf::{Dictionary, Document, Object};

/// The object behind any chain of references; a broken one reads as absent (ISO 32000-2, 7.3.10).
#[inline]
pub(super) fn resolve<'a>(objects: &'a Document, object: &'a Object) -> Option<&'a Object> {
    let found = match object {
        Object::Reference(_) => objects.dereference(object).ok()?.1,
        direct => direct,
    };
    (!found.is_null()).then_some(found)
}

/// The value of `key`, references followed.
pub(super) fn get<'a>(objects: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dict.get(key).ok().and_then(|object| resolve(objects, object))
}

/// The dictionary under `key`; that of a stream counts.
pub(super) fn get_dict<'a>(objects: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    get(objects, dict, key).and_then(dictionary)
}

/// The array under `key`.
pub(super) fn get_array<'a>(objects: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
    get(objects, dict, key).and_then(array)
}

/// The name under `key`.
pub(super) fn get_name<'a>(objects: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    get(objects, dict, key).and_then(name)
}

/// The number under `key`.
pub(super) fn get_number(objects: &Document, dict: &Dictionary, key: &[u8]) -> Option<f64> {
    get(objects, dict, key).and_then(number)
}

/// The object as a dictionary; that of a stream counts.
pub(super) fn dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// The object as an array.
pub(super) fn array(object: &Object) -> Option<&[Object]> {
    match object {
        Object::Array(items) => Some(items),
        _ => None,
    }
}

/// The object as a name.
pub(super) fn name(object: &Object) -> Option<&[u8]> {
    match object {
        Object::Name(name) => Some(name),
        _ => None,
    }
}

/// The object as a finite number.
#[allow(clippy::cast_precision_loss)]
pub(super) fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) if value.is_finite() => Some(f64::from(*value)),
        _ => None,
    }
}

/// The first `N` numbers of an array of at least that many.
pub(super) fn numbers<const N: usize>(objects: &Document, object: &Object) -> Option<[f64; N]> {
    let items = array(object)?;
    let mut values = [0.0; N];
    for (index, value) in values.iter_mut().enumerate() {
        *value = number(resolve(objects, items.get(index)?)?)?;
    }
    Some(values)
}

/// The matrix under `key`, the identity if there is none.
pub(super) fn get_matrix(objects: &Document, dict: &Dictionary, key: &[u8]) -> Matrix {
    get(objects, dict, key).and_then(|object| numbers::<6>(objects, object)).map_or(Matrix::IDENTITY, Matrix::new)
}

/// The rectangle under `key` in its own space, corners in order (ISO 32000-2, 7.9.5).
#[allow(clippy::cast_possible_truncation)]
pub(super) fn get_rect(objects: &Document, dict: &Dictionary, key: &[u8]) -> Option<Rect> {
    let [x0, y0, x1, y1] = get(objects, dict, key).and_then(|object| numbers::<4>(objects, object))?;
    Some(Rect::new(x0 as f32, y0 as f32, x1 as f32, y1 as f32)).filter(Rect::is_finite)
}

/// A text string (ISO 32000-2, 7.9.2): UTF-16 or UTF-8 by their byte order mark, PDFDocEncoding read as Latin-1 else.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| pdf_doc_character(byte)).collect(),
    }
}

/// PDFDocEncoding (ISO 32000-2, annex D.3) where it differs from Latin-1.
fn pdf_doc_character(byte: u8) -> char {
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
    ];
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    match byte {
        0x18..=0x1F => ACCENTS.get(usize::from(byte - 0x18)).copied(),
        0x80..=0xA0 => HIGH.get(usize::from(byte - 0x80)).copied(),
        _ => Some(char::from(byte)),
    }
    .unwrap_or('\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(bytes: &[u8], text: &str) {
        assert_eq!(text_string(bytes), text);
    }

    #[test]
    fn text_strings_in_their_three_encodings() {
        case(b"\xFE\xFF\x90\x32\x63\x57", "進捗");
        case(b"\xEF\xBB\xBF\xE9\x80\xB2", "進");
        case(b"a\x84b\xA0", "a—b€");
    }
}
