//! Tells the elements of the structure tree (ISO 32000-2, 14.7.2) of a tagged file, and the lists of them, from all other
//! objects. Nothing here reads them, and they can be nine tenths of a file's objects.

/// Bytes of an object that are looked at.
const HEAD: usize = 256;

/// Whether the object written here is a dictionary whose type is that of structure elements, told before anything nested
/// in it.
pub(super) fn is_element(body: &[u8]) -> bool {
    let head = body.get(..HEAD).unwrap_or(body);
    let Some(body) = head.strip_prefix(b"<<") else { return false };
    let first = body.strip_prefix(b"/Type").and_then(|rest| rest.trim_ascii_start().strip_prefix(b"/StructElem"));
    if first.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"/")) {
        return true;
    }
    let end = body.iter().position(|byte| matches!(byte, b'<' | b'>' | b'(' | b'%')).unwrap_or(body.len());
    let mut names = body.get(..end).unwrap_or_default().split(|byte| *byte == b'/').map(<[u8]>::trim_ascii_end);
    names.any(|name| name == b"Type") && names.next() == Some(b"StructElem")
}

#[cfg(test)]
mod tests {
    use super::is_element;

    #[track_caller]
    fn case(object: &str, expected: bool) {
        assert_eq!(is_element(object.as_bytes()), expected, "{object}");
    }

    #[test]
    fn tells_structure_elements_from_what_only_names_them() {
        case("<</Type /StructElem\n/S /P /P 55 0 R>>", true);
        case("<</S/P/K[ 0 1]/Type/StructElem /P 55 0 R>>", true);
        case("<</Type/StructTreeRoot/K<</Type/StructElem>>>>", false);
        case("<</Title(/Type/StructElem)>>", false);
        case("<</Type/Page/StructElem 1>>", false);
        case("[/Type/StructElem]", false);
        case("/Type/StructElem", false);
    }
}
