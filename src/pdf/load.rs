//! Takes the bytes of a file, gives its objects and its list of pages, trying harder step by step: as a plain file, as
//! written, with the cross-reference data mended by the loader, with the file written anew.

use super::file::Options;
use super::object::{dictionary, get_dict, get_name};
use super::plain;
use super::repair;
use super::stream::Budget;
use super::tree::{self, PageList};
use crate::error::{Error, Result};
use lopdf::xref::XrefEntry;
use lopdf::{Document, LoadOptions, Object};

/// A file's objects.
pub(super) struct Loaded {
    pub(super) objects: Document,
    pub(super) pages: PageList,
    /// What was done to the file, if it had to be written anew.
    pub(super) rebuilt: Option<&'static str>,
}

const REBUILT: &str = "the file is damaged: its objects were gathered from its bytes";
const FILLED: &str = "objects that could not be read as written were gathered from the file's bytes";

/// Loads a file and finds its pages.
pub(super) fn load(bytes: &[u8], options: &Options, budget: &Budget) -> Result<Loaded> {
    if let Some(loaded) = plain::load(bytes, budget.per_stream()).and_then(|objects| with_pages(objects, None).ok()) {
        return Ok(loaded);
    }
    let trouble = match read(bytes, options, budget) {
        Ok(objects) => match with_pages(objects, None) {
            Ok(loaded) if !is_incomplete(&loaded.objects) => return Ok(loaded),
            Ok(loaded) => return Ok(fill(loaded, bytes, options, budget)),
            Err(error) => error,
        },
        Err(error @ (Error::Damaged(_) | Error::PasswordNeeded | Error::WrongPassword)) => error,
        Err(error) => return Err(error),
    };
    let Some(rebuilt) = repair::rebuild(bytes) else { return Err(trouble) };
    match read(&rebuilt, options, budget) {
        Ok(objects) => with_pages(objects, Some(REBUILT)).map_err(|_| trouble),
        Err(error @ Error::Limit { .. }) => Err(error),
        Err(error @ (Error::PasswordNeeded | Error::WrongPassword)) if matches!(trouble, Error::Damaged(_)) => {
            Err(error)
        }
        Err(_) => Err(trouble),
    }
}

fn with_pages(mut objects: Document, rebuilt: Option<&'static str>) -> Result<Loaded> {
    find_catalog(&mut objects);
    let pages = tree::list(&objects);
    if pages.pages.is_empty() { Err(Error::NoPages) } else { Ok(Loaded { objects, pages, rebuilt }) }
}

/// Points the trailer at a catalog if what it points at is none.
fn find_catalog(objects: &mut Document) {
    let root = get_dict(objects, &objects.trailer, b"Root");
    if root.is_some_and(|root| get_dict(objects, root, b"Pages").is_some_and(|pages| pages.has(b"Kids"))) {
        return;
    }
    let is_catalog = |object: &Object| {
        dictionary(object).is_some_and(|dict| {
            get_name(objects, dict, b"Type") == Some(b"Catalog")
                && get_dict(objects, dict, b"Pages").is_some_and(|pages| pages.has(b"Kids"))
        })
    };
    let found = objects.objects.iter().rev().find(|(_, object)| is_catalog(object)).map(|(id, _)| *id);
    if let Some(id) = found.filter(|_| objects.objects.len() > 1) {
        objects.trailer.set("Root", Object::Reference(id));
    }
}

/// Whether an object is in the cross-reference table but could not be read, or a stream has lost its data.
fn is_incomplete(objects: &Document) -> bool {
    let listed = objects.reference_table.entries.iter();
    let unread = listed
        .filter_map(|(number, entry)| match entry {
            XrefEntry::Normal { generation, offset } if *offset > 0 => Some((*number, *generation)),
            _ => None,
        })
        .any(|id| !objects.objects.contains_key(&id));
    !objects.was_encrypted() && (unread || objects.objects.values().any(has_lost_data))
}

fn has_lost_data(object: &Object) -> bool {
    matches!(object, Object::Stream(stream) if stream.content.is_empty() && stream.start_position.is_some())
}

/// Puts in the objects that only the rebuilt file has.
fn fill(mut loaded: Loaded, bytes: &[u8], options: &Options, budget: &Budget) -> Loaded {
    let Some(rebuilt) = repair::rebuild(bytes) else { return loaded };
    let Ok(other) = read(&rebuilt, options, budget) else { return loaded };
    for (id, object) in other.objects {
        let known = loaded.objects.objects.get(&id);
        if known.is_none_or(|known| has_lost_data(known) && !has_lost_data(&object)) {
            loaded.objects.objects.insert(id, object);
            loaded.rebuilt = Some(FILLED);
        }
    }
    let pages = tree::list(&loaded.objects);
    if pages.pages.len() >= loaded.pages.pages.len() || loaded.pages.gathered {
        loaded.pages = pages;
    }
    loaded
}

fn read(bytes: &[u8], options: &Options, budget: &Budget) -> Result<Document> {
    let load = LoadOptions {
        password: options.password.clone(),
        max_decompressed_size: Some(budget.per_stream()),
        ..LoadOptions::default()
    };
    let objects = Document::load_mem_with_options(bytes, load).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) if options.password.is_some() => {
            Error::WrongPassword
        }
        lopdf::Error::InvalidPassword => Error::PasswordNeeded,
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => limit_error(options.max_memory),
        lopdf::Error::Unimplemented(_) => Error::Damaged("a filter of its object streams is unknown".to_owned()),
        other => Error::Damaged(other.to_string()),
    })?;
    if objects.is_encrypted() {
        return Err(if options.password.is_some() { Error::WrongPassword } else { Error::PasswordNeeded });
    }
    Ok(objects)
}

/// Says that the limit on memory was reached.
pub(super) fn limit_error(max_memory: usize) -> Error {
    Error::Limit {
        what: "decompressed streams and the glyphs and lines in them".to_owned(),
        limit: format!("{} MiB", max_memory >> 20),
        option: "--max-memory",
    }
}

#[cfg(test)]
mod tests {
    use crate::pdf::{Options, Pdf};

    /// A file on its way, and where its objects begin.
    struct Made {
        bytes: Vec<u8>,
        places: Vec<(u16, usize)>,
    }

    impl Made {
        fn object(&mut self, number: u16, body: &[u8]) {
            self.places.push((number, self.bytes.len()));
            self.bytes.extend(format!("{number} 0 obj\n").bytes());
            self.bytes.extend(body);
            self.bytes.extend(b"\nendobj\n");
        }

        fn stream(&mut self, number: u16, entries: &str, data: &[u8]) {
            let head = format!("<<{entries}/Length {}>>stream\n", data.len());
            self.object(number, &[head.as_bytes(), data, b"\nendstream"].concat());
        }

        fn place(&self, number: u16) -> usize {
            self.places.iter().rev().find(|(known, _)| *known == number).unwrap().1
        }

        /// A table of the objects `listed`, the others free, and the end of the file; gives where the table begins.
        fn table(&mut self, listed: std::ops::Range<u16>, trailer: &str) -> usize {
            let start = self.bytes.len();
            self.bytes.extend(format!("xref\n0 1\n0000000000 65535 f \n{} {}\n", listed.start, listed.len()).bytes());
            for number in listed {
                self.bytes.extend(format!("{:010} 00000 n \n", self.place(number)).bytes());
            }
            self.bytes.extend(format!("trailer\n<<{trailer}>>\nstartxref\n{start}\n%%EOF\n").bytes());
            start
        }
    }

    fn page_of(content: &str) -> Made {
        let mut made = Made { bytes: b"%PDF-1.5\n".to_vec(), places: Vec::new() };
        made.object(1, b"<</Type/Catalog/Pages 2 0 R>>");
        made.object(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>");
        let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 7 0 R>>>>>>";
        made.object(3, page);
        made.stream(4, "", content.as_bytes());
        made
    }

    #[track_caller]
    fn case(made: &Made, text: &str, font: &str) {
        let pdf = Pdf::open(&made.bytes, &Options::default()).unwrap();
        let page = pdf.page(1);
        assert_eq!((page.text.as_str(), &page.warnings), (text, &Vec::new()));
        assert_eq!(pdf.fonts().iter().map(|font| font.info.name.as_str()).collect::<Vec<_>>(), [font]);
    }

    #[test]
    fn a_hybrid_file_is_read_by_both_of_its_tables() {
        let mut made = page_of("BT /F 9 Tf (Both) Tj ET");
        let font = b"7 0 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
        made.stream(5, "/Type/ObjStm/N 1/First 4", font);
        let start = made.bytes.len();
        let entry = |kind: u8, place: usize| [&[kind], &u16::try_from(place).unwrap().to_be_bytes()[..], &[0]].concat();
        let entries = [entry(1, made.place(5)), entry(1, start), entry(2, 5)].concat();
        made.stream(6, "/Type/XRef/Size 8/W[1 2 1]/Index[5 3]", &entries);
        made.table(1..5, &format!("/Size 8/Root 1 0 R/XRefStm {start}"));
        case(&made, "Both", "Helvetica");
    }

    #[test]
    fn of_an_object_that_was_changed_later_the_last_state_counts() {
        let mut made = page_of("BT /F 9 Tf (Old) Tj ET");
        for number in 5..7 {
            made.object(number, b"null");
        }
        made.object(7, b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>");
        let before = made.table(1..8, "/Size 8/Root 1 0 R");
        made.stream(4, "", b"BT /F 9 Tf (New) Tj ET");
        made.table(4..5, &format!("/Size 8/Root 1 0 R/Prev {before}"));
        case(&made, "New", "Courier");
    }
}
