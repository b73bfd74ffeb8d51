//! Takes a font dictionary of the document (ISO 32000-2, 9.5 to 9.10), gives for each code of a shown string its text,
//! the rung of the ladder that told it, and its metrics. Placing glyphs on the page is left to the interpreter.
//!
//! The ladder, the most trusted rung first: `ToUnicode`, a CMap whose codes are Unicode, code page 932 for Shift-JIS
//! CMaps, the CID of a known collection, the embedded font program, glyph names; else U+FFFD.

mod cache;
mod cmap;
mod code_space;
mod composite;
mod contradiction;
mod differences;
mod encoding;
mod fold;
mod glyph_name;
mod info;
mod ladder;
mod metrics;
mod object;
mod program;
mod ranges;
mod simple;
mod standard;
mod type3;

use std::sync::OnceLock;

use lopdf::{Dictionary, Document, ObjectId};

use super::Decoding;
use cache::Cache;
use cmap::CMap;
use code_space::CodeSpace;
use composite::Composite;
use program::{Characters, Program};
use simple::Simple;
use standard::StandardFont;
use type3::Type3;

pub use info::FontInfo;

/// Ascent and descent of fonts that do not say, in 1/1000 of text space: those of most Japanese fonts.
const DEFAULT_EXTENT: (f32, f32) = (880.0, -120.0);
/// Fonts higher than this from descent to ascent, in 1/1000 of text space, do not say how high their lines are: some
/// producers write the box around all glyphs, which a few long ones reach out of. Boxes would cover the next line.
const MAX_EXTENT: f32 = 1600.0;

/// Width of a glyph for which neither the dictionary nor the font program has one.
const DEFAULT_WIDTH: f32 = 500.0;
/// Width of an ideograph.
const FULL_WIDTH: f32 = 1000.0;

/// A font as the content of a page uses it. It keeps what it found out about a code; pages may share it.
pub(super) struct Font {
    info: FontInfo,
    kind: Kind,
    to_unicode: Option<CMap>,
    file: Option<ObjectId>,
    program: OnceLock<Option<Program>>,
    characters: OnceLock<Option<Characters>>,
    limit: usize,
    ascent: f32,
    descent: f32,
    vertical: bool,
    cache: Cache,
}

enum Kind {
    Simple(Simple),
    Composite(Box<Composite>),
    Type3(Type3),
}

/// One code of a shown string.
#[derive(Debug, Clone, Copy)]
pub(super) struct Char<'a> {
    /// Its value, most significant byte first.
    pub(super) code: u32,
    /// Bytes it takes in the string, 1 to 4.
    pub(super) bytes: u8,
    /// What the font makes of it.
    pub(super) entry: &'a Entry,
}

/// What a font makes of a code, kept from one glyph to the next.
#[derive(Debug)]
pub(super) struct Entry {
    /// What it says, folded; U+FFFD where nothing told. One character in nearly all cases.
    pub(super) text: Box<str>,
    /// The rung that told.
    pub(super) decoding: Decoding,
    /// How far its box reaches in 1/1000 of text space: along x, in vertical fonts along y and mostly negative.
    pub(super) advance: f32,
    /// Displacement to the next glyph in text space: the same, unless the font denies a glyph its width.
    pub(super) step: f64,
    /// The position vector of vertical fonts, from the horizontal origin to the vertical one, in 1/1000 of text space.
    pub(super) origin: (f32, f32),
    /// Whether `ToUnicode` says one letter and the font itself another.
    pub(super) contradicted: bool,
    /// Whether nothing told, or all that told is a character for private use.
    pub(super) unknown: bool,
}

/// Advance and position vector of a code, as in [`Entry`].
struct Metrics {
    advance: f32,
    origin: (f32, f32),
}

impl Char<'_> {
    /// Whether word spacing applies: the single byte 32.
    pub(super) fn is_word_space(&self) -> bool {
        self.code == 32 && self.bytes == 1
    }
}

impl Font {
    /// Reads a font dictionary. It never fails: what is missing or broken is made up for and listed in
    /// [`FontInfo::faults`]. No stream is inflated beyond `limit` bytes.
    pub(super) fn load(objects: &Document, dict: &Dictionary, limit: usize) -> Self {
        let to_unicode = dict.get(b"ToUnicode").ok().and_then(|entry| CMap::load(objects, entry, limit));
        let to_unicode = to_unicode.filter(CMap::has_text);
        let mut info = FontInfo::load(objects, dict);
        info.to_unicode = to_unicode.is_some();
        let descendant = descendant(objects, dict);
        info.faults = info::faults(objects, dict, descendant, to_unicode.is_some());
        let kind = match (object::name(objects, dict, b"Subtype"), descendant) {
            (Some(b"Type3"), _) => Kind::Type3(Type3::load(objects, dict)),
            (_, Some(descendant)) => Kind::Composite(Box::new(Composite::load(objects, dict, descendant, limit))),
            _ => Kind::Simple(Simple::load(objects, dict, info.base_name())),
        };
        let extent = match &kind {
            Kind::Type3(font) => font.extent(objects, dict),
            _ => extent(objects, descendant.unwrap_or(dict), info.base_name()),
        };
        let (ascent, descent) = extent.unwrap_or(DEFAULT_EXTENT);
        let vertical = matches!(&kind, Kind::Composite(font) if font.is_vertical());
        Self {
            info,
            kind,
            to_unicode,
            file: font_file(objects, descendant.unwrap_or(dict)),
            program: OnceLock::new(),
            characters: OnceLock::new(),
            limit,
            ascent,
            descent,
            vertical,
            cache: Cache::new(),
        }
    }

    /// The codes of a shown string, in order. `objects` is the document that the font was loaded from.
    pub(super) fn chars<'a>(&'a self, objects: &'a Document, codes: &'a [u8]) -> Chars<'a> {
        let code_space = match &self.kind {
            Kind::Composite(font) => font.code_space(),
            Kind::Simple(_) | Kind::Type3(_) => &CodeSpace::OneByte,
        };
        Chars { font: self, objects, code_space, rest: codes }
    }

    /// Its name without the prefix of a subset.
    pub(super) fn name(&self) -> &str {
        self.info.base_name()
    }

    /// Height of the glyph box above the baseline, in 1/1000 of text space.
    pub(super) fn ascent(&self) -> f32 {
        self.ascent
    }

    /// Depth of the glyph box, negative below the baseline, in 1/1000 of text space.
    pub(super) fn descent(&self) -> f32 {
        self.descent
    }

    /// Whether its text runs from top to bottom (writing mode 1).
    pub(super) fn is_vertical(&self) -> bool {
        self.vertical
    }

    /// What `inspect` tells of it.
    pub(super) fn info(&self) -> &FontInfo {
        &self.info
    }

    /// Of Type 3 fonts: from glyph space to text space.
    pub(super) fn font_matrix(&self) -> Option<[f32; 6]> {
        match &self.kind {
            Kind::Type3(font) => Some(font.matrix()),
            _ => None,
        }
    }

    /// Of Type 3 fonts: the content stream that draws a code. `dict` is the dictionary that the font was loaded from.
    pub(super) fn char_procedure(&self, objects: &Document, dict: &Dictionary, code: u32) -> Option<ObjectId> {
        match &self.kind {
            Kind::Type3(font) => font.procedure(objects, dict, u8::try_from(code).ok()?),
            _ => None,
        }
    }

    fn resolve(&self, objects: &Document, code: u32, bytes: u8) -> Entry {
        let decoded = self.decode(objects, code, bytes);
        let (text, decoding) = decoded.unwrap_or_else(|| self.undecoded(objects, code, bytes));
        let contradicted = decoding == Decoding::ToUnicode && self.contradicts(objects, code, bytes, &text);
        let Metrics { advance, origin } = self.metrics(objects, code, bytes);
        let step = f64::from(advance) / 1000.0;
        let advance = if advance == 0.0 { likely_width(&text) } else { advance };
        let unknown = decoding == Decoding::Unknown || ladder::is_private(&text) && !ladder::is_sign(&text);
        Entry { text: text.into_boxed_str(), decoding, advance, step, origin, contradicted, unknown }
    }

    /// The embedded font program, read when it is first asked for.
    fn program(&self, objects: &Document) -> Option<&Program> {
        let read =
            || Program::new(&object::content(objects.get_object(self.file?).ok()?.as_stream().ok()?, self.limit)?);
        self.program.get_or_init(read).as_ref()
    }

    /// The character map of the embedded program, where it can be had without the rest of it.
    fn characters(&self, objects: &Document) -> Option<&Characters> {
        let read = || program::characters_at_beginning(objects.get_object(self.file?).ok()?.as_stream().ok()?);
        self.characters.get_or_init(read).as_ref()
    }

    fn metrics(&self, objects: &Document, code: u32, bytes: u8) -> Metrics {
        let byte = u8::try_from(code).unwrap_or_default();
        let advance = match &self.kind {
            Kind::Composite(font) => return font.metrics(code, bytes),
            Kind::Type3(font) => font.width(byte),
            Kind::Simple(font) => font
                .width(byte)
                .or_else(|| {
                    let program = self.program(objects)?;
                    program.advance(font.glyph(byte, program)?)
                })
                .unwrap_or(DEFAULT_WIDTH),
        };
        Metrics { advance, origin: (0.0, 0.0) }
    }
}

/// How wide the box of a glyph is whose font says that it has no width, though a reader sees it: some producers place
/// every glyph by itself and leave out the widths. Marks that stand over another character have none.
fn likely_width(text: &str) -> f32 {
    let Some(character) = text.chars().next().filter(|c| !c.is_whitespace() && !c.is_control()) else { return 0.0 };
    match character {
        '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{200B}'..='\u{200F}' => 0.0,
        _ if character.is_ascii() => DEFAULT_WIDTH,
        _ => FULL_WIDTH,
    }
}

/// Iterator over the codes of a shown string.
pub(super) struct Chars<'a> {
    font: &'a Font,
    objects: &'a Document,
    code_space: &'a CodeSpace,
    rest: &'a [u8],
}

impl<'a> Iterator for Chars<'a> {
    type Item = Char<'a>;

    #[inline]
    fn next(&mut self) -> Option<Char<'a>> {
        let (code, bytes) = self.code_space.next(self.rest)?;
        self.rest = self.rest.get(usize::from(bytes)..).unwrap_or_default();
        let entry = self.font.cache.get(code, bytes, || self.font.resolve(self.objects, code, bytes));
        Some(Char { code, bytes, entry })
    }
}

/// The CIDFont of a Type 0 font. Some producers write the dictionary without the array around it.
fn descendant<'a>(objects: &'a Document, dict: &'a Dictionary) -> Option<&'a Dictionary> {
    match object::entry(objects, dict, b"DescendantFonts")? {
        lopdf::Object::Array(fonts) => object::resolve(objects, fonts.first()?)?.as_dict().ok(),
        lopdf::Object::Dictionary(font) => Some(font),
        _ => None,
    }
}

/// The stream of the embedded font program.
fn font_file(objects: &Document, dict: &Dictionary) -> Option<ObjectId> {
    let descriptor = object::dictionary(objects, dict, b"FontDescriptor")?;
    let files: [&[u8]; 3] = [b"FontFile2", b"FontFile3", b"FontFile"];
    files.iter().find_map(|key| descriptor.get(key).ok()?.as_reference().ok())
}

/// Ascent and descent of the font descriptor, else of the standard font of that name.
fn extent(objects: &Document, dict: &Dictionary, name: &str) -> Option<(f32, f32)> {
    let of_descriptor = || {
        let descriptor = object::dictionary(objects, dict, b"FontDescriptor")?;
        let ascent = object::number(objects, descriptor, b"Ascent")?;
        // Some producers write the depth as a positive number.
        let descent = -object::number(objects, descriptor, b"Descent")?.abs();
        let plausible = ascent >= 0.0 && ascent > descent && ascent - descent <= MAX_EXTENT;
        plausible.then_some((ascent, descent))
    };
    of_descriptor().or_else(|| StandardFont::new(name).map(|font| (font.ascent, font.descent)))
}

#[cfg(test)]
mod tests;
