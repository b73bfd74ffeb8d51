//! Takes the bytes of a PDF, gives pages of glyphs and rulings in the coordinate space of [`crate::geom`].
//!
//! This is the only module that names lopdf or knows PDF user space. It leaves lines, words and tables to `layout`.

mod annotation;
mod color;
mod field;
mod file;
mod finish;
mod font;
mod form;
mod glyph_procedure;
mod inflate;
mod inking;
mod inline_image;
mod interpreter;
mod lexer;
mod load;
mod marked;
mod matrix;
mod named;
mod object;
mod operator;
mod optional;
mod paint;
mod path;
mod plain;
mod repair;
#[cfg(test)]
mod sample;
mod space;
mod state;
mod stream;
mod style;
mod text;
mod tree;

pub use file::{Info, Options, Pdf};
pub use font::FontInfo;

use crate::geom::{Axis, Point, Rect, Span};
use crate::warning::Warning;

/// One page as the text layer and the drawn lines show it.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// 1-based.
    pub number: u32,
    /// Width of the crop box as seen, in points (`UserUnit` applied).
    pub width: f32,
    /// Height of the crop box as seen, in points.
    pub height: f32,
    /// The decoded characters of all glyphs, in the order of the content stream.
    pub text: String,
    /// Every glyph that the page shows, white space and clipped or invisible ones included, in stream order.
    pub glyphs: Vec<Glyph>,
    /// What consecutive glyphs share; [`Glyph::run`] indexes it.
    pub runs: Vec<Run>,
    /// Visible straight lines along an axis: stroked, or filled rectangles thin enough to be one.
    pub rulings: Vec<Ruling>,
    /// Visible slanted straight strokes (a diagonal through a cell means "no value").
    pub diagonals: Vec<(Point, Point)>,
    /// Boxes of visible closed curves, drawn and not filled, of the size of a character or a word: a ring around one of
    /// several choices.
    pub rings: Vec<Rect>,
    /// Visible filled areas that are no rulings: cell backgrounds, bands of colour.
    pub fills: Vec<Fill>,
    /// Boxes of images as placed on the page.
    pub images: Vec<Rect>,
    /// What was skipped, repaired or could not be decoded on this page.
    pub warnings: Vec<Warning>,
}

/// One shown character code. Its text is `page.text[start..start + length]`, one character in nearly all cases, more
/// for ligatures or `ActualText`, none where a code has no text of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Byte offset in [`Page::text`].
    pub start: u32,
    /// Bytes of text.
    pub length: u16,
    /// What is special about it.
    pub visibility: Visibility,
    /// Index in [`Page::runs`].
    pub run: u32,
    /// From origin to origin plus advance, from descent to ascent of the font: the box of the glyph, not of its ink.
    pub bbox: Rect,
}

/// Whether a reader of the page sees a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// Drawn inside the clip.
    #[default]
    Visible,
    /// Its middle lies outside the clipping path or the crop box.
    Clipped,
    /// Text rendering mode 3 (ISO 32000-2, 9.3.6): a text layer over an image, or hidden text.
    Invisible,
}

/// What consecutive glyphs of one string share.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Which font: [`UsedFont::id`] in the list that [`Pdf::fonts`] gives.
    pub font: u32,
    /// Font size on the page as seen, in points (text matrix and CTM applied).
    pub size: f32,
    /// Where the next glyph stands, as seen.
    pub direction: Direction,
    /// Writing mode 1: glyphs stand upright one below the other (ISO 32000-2, 9.7.4.3).
    pub vertical: bool,
    /// Whether it advances along neither axis of the page, but plainly between them.
    pub aslant: bool,
    /// Which rung of the ladder gave the Unicode text.
    pub decoded: Decoding,
    /// Fill colour as sRGB.
    pub color: [u8; 3],
}

/// Direction on the page as seen in which a run advances, to the nearest quarter turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Ordinary horizontal text.
    #[default]
    Right,
    /// Vertical writing, or horizontal text turned a quarter clockwise.
    Down,
    /// Upside down.
    Left,
    /// Turned a quarter anticlockwise.
    Up,
}

/// How character codes became Unicode, the most trusted rung first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decoding {
    /// `ActualText` of marked content (ISO 32000-2, 14.9.4).
    ActualText,
    /// The font's `ToUnicode` CMap (9.10.3).
    ToUnicode,
    /// A predefined CMap whose codes are Unicode (`UniJIS-UTF16-H` and its kin, 9.7.5.2).
    UnicodeCMap,
    /// Shift-JIS codes of the `RKSJ` CMaps, as code page 932.
    Cp932,
    /// CID of a known character collection (Adobe-Japan1 and its kin).
    Cid,
    /// The embedded font program's own character map, read backwards.
    FontProgram,
    /// Names of glyphs or the simple font's encoding (9.6.5).
    GlyphName,
    /// Nothing knew the code: the text is U+FFFD.
    Unknown,
}

/// A visible straight line along an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    /// The direction it runs in.
    pub axis: Axis,
    /// Its y if horizontal, its x if vertical: the middle of its thickness, in points.
    pub position: f32,
    /// From where to where along its axis.
    pub span: Span,
    /// Thickness in points.
    pub thickness: f32,
}

/// A filled area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// Its box, cut to the clip.
    pub bbox: Rect,
    /// sRGB.
    pub color: [u8; 3],
}

/// A font that pages use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedFont {
    /// What [`Run::font`] refers to: the font's object number, or a number above 2³¹ for a font without one.
    pub id: u32,
    /// What the font says of itself and what is wrong with it.
    pub info: FontInfo,
}
