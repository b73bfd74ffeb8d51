//! Showing text (ISO 32000-2, 9.4.3 and 9.4.4): codes of a string become glyphs with boxes on the page.

use super::font::{Char, Entry, Font};
use super::interpreter::Interpreter;
use super::matrix::{Matrix, Vector, coordinate};
use super::state::{State, TextState};
use super::style::Style;
use super::{Decoding, Glyph, Visibility};
use crate::geom::Place;
use crate::geom::Rect;
use lopdf::Dictionary;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// A font that the page uses.
pub(super) struct PageFont<'d> {
    /// [`super::UsedFont::id`].
    pub(super) id: u32,
    /// A string that is shown holds on to its font.
    #[expect(clippy::redundant_allocation, reason = "pages read beside each other would count in the same place")]
    pub(super) font: Rc<Arc<Font>>,
    /// How its last string was shown.
    pub(super) style: Option<Box<Style>>,
    /// Its dictionary, which has the resources and procedures of a Type 3 font.
    pub(super) dict: Option<&'d Dictionary>,
    /// Codes that have no text.
    pub(super) undecoded: Codes,
    /// Codes that are other letters by the font itself.
    pub(super) contradicted: Codes,
}

/// Codes of a font that a warning is about, the first of them by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Codes {
    pub(super) count: usize,
    pub(super) codes: BTreeSet<u32>,
    pub(super) places: Vec<Place>,
}

/// How many codes and places of a font a warning lists.
const MOST_LISTED: usize = 8;
/// This mode and those above it make the glyphs part of the clip, from the end of the text object on. Text in mode 7 is
/// not painted itself: what is painted after it shows in its shape, so it counts as visible.
const FIRST_CLIPPING: u8 = 4;
/// How far a string has gone.
struct Shown {
    style: Box<Style>,
    /// Where the next glyph's origin is on the page.
    at: Vector,
    /// How far the string has gone in text space.
    gone: f64,
    /// Top and bottom of all its glyphs, where it runs along the x axis of the page.
    level: Option<(f32, f32)>,
}

impl Interpreter<'_> {
    /// `Tj`: shows a string with the current font.
    pub(super) fn show(&mut self, codes: &[u8]) {
        let Some(index) = self.state.text.font.or_else(|| self.fallback_font()) else { return };
        let Some(style) = self.fonts.get_mut(index).map(|entry| Style::of(&self.state, entry)) else { return };
        let font = Rc::clone(&style.font);
        let mut shown = Shown::new(&self.state, style);
        let TextState { size, char_spacing, word_spacing, scaling, .. } = self.state.text;
        let scaling = if shown.style.vertical { 1.0 } else { scaling };
        for char in font.chars(self.objects, codes) {
            if !self.take_operation() {
                break;
            }
            if self.marks.is_hidden() {
                self.hidden_glyphs += 1;
            } else if char.entry.decoding != Decoding::Unknown
                || !self.draw_procedure(char.code, index, &shown.placed())
            {
                self.place(&char, &mut shown, index);
            }
            let spacing = char_spacing + if char.is_word_space() { word_spacing } else { 0.0 };
            shown.advance((char.entry.step * size + spacing) * scaling);
        }
        let (x, y) = if shown.style.vertical { (0.0, shown.gone) } else { (shown.gone, 0.0) };
        self.state.text.advance(x, y);
        if let Some(entry) = self.fonts.get_mut(index) {
            entry.style = Some(shown.style);
        }
    }

    /// A number in the array of `TJ`: thousandths of text space against the writing direction.
    pub(super) fn kern(&mut self, amount: f64) {
        let text = &mut self.state.text;
        let vertical = text.font.and_then(|index| self.fonts.get(index)).is_some_and(|entry| entry.font.is_vertical());
        let distance = -amount / 1000.0 * text.size;
        if vertical {
            text.advance(0.0, distance);
        } else {
            text.advance(distance * text.scaling, 0.0);
        }
    }

    fn place(&mut self, char: &Char<'_>, shown: &mut Shown, font: usize) {
        let entry = char.entry;
        let bbox = shown.bbox(entry);
        if self.state.text.mode >= FIRST_CLIPPING && !entry.text.trim().is_empty() {
            self.text_clip = Some(self.text_clip.map_or(bbox, |around| around.union(&bbox)));
        }
        let (page, style) = (&mut self.page, &mut *shown.style);
        if style.open != page.runs.len() || style.run.decoded != entry.decoding {
            style.run.decoded = entry.decoding;
            if page.runs.last() != Some(&style.run) {
                page.runs.push(style.run.clone());
            }
            style.open = page.runs.len();
        }
        let visibility = match style.visibility {
            Visibility::Visible if !self.state.clip.shows_middle(&bbox) => Visibility::Clipped,
            other => other,
        };
        if (entry.contradicted || entry.unknown)
            && !self.marks.has_actual_text()
            && let Some(font) = self.fonts.get_mut(font)
        {
            let codes = if entry.contradicted { &mut font.contradicted } else { &mut font.undecoded };
            codes.add(char.code, Place::new(page.number, &bbox));
        }
        page.glyphs.push(Glyph {
            start: u32::try_from(page.text.len()).unwrap_or(u32::MAX),
            length: u16::try_from(entry.text.len()).unwrap_or(0),
            visibility,
            run: u32::try_from(page.runs.len() - 1).unwrap_or(u32::MAX),
            bbox,
        });
        page.text.push_str(&entry.text);
    }
}

impl Shown {
    #[inline]
    fn new(state: &State, style: Box<Style>) -> Self {
        let at = style.start(state);
        Self { at, gone: 0.0, level: style.level(at.1), style }
    }

    #[inline]
    fn advance(&mut self, distance: f64) {
        self.gone += distance;
        self.at.0 += distance * self.style.step.0;
        self.at.1 += distance * self.style.step.1;
    }

    /// 1/1000 of text space at the next glyph's origin, to page space.
    fn placed(&self) -> Matrix {
        Matrix { e: self.at.0, f: self.at.1, ..self.style.glyph }
    }

    #[inline]
    fn bbox(&self, entry: &Entry) -> Rect {
        let advance = f64::from(entry.advance);
        if let Some((y0, y1)) = self.level {
            // No sum is a negative zero, as in the product with the whole matrix.
            let x = self.at.0 + 0.0;
            let (start, end) = (coordinate(x), coordinate(self.style.glyph.a * advance + x));
            let (x0, x1) = if start <= end { (start, end) } else { (end, start) };
            return Rect { x0, y0, x1, y1 };
        }
        let matrix = self.placed();
        if self.style.vertical {
            let side = f64::from(entry.origin.0);
            matrix.apply_to_box(-side, advance, side, 0.0)
        } else {
            matrix.apply_to_box(0.0, self.style.low, advance, self.style.high)
        }
    }
}

impl Codes {
    fn add(&mut self, code: u32, place: Place) {
        self.count += 1;
        if self.codes.len() < MOST_LISTED {
            self.codes.insert(code);
        }
        if self.places.len() < MOST_LISTED {
            self.places.push(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{page, page_with, text};
    use super::super::{Direction, Page};

    /// Where each glyph's box lies, rounded.
    fn boxes(page: &Page) -> Vec<[i32; 4]> {
        let round = |value: f32| value.round() as i32;
        page.glyphs.iter().map(|g| [round(g.bbox.x0), round(g.bbox.y0), round(g.bbox.x1), round(g.bbox.y1)]).collect()
    }

    #[track_caller]
    fn case(content: &str, expected: &[[i32; 4]], direction: Direction) {
        let page = page(content, "", "");
        assert_eq!(boxes(&page), expected, "{content}");
        assert!(page.runs.iter().all(|run| run.direction == direction), "{:?}", page.runs);
    }

    #[test]
    fn text_state_moves_glyphs() {
        // A is 667 wide; Helvetica reaches from -207 to 718.
        case("BT /F1 10 Tf 20 40 Td (AA) Tj ET", &[[20, 53, 27, 62], [27, 53, 33, 62]], Direction::Right);
        case("BT /F1 10 Tf 5 Tc 20 40 Td (AA) Tj ET", &[[20, 53, 27, 62], [32, 53, 38, 62]], Direction::Right);
        case("BT /F1 10 Tf 50 Tz 20 40 Td (AA) Tj ET", &[[20, 53, 23, 62], [23, 53, 27, 62]], Direction::Right);
        case("BT /F1 10 Tf 3 Ts 20 40 Td (A) Tj ET", &[[20, 50, 27, 59]], Direction::Right);
        case("BT /F1 10 Tf 20 40 Td [(A)1000(A)]TJ ET", &[[20, 53, 27, 62], [17, 53, 23, 62]], Direction::Right);
        case("BT /F1 10 Tf 12 TL 20 40 Td (A) Tj (A) ' ET", &[[20, 53, 27, 62], [20, 65, 27, 74]], Direction::Right);
        case("BT /F1 10 Tf 9 Tw 20 40 Td ( A) Tj ET", &[[20, 53, 23, 62], [32, 53, 38, 62]], Direction::Right);
    }

    #[test]
    fn turned_and_mirrored_text() {
        case("BT /F1 10 Tf 0 1 -1 0 50 40 Tm (AA) Tj ET", &[[43, 53, 52, 60], [43, 47, 52, 53]], Direction::Up);
        case("BT /F1 -10 Tf 50 40 Td (AA) Tj ET", &[[43, 58, 50, 67], [37, 58, 43, 67]], Direction::Left);
        case("BT /F1 -10 Tf -1 0 0 -1 50 40 Tm (A) Tj ET", &[[50, 53, 57, 62]], Direction::Right);
        case("BT /F1 0 Tf 50 40 Td (A) Tj ET", &[[50, 60, 50, 60]], Direction::Right);
    }

    #[track_caller]
    fn shows(content: &str, expected: &str) {
        assert_eq!(text(&page(content, "", "")), expected, "{content}");
    }

    #[test]
    fn what_cannot_be_seen_is_marked() {
        shows("BT /F1 10 Tf 3 Tr (A) Tj 0 Tr (B) Tj ET", "<A>B");
        shows("q 0 0 50 50 re W n BT /F1 10 Tf 45 20 Td (AB) Tj ET Q BT /F1 10 Tf 80 20 Td (C) Tj ET", "A[B]C");
        shows("BT /F1 10 Tf 300 20 Td (A) Tj ET", "[A]");
    }

    #[test]
    fn text_may_be_the_clip_of_what_follows() {
        let far = "BT /F1 10 Tf 90 20 Td (B) Tj ET";
        shows(&format!("q BT /F1 10 Tf 7 Tr 10 20 Td (A) Tj ET {far} Q"), "A[B]");
        shows(&format!("q BT /F1 10 Tf 7 Tr 10 20 Td (A) Tj ET Q {far}"), "AB");
        shows(&format!("BT /F1 10 Tf 4 Tr 10 20 Td ( ) Tj 0 Tr (A) Tj ET {far}"), " AB");
    }

    #[test]
    fn text_without_a_font_is_kept() {
        shows("BT 10 20 Td (A) Tj ET", "A");
        shows("BT /None 10 Tf 10 20 Td (A) Tj ET", "A");
    }

    #[test]
    fn a_bad_token_does_not_cost_the_rest_of_the_page() {
        shows("BT /F1 10 Tf (A) Tj ) >> {foo} <zz> 30 0 Td --5 0 Td (B) Tj", "AB");
    }

    #[test]
    fn the_page_is_turned_as_its_reader_sees_it() {
        let turned = page_with("/Rotate 90", "BT /F1 10 Tf 20 40 Td (A) Tj ET", "", "");
        assert_eq!((turned.width, turned.height), (100.0, 200.0));
        assert_eq!(boxes(&turned), [[38, 20, 47, 27]]);
        assert_eq!(turned.runs[0].direction, Direction::Down);
    }
}
