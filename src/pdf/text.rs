//! Showing text (ISO 32000-2, 9.4.3 and 9.4.4): codes of a string become glyphs with boxes on the page.

use super::font::{Char, Entry, Font};
use super::interpreter::Interpreter;
use super::matrix::{Matrix, Vector, coordinate, length};
use super::state::{State, TextState};
use super::{Decoding, Direction, Glyph, Run, Visibility};
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
/// Text rendering modes (ISO 32000-2, table 104).
const STROKE: u8 = 1;
const INVISIBLE: u8 = 3;
const STROKE_AND_CLIP: u8 = 5;
/// This mode and those above it make the glyphs part of the clip, from the end of the text object on. Text in mode 7 is
/// not painted itself: what is painted after it shows in its shape, so it counts as visible.
const FIRST_CLIPPING: u8 = 4;
/// Text of a lower opacity is invisible.
const LOWEST_ALPHA: f64 = 0.02;

/// What all glyphs of one string share.
struct Shown {
    /// 1/1000 of text space, unshifted, to page space.
    glyph: Matrix,
    /// Where the next glyph's origin is on the page.
    at: Vector,
    /// What a step of one along the writing direction in text space is on the page.
    step: Vector,
    /// How far the string has gone in text space.
    gone: f64,
    vertical: bool,
    low: f64,
    high: f64,
    /// Top and bottom of all its glyphs, where it runs along the x axis of the page.
    level: Option<(f32, f32)>,
    visibility: Visibility,
    /// How the glyphs of the page's last run were decoded, where that run is this string's.
    open: Option<Decoding>,
}

impl Interpreter<'_> {
    /// `Tj`: shows a string with the current font.
    pub(super) fn show(&mut self, codes: &[u8]) {
        let Some(index) = self.state.text.font.or_else(|| self.fallback_font()) else { return };
        let Some(font) = self.fonts.get(index).map(|entry| Rc::clone(&entry.font)) else { return };
        let mut shown = Shown::new(&self.state, &font);
        let mut run = self.run_of_string(index, &font, &shown);
        let TextState { size, char_spacing, word_spacing, scaling, .. } = self.state.text;
        let scaling = if shown.vertical { 1.0 } else { scaling };
        for char in font.chars(self.objects, codes) {
            if !self.take_operation() {
                break;
            }
            if self.marks.is_hidden() {
                self.hidden_glyphs += 1;
            } else if char.entry.decoding != Decoding::Unknown || !self.draws_procedure(&char, index, &mut shown) {
                self.place(&char, &mut shown, &mut run, index);
            }
            let spacing = char_spacing + if char.is_word_space() { word_spacing } else { 0.0 };
            shown.advance((char.entry.step * size + spacing) * scaling);
        }
        let (x, y) = if shown.vertical { (0.0, shown.gone) } else { (shown.gone, 0.0) };
        self.state.text.advance(x, y);
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

    /// Draws a glyph that is a content stream of its own, which may show text as it likes.
    fn draws_procedure(&mut self, char: &Char<'_>, font: usize, shown: &mut Shown) -> bool {
        shown.open = None;
        self.draw_procedure(char.code, font, &shown.placed())
    }

    fn place(&mut self, char: &Char<'_>, shown: &mut Shown, run: &mut Run, font: usize) {
        let entry = char.entry;
        let bbox = shown.bbox(entry);
        if self.state.text.mode >= FIRST_CLIPPING && !entry.text.trim().is_empty() {
            self.text_clip = Some(self.text_clip.map_or(bbox, |around| around.union(&bbox)));
        }
        let page = &mut self.page;
        if shown.open != Some(entry.decoding) {
            run.decoded = entry.decoding;
            if page.runs.last() != Some(run) {
                page.runs.push(run.clone());
            }
            shown.open = Some(entry.decoding);
        }
        let visibility = match shown.visibility {
            Visibility::Visible if !self.state.clip.shows_middle(&bbox) => Visibility::Clipped,
            other => other,
        };
        if (entry.contradicted || entry.decoding == Decoding::Unknown)
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

    fn run_of_string(&self, font: usize, loaded: &Font, shown: &Shown) -> Run {
        let text = &self.state.text;
        let paint = if matches!(text.mode, STROKE | STROKE_AND_CLIP) { &self.state.stroke } else { &self.state.fill };
        let along =
            if loaded.is_vertical() { (-shown.glyph.c, -shown.glyph.d) } else { (shown.glyph.a, shown.glyph.b) };
        Run {
            font: self.fonts.get(font).map_or(0, |entry| entry.id),
            size: coordinate(length((shown.glyph.c, shown.glyph.d)) * 1000.0),
            direction: direction(along),
            vertical: loaded.is_vertical(),
            decoded: Decoding::Unknown,
            color: paint.color,
        }
    }
}

fn direction((x, y): Vector) -> Direction {
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => Direction::Right,
        (true, false, _) => Direction::Left,
        (false, _, true) => Direction::Down,
        (false, _, false) => Direction::Up,
    }
}

impl Shown {
    fn new(state: &State, font: &Font) -> Self {
        let text: &TextState = &state.text;
        let page = text.matrix.then(&state.ctm);
        let size = text.size / 1000.0;
        let glyph =
            Matrix::new([size * text.scaling, 0.0, 0.0, size, 0.0, 0.0]).then(&Matrix { e: 0.0, f: 0.0, ..page });
        let vertical = font.is_vertical();
        let paint = if matches!(text.mode, STROKE | STROKE_AND_CLIP) { &state.stroke } else { &state.fill };
        let unseen = text.mode == INVISIBLE || paint.alpha < LOWEST_ALPHA;
        let mut shown = Self {
            glyph,
            at: page.apply((0.0, text.rise)),
            step: page.turn(if vertical { (0.0, 1.0) } else { (1.0, 0.0) }),
            gone: 0.0,
            vertical,
            low: f64::from(font.descent()),
            high: f64::from(font.ascent()),
            level: None,
            visibility: if unseen { Visibility::Invisible } else { Visibility::Visible },
            open: None,
        };
        if !vertical && (glyph.b, glyph.c, shown.step.1) == (0.0, 0.0, 0.0) {
            let placed = shown.placed();
            let [a, b] = [shown.low, shown.high].map(|height| coordinate(placed.apply((0.0, height)).1));
            shown.level = Some((a.min(b), a.max(b)));
        }
        shown
    }

    fn advance(&mut self, distance: f64) {
        self.gone += distance;
        self.at.0 += distance * self.step.0;
        self.at.1 += distance * self.step.1;
    }

    /// 1/1000 of text space at the next glyph's origin, to page space.
    fn placed(&self) -> Matrix {
        Matrix { e: self.at.0, f: self.at.1, ..self.glyph }
    }

    fn bbox(&self, entry: &Entry) -> Rect {
        let advance = f64::from(entry.advance);
        if let Some((y0, y1)) = self.level {
            // No sum is a negative zero, as in the product with the whole matrix.
            let (start, end) = (coordinate(self.at.0 + 0.0), coordinate(self.glyph.a * advance + (self.at.0 + 0.0)));
            return Rect { x0: start.min(end), y0, x1: start.max(end), y1 };
        }
        let matrix = self.placed();
        if self.vertical {
            let side = f64::from(entry.origin.0);
            matrix.apply_to_box(-side, advance, side, 0.0)
        } else {
            matrix.apply_to_box(0.0, self.low, advance, self.high)
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
