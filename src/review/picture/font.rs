//! Takes the bytes of a font file, gives the font in it that has the most of the characters wanted.

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::{FileRef, FontRef, TableProvider};
use skrifa::string::StringId;
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
        let readable = fonts.iter().filter(|(_, font)| font.cmap().is_ok());
        let judged = readable.map(|(index, font)| {
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

    /// The outline of a character in thousandths of the em, y up, and how far it advances; `None` where the font has no
    /// such character.
    pub(super) fn outline(&self, character: char) -> Option<(String, f32)> {
        let font = FontRef::from_index(&self.bytes, self.index).ok()?;
        let glyph = font.charmap().map(character)?;
        let size = Size::new(EM);
        let mut pen = Pen(String::new());
        let settings = DrawSettings::unhinted(size, LocationRef::default());
        font.outline_glyphs().get(glyph)?.draw(settings, &mut pen).ok()?;
        let advance = font.glyph_metrics(size, LocationRef::default()).advance_width(glyph)?;
        Some((pen.0, advance))
    }
}

/// Units to the em of outlines.
pub(super) const EM: f32 = 1000.0;

/// Writes an outline as `d` of an SVG path, in whole units.
struct Pen(String);

impl Pen {
    fn put(&mut self, command: char, numbers: &[f32]) {
        self.0.push(command);
        for (index, number) in numbers.iter().enumerate() {
            let number = number.round() as i64;
            if index > 0 && number >= 0 {
                self.0.push(' ');
            }
            self.0.push_str(&number.to_string());
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('Q', &[cx, cy, x, y]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.put('C', &[ax, ay, bx, by, x, y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
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
