//! Takes the bytes of a file, gives its objects and its list of pages, trying harder step by step: as written, with the
//! cross-reference data mended by the loader, with the file written anew.

use super::file::Options;
use super::object::{dictionary, get_dict, get_name};
use super::repair;
use super::stream::Budget;
use super::tagged;
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
    let spared = tagged::without_structure(bytes);
    let first = read(spared.as_deref().unwrap_or(bytes), options, budget);
    drop(spared);
    let trouble = match first {
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
