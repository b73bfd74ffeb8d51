//! Takes objects of a document, gives what a font dictionary needs of them: references followed, types checked,
//! streams inflated up to a limit.

pub(super) use crate::pdf::inflate::content;
pub(super) use crate::pdf::object::resolve;
use lopdf::{Dictionary, Document, Object};

/// The entry of a dictionary, references followed.
pub(super) fn entry<'a>(objects: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    resolve(objects, dict.get(key).ok()?)
}

/// An entry that is a dictionary, or a stream with one.
pub(super) fn dictionary<'a>(objects: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    match entry(objects, dict, key)? {
        Object::Dictionary(found) => Some(found),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// An entry that is an array.
pub(super) fn array<'a>(objects: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
    entry(objects, dict, key)?.as_array().ok().map(Vec::as_slice)
}

/// An entry that is a name.
pub(super) fn name<'a>(objects: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    entry(objects, dict, key)?.as_name().ok()
}

/// An entry that is a finite number.
pub(super) fn number(objects: &Document, dict: &Dictionary, key: &[u8]) -> Option<f32> {
    float(objects, dict.get(key).ok()?)
}

/// A finite number.
pub(super) fn float(objects: &Document, object: &Object) -> Option<f32> {
    resolve(objects, object)?.as_float().ok().filter(|number| number.is_finite())
}

/// The numbers of an array; what is no number counts as 0 so that the others keep their place.
pub(super) fn numbers<const N: usize>(objects: &Document, dict: &Dictionary, key: &[u8]) -> Option<[f32; N]> {
    let array = array(objects, dict, key)?;
    if array.len() < N {
        return None;
    }
    let mut numbers = [0.0; N];
    for (number, object) in numbers.iter_mut().zip(array) {
        *number = float(objects, object).unwrap_or_default();
    }
    Some(numbers)
}
