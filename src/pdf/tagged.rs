//! Takes the bytes of a tagged file, gives them with the elements of its structure tree (ISO 32000-2, 14.7.2) taken out
//! of the cross-reference table. Nothing here reads them, and they can be nine tenths of all objects: the loader, which
//! reads every object that the table lists, is spared them. A file in which anything is unusual stays as it is.

/// Fewer elements are not worth a copy of the file.
const FEWEST_ELEMENTS: usize = 64;
/// Largest file that is copied, in bytes.
const LARGEST: usize = 64 << 20;
/// How far before the end of the file the offset of the table stands, in bytes.
const TAIL: usize = 1024;
/// Bytes of an entry of the table (7.5.4), and where in it the generation and the kind stand.
const ENTRY: usize = 20;
const GENERATION: usize = 11;
const KIND: usize = 17;
/// Digits of the longest number that is read.
const MOST_DIGITS: usize = 18;
/// Bytes of an object that are looked at.
const HEAD: usize = 256;

/// The file without the elements of its structure tree; `None` where it is to be read as it is.
pub(super) fn without_structure(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(b"%PDF-") || bytes.len() > LARGEST {
        return None;
    }
    let elements = elements(bytes)?;
    if elements.len() < FEWEST_ELEMENTS {
        return None;
    }
    let mut copy = bytes.to_vec();
    for entry in elements {
        *copy.get_mut(entry + KIND)? = b'f';
    }
    Some(copy)
}

/// Where the entries of structure elements stand in the last cross-reference table of the file.
fn elements(bytes: &[u8]) -> Option<Vec<usize>> {
    let mut at = table_start(bytes)?;
    let mut elements = Vec::new();
    while let Some((count, first)) = subsection(bytes, at) {
        at = first;
        for _ in 0..count {
            let entry = bytes.get(at..at + ENTRY)?;
            let offset = number(entry.get(..10)?)?;
            if !matches!((entry[10], entry[KIND]), (b' ', b'n' | b'f')) || number(&entry[GENERATION..16]).is_none() {
                return None;
            }
            if entry[KIND] == b'n' && is_element(bytes.get(offset..)?) {
                elements.push(at);
            }
            at += ENTRY;
        }
    }
    bytes.get(at..)?.trim_ascii_start().starts_with(b"trailer").then_some(elements)
}

/// Where the entries of the table that `startxref` names begin, its keyword passed.
fn table_start(bytes: &[u8]) -> Option<usize> {
    const KEYWORD: &[u8] = b"startxref";
    let tail = bytes.len().saturating_sub(TAIL);
    let last = bytes.get(tail..)?.windows(KEYWORD.len()).rposition(|window| window == KEYWORD)?;
    let rest = bytes.get(tail + last + KEYWORD.len()..)?.trim_ascii_start();
    let table = number(rest.get(..rest.iter().position(|byte| !byte.is_ascii_digit())?)?)?;
    bytes.get(table..)?.starts_with(b"xref").then_some(table + 4)
}

/// How many entries the subsection at `at` has, and where they begin.
fn subsection(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = bytes.get(at..)?.get(..64.min(bytes.len() - at))?;
    let line = rest.trim_ascii_start();
    let end = line.iter().position(|byte| matches!(byte, b'\r' | b'\n'))?;
    let mut numbers = line.get(..end)?.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let (Some(_), Some(count), None) =
        (numbers.next().and_then(number), numbers.next().and_then(number), numbers.next())
    else {
        return None;
    };
    let blank = line.get(end..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    Some((count, at + (rest.len() - line.len()) + end + blank))
}

/// Whether the object that begins here is a dictionary whose type is that of structure elements, told before anything
/// nested in it.
fn is_element(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let Some(open) = head.iter().position(|byte| *byte == b'<') else { return false };
    let (header, rest) = head.split_at(open);
    let Some(body) = rest.strip_prefix(b"<<").filter(|_| header.trim_ascii_end().ends_with(b" obj")) else {
        return false;
    };
    let first = body.strip_prefix(b"/Type").and_then(|rest| rest.trim_ascii_start().strip_prefix(b"/StructElem"));
    if first.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"/")) {
        return true;
    }
    let end = body.iter().position(|byte| matches!(byte, b'<' | b'>' | b'(' | b'%')).unwrap_or(body.len());
    let mut names = body.get(..end).unwrap_or_default().split(|byte| *byte == b'/').map(<[u8]>::trim_ascii_end);
    names.any(|name| name == b"Type") && names.next() == Some(b"StructElem")
}

/// The number that these digits are.
fn number(digits: &[u8]) -> Option<usize> {
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return None;
    }
    let value = |digit: &u8| Some(usize::from(*digit)).filter(|_| digit.is_ascii_digit());
    digits.iter().try_fold(0, |number, digit| Some(number * 10 + (value(digit)? - usize::from(b'0'))))
}

#[cfg(test)]
mod tests {
    use super::{is_element, without_structure};
    use lopdf::Document;

    #[track_caller]
    fn case(object: &str, expected: bool) {
        assert_eq!(is_element(object.as_bytes()), expected, "{object}");
    }

    #[test]
    fn tells_structure_elements_from_what_only_names_them() {
        case("56 0 obj\n<</Type /StructElem\n/S /P /P 55 0 R>>", true);
        case("56 0 obj<</S/P/K[ 0 1]/Type/StructElem /P 55 0 R>>", true);
        case("56 0 obj <</Type/StructTreeRoot/K<</Type/StructElem>>>>", false);
        case("56 0 obj <</Title(/Type/StructElem)>>", false);
        case("56 0 obj <</Type/Page/StructElem 1>>", false);
        case("56 0 obj [/Type/StructElem]", false);
        case("<</Type/StructElem>>", false);
    }

    /// A file with one page and `count` structure elements.
    fn file(count: usize) -> Vec<u8> {
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R>>".to_owned(),
        ];
        objects.extend((0..count).map(|_| "<</Type /StructElem /S /P>>".to_owned()));
        let mut file = "%PDF-1.4\n".to_owned();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (number, object) in (1..).zip(&objects) {
            table += &format!("{:010} 00000 n \n", file.len());
            file += &format!("{number} 0 obj\n{object}\nendobj\n");
        }
        let trailer =
            format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", objects.len() + 1, file.len());
        (file + &table + &trailer).into_bytes()
    }

    #[test]
    fn a_tagged_file_keeps_its_pages_and_loses_its_structure() {
        let tagged = file(200);
        let document = Document::load_mem(&without_structure(&tagged).unwrap()).unwrap();
        assert_eq!((document.objects.len(), document.page_iter().count()), (3, 1));
        assert_eq!(Document::load_mem(&tagged).unwrap().objects.len(), 203);
    }

    #[test]
    fn other_files_stay_as_they_are() {
        assert_eq!(without_structure(&file(10)), None);
        let tagged = file(200);
        assert_eq!(without_structure(&tagged[9..]), None);
        for cut in [20, 100, 2000, tagged.len() / 2] {
            assert_eq!(without_structure(&tagged[..tagged.len() - cut]), None, "{cut}");
        }
        let shifted: Vec<u8> = tagged.iter().copied().filter(|byte| *byte != b'%').collect();
        assert_eq!(without_structure(&shifted), None);
    }
}
