//! Takes the bytes of a font file, gives the font in it that has the most of the characters wanted.

use skrifa::raw::{FileRef, FontRef};
use skrifa::{MetadataProvider, string::StringId};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A font to draw text with that a document does not bring a font for.
#[derive(Clone)]
pub struct FontFile {
    name: String,
    bytes: Arc<Vec<u8>>,
    index: u32,
    missing: BTreeSet<char>,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FontFile").field("name", &self.name).field("index", &self.index).finish_non_exhaustive()
    }
}

impl FontFile {
    /// The font in `bytes` (TrueType, OpenType, or a collection of them) that lacks the fewest of `characters`; of
    /// equals the one whose family is Japanese, then the first. `None` where the bytes are no font.
    #[must_use]
    pub fn best(bytes: Vec<u8>, characters: &BTreeSet<char>) -> Option<Self> {
        let fonts: Vec<(u32, FontRef<'_>)> = match FileRef::new(&bytes).ok()? {
            FileRef::Font(font) => vec![(0, font)],
            FileRef::Collection(all) => {
                let font = |index| Some((index, all.get(index).ok()?));
                (0..all.len()).filter_map(font).collect()
            }
        };
        let judged = fonts.iter().map(|(index, font)| {
            let name = family(font);
            let missing = missing(font, characters);
            ((missing.len(), !name.contains("JP"), *index), name, missing)
        });
        let ((_, _, index), name, missing) = judged.min_by(|a, b| a.0.cmp(&b.0))?;
        Some(Self { name, bytes: Arc::new(bytes), index, missing })
    }

    /// Its family and style.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which of the characters wanted it lacks.
    #[must_use]
    pub fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }

    pub(super) fn data(&self) -> (hayro_interpret::font::FontData, u32) {
        let bytes: Arc<Vec<u8>> = Arc::clone(&self.bytes);
        (bytes, self.index)
    }
}

fn family(font: &FontRef<'_>) -> String {
    let string = |id| font.localized_strings(id).english_or_first().map(|text| text.to_string());
    string(StringId::FULL_NAME).or_else(|| string(StringId::FAMILY_NAME)).unwrap_or_default()
}

fn missing(font: &FontRef<'_>, characters: &BTreeSet<char>) -> BTreeSet<char> {
    let map = font.charmap();
    characters.iter().copied().filter(|character| map.map(*character).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_font_give_none() {
        let wanted = BTreeSet::from(['あ']);
        assert!(FontFile::best(Vec::new(), &wanted).is_none());
        assert!(FontFile::best(b"OTTO no font at all".to_vec(), &wanted).is_none());
        assert!(FontFile::best(b"ttcf\x00\x01\x00\x00\xff\xff\xff\xff".to_vec(), &wanted).is_none());
    }
}
