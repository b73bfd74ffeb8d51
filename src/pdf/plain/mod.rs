//! Takes the bytes of a file, gives its objects, if the file is as nearly all are: not encrypted, not updated, every
//! object where the cross-reference data says and nothing odd in any of them. It reads those several times faster than
//! the loader, and leaves out the structure tree, which nothing here asks for. Every other file is left to the loader,
//! which knows what to make of defects.

mod element;
mod object;
mod table;

use super::inflate;
use element::is_element;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use object::Reader;
use std::collections::BTreeMap;
use table::{Place, Places, Table};

/// Largest file that is read here, in bytes.
const LARGEST: usize = 64 << 20;

/// The objects of a file, but for those of its structure tree; its object streams are inflated to no more than `limit`
/// bytes together.
pub(super) fn load(bytes: &[u8], limit: usize) -> Option<Document> {
    let version = version(bytes)?;
    let Table { places, trailer } = Table::read(bytes, limit)?;
    let mut objects = BTreeMap::new();
    let mut containers = Vec::new();
    let mut read = 0;
    for (number, place) in places.iter() {
        let Place::At(offset) = place else { continue };
        let reader = Reader::new(bytes, offset);
        let mut body = reader.clone();
        if body.head()? != (number, 0) {
            return None;
        }
        if is_of_structure(bytes, body.rest(), &places) {
            continue;
        }
        let (end, object) = indirect(reader, &places)?;
        // Objects lie beside each other; made-up ones that overlap would take more memory than the file.
        read += end - offset;
        if read > bytes.len() {
            return None;
        }
        if let Object::Stream(stream) = &object
            && stream.dict.has_type(b"ObjStm")
        {
            containers.push(number);
        }
        objects.insert((number, 0), object);
    }
    let mut left = limit;
    for container in containers {
        let Some(Object::Stream(stream)) = objects.get(&(container, 0)) else { return None };
        let content = inflate::content(stream, left)?;
        left = left.checked_sub(content.len())?;
        for (id, object) in contained(stream, &content, container, &places)? {
            if objects.insert(id, object).is_some() {
                return None;
            }
        }
    }
    let mut document = Document::new();
    document.version = version;
    document.trailer = trailer;
    document.objects = objects;
    has_pages(&document).then_some(document)
}

fn version(bytes: &[u8]) -> Option<String> {
    let rest = bytes.strip_prefix(b"%PDF-").filter(|_| bytes.len() <= LARGEST)?;
    let length = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b'.')?;
    let line_ends = matches!(rest.get(length), Some(b'\r' | b'\n'));
    String::from_utf8(rest.get(..length)?.to_vec()).ok().filter(|_| line_ends)
}

/// Whether the catalog leads to the root of a page tree.
fn has_pages(document: &Document) -> bool {
    let pages = document.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference);
    let kids = pages.and_then(|root| document.get_dictionary(root)?.get_deref(b"Kids", document));
    kids.and_then(Object::as_array).is_ok()
}

/// Whether an object is an element of the structure tree, or a list of such elements.
fn is_of_structure(bytes: &[u8], body: &[u8], places: &Places) -> bool {
    let first = body.strip_prefix(b"[").and_then(|items| match Reader::new(items, 0).object() {
        Some(Object::Reference((number, _))) => Some(number),
        _ => None,
    });
    match first.and_then(|number| places.get(number)) {
        Some(Place::At(offset)) => {
            let mut element = Reader::new(bytes, offset);
            element.head().is_some() && is_element(element.rest())
        }
        _ => is_element(body),
    }
}

/// The indirect object at which `reader` stands, and where it ends. A stream without data is none: it may have lost it.
fn indirect(mut reader: Reader<'_>, places: &Places) -> Option<(usize, Object)> {
    reader.head()?;
    let mut object = reader.object()?;
    reader.space();
    if let Object::Dictionary(dict) = &mut object
        && reader.accept(b"stream").is_some()
    {
        if reader.accept(b"\r\n").is_none() {
            reader.accept(b"\n")?;
        }
        let data = reader.take(length(&reader, dict, places)?).filter(|data| !data.is_empty())?;
        let ends: [&[u8]; 3] = [b"\r\n", b"\n", b"\r"];
        ends.iter().find_map(|end| reader.accept(end));
        reader.accept(b"endstream")?;
        reader.space();
        object = Object::Stream(Stream::new(std::mem::take(dict), data.to_vec()));
    }
    reader.accept(b"endobj")?;
    Some((reader.offset(), object))
}

/// How many bytes of data a stream has.
fn length(reader: &Reader<'_>, dict: &Dictionary, places: &Places) -> Option<usize> {
    match dict.get(b"Length").ok()? {
        Object::Integer(length) => usize::try_from(*length).ok(),
        Object::Reference((number, 0)) => {
            let Some(Place::At(offset)) = places.get(*number) else { return None };
            let mut other = reader.to(offset);
            let (found, length) = (other.head()?, other.unsigned()?);
            other.space();
            other.accept(b"endobj")?;
            usize::try_from(length).ok().filter(|_| found == (*number, 0))
        }
        _ => None,
    }
}

/// The objects in an object stream (ISO 32000-2, 7.5.7) that the cross-reference data looks for there.
fn contained(stream: &Stream, content: &[u8], number: u32, places: &Places) -> Option<Vec<(ObjectId, Object)>> {
    let integer = |key: &[u8]| usize::try_from(stream.dict.get(key).ok()?.as_i64().ok()?).ok();
    let (count, first) = (integer(b"N")?, integer(b"First")?);
    let mut heads = Reader::new(content.get(..first)?, 0);
    let mut objects = Vec::new();
    for _ in 0..count {
        heads.space();
        let id = u32::try_from(heads.unsigned()?).ok()?;
        heads.space();
        let offset = first.checked_add(usize::try_from(heads.unsigned()?).ok()?)?;
        match places.get(id) {
            Some(Place::In(container)) if container == number => {
                let mut reader = Reader::new(content, offset);
                reader.space();
                if !is_element(reader.rest()) {
                    objects.push(((id, 0), reader.object()?));
                }
            }
            Some(_) => {}
            None => return None,
        }
    }
    heads.space();
    heads.rest().is_empty().then_some(objects)
}

#[cfg(test)]
mod tests {
    use super::load;
    use lopdf::Document;

    const LIMIT: usize = 1 << 20;

    /// A file with one page, of the objects `more` after it, its table and its trailer.
    fn file(more: &[String], trailer: &str) -> Vec<u8> {
        let page =
            ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"];
        let mut file = "%PDF-1.4\n%\u{e2}\u{e3}\n".to_owned();
        let count = page.len() + more.len() + 1;
        let mut table = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for (number, object) in (1..).zip(page.into_iter().chain(more.iter().map(String::as_str))) {
            table += &format!("{:010} 00000 n \n", file.len());
            file += &format!("{number} 0 obj\n{object}\nendobj\n");
        }
        let end = format!("trailer\n<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{}\n%%EOF\n", file.len());
        (file + &table + &end).into_bytes()
    }

    fn some() -> Vec<String> {
        let stream = |length: &str| format!("<</Length {length}>>stream\nq Q BT\nendstream");
        vec!["6".to_owned(), stream("4 0 R"), stream("6"), "[1 (a) <41> /N null 2.5 <</K true>>]".to_owned()]
    }

    #[test]
    fn a_plain_file_has_the_objects_that_the_loader_reads() {
        let file = file(&some(), "/Info<</Title(x)>>");
        let (plain, loaded) = (load(&file, LIMIT).unwrap(), Document::load_mem(&file).unwrap());
        assert_eq!(plain.objects, loaded.objects);
        assert_eq!((&plain.version, &plain.trailer), (&loaded.version, &loaded.trailer));
    }

    #[test]
    fn the_structure_of_a_tagged_file_is_left_out() {
        let elements = ["<</Type /StructElem /S /P>>", "[4 0 R 4 0 R]", "[4 0]", "[1 0 R]"].map(str::to_owned);
        let plain = load(&file(&elements, ""), LIMIT).unwrap();
        assert_eq!(plain.objects.keys().map(|id| id.0).collect::<Vec<_>>(), [1, 2, 3, 6, 7]);
    }

    #[test]
    fn object_streams_and_cross_reference_streams_are_read() {
        let mut file = b"%PDF-1.5\n".to_vec();
        let held = "1 0 2 30 3 66 6 96 <</Type/Catalog /Pages 2 0 R>><</Type/Pages/Kids[3 0 R]/Count 1 >>\
                    <</Type/Page/Parent 2 0 R   >><</Type/StructElem /S/P>>";
        let first = held.find('<').unwrap();
        let at = file.len();
        let dict = format!("/Type/ObjStm/N 4/First {first}/Length {}", held.len());
        file.extend(format!("4 0 obj<<{dict}>>stream\n{held}\nendstream endobj\n").bytes());
        let table = file.len();
        let (at, here) = (u8::try_from(at).unwrap(), u16::try_from(table).unwrap().to_be_bytes());
        let entries =
            [[0; 4], [2, 0, 4, 0], [2, 0, 4, 1], [2, 0, 4, 2], [1, 0, at, 0], [1, here[0], here[1], 0], [2, 0, 4, 3]];
        file.extend(b"5 0 obj<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length 28>>stream\n");
        file.extend(entries.as_flattened());
        file.extend(format!("\nendstream endobj\nstartxref\n{table}\n%%EOF").bytes());
        let (plain, mut loaded) = (load(&file, LIMIT).unwrap(), Document::load_mem(&file).unwrap());
        assert!(loaded.objects.remove(&(6, 0)).is_some());
        assert_eq!(plain.objects, loaded.objects);
        assert!(load(&file, held.len() - 1).is_none(), "beyond the limit");
    }

    #[test]
    fn what_is_unusual_is_left_to_the_loader() {
        let sound = file(&some(), "");
        assert!(load(&sound, LIMIT).is_some());
        for trailer in ["/Prev 9", "/XRefStm 9", "/Encrypt<<>>"] {
            assert!(load(&file(&some(), trailer), LIMIT).is_none(), "{trailer}");
        }
        let bad = |object: &str| load(&file(&[object.to_owned()], ""), LIMIT).is_none();
        assert!(bad("<</A 1") && bad("(a") && bad("1 % one") && bad("<</Length 0>>stream\n\nendstream"));
        assert!(bad("<</Length 2>>stream\nq Q\nendstream") && bad("<</Length 4 0 R>>stream\nq Q\nendstream"));
        for cut in [2, 20, 100, sound.len() / 2] {
            assert!(load(&sound[..sound.len() - cut], LIMIT).is_none(), "{cut}");
        }
        let shifted = [b"%PDF-1.4\n", &sound[..]].concat();
        assert!(load(&shifted, LIMIT).is_none() && load(&sound[1..], LIMIT).is_none());
    }
}
