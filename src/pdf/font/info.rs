//! Takes a font dictionary, gives what `inspect` tells of it: name, kind, encoding, and what is wrong with it.

use lopdf::{Dictionary, Document, Object};

use super::cmap::predefined::Predefined;
use super::{descendant, font_file, object};

/// What `inspect` tells of a font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontInfo {
    /// `BaseFont` (of Type 3 fonts `Name`), with the prefix of a subset; empty if it has none.
    pub name: String,
    /// `Type0`, `Type1`, `MMType1`, `TrueType` or `Type3`; of Type 0 fonts with that of the CIDFont
    /// (`Type0/CIDFontType2`).
    pub subtype: String,
    /// Name of the encoding or CMap; `embedded` for a CMap inside the document, `custom` for `Differences`, empty
    /// where the font program decides.
    pub encoding: String,
    /// Whether the document brings the font program along.
    pub embedded: bool,
    /// Whether it has a usable `ToUnicode` CMap.
    pub to_unicode: bool,
    /// What is wrong with it, one sentence each.
    pub faults: Vec<String>,
}

impl FontInfo {
    /// Reads what the dictionary says by itself.
    pub(super) fn load(objects: &Document, dict: &Dictionary) -> Self {
        let text = |dict, key| object::name(objects, dict, key).map(readable);
        let descendant = descendant(objects, dict);
        let subtype = text(dict, b"Subtype").unwrap_or_default();
        let descendant_type = descendant.and_then(|descendant| text(descendant, b"Subtype"));
        Self {
            name: text(dict, b"BaseFont").or_else(|| text(dict, b"Name")).unwrap_or_default(),
            embedded: subtype == "Type3" || font_file(objects, descendant.unwrap_or(dict)).is_some(),
            subtype: descendant_type.map_or(subtype.clone(), |descendant| format!("{subtype}/{descendant}")),
            encoding: match object::entry(objects, dict, b"Encoding") {
                Some(Object::Name(name)) => String::from_utf8_lossy(name).into_owned(),
                Some(Object::Stream(_)) => String::from("embedded"),
                Some(_) => String::from("custom"),
                None => String::new(),
            },
            to_unicode: false,
            faults: Vec::new(),
        }
    }

    /// The name without the prefix of a subset.
    pub(super) fn base_name(&self) -> &str {
        match self.name.split_once('+') {
            Some((prefix, name)) if prefix.len() == 6 && prefix.bytes().all(|byte| byte.is_ascii_uppercase()) => name,
            _ => &self.name,
        }
    }
}

/// A name as text. Names ought to be UTF-8 (ISO 32000-2, 7.3.5); Japanese producers write the names of fonts in the code
/// page of their system.
fn readable(name: &[u8]) -> String {
    match str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// What is wrong with the entries of a font dictionary.
pub(super) fn faults(
    objects: &Document,
    dict: &Dictionary,
    descendant: Option<&Dictionary>,
    to_unicode: bool,
) -> Vec<String> {
    let subtype = object::name(objects, dict, b"Subtype");
    let encoding = object::name(objects, dict, b"Encoding");
    let unknown = encoding.filter(|name| descendant.is_some() && !Predefined::is_known(name));
    let faults = [
        subtype.is_none().then(|| String::from("no Subtype: read as a simple font")),
        (subtype == Some(b"Type0") && descendant.is_none()).then(|| String::from("no CIDFont: read as a simple font")),
        unknown.map(|name| format!("unknown CMap {}: read as Identity-H", String::from_utf8_lossy(name))),
        (dict.has(b"ToUnicode") && !to_unicode).then(|| String::from("ToUnicode maps no code: passed over")),
    ];
    faults.into_iter().flatten().collect()
}
