//! How strings are shown (ISO 32000-2, 9.4.4): what the text state, the matrices and the font together make of every
//! glyph. Producers show hundreds of short strings in the same way, so it is worked out anew only where that changes from one
//! string in a font to the next.

use super::font::Font;
use super::matrix::{Matrix, Vector, coordinate, length};
use super::state::{State, TextState};
use super::text::PageFont;
use super::{Decoding, Direction, Run, Visibility};
use std::rc::Rc;
use std::sync::Arc;

/// Text rendering modes (ISO 32000-2, table 104).
const STROKE: u8 = 1;
const INVISIBLE: u8 = 3;
const STROKE_AND_CLIP: u8 = 5;
/// Text of a lower opacity is invisible.
const LOWEST_ALPHA: f64 = 0.02;
/// Text that rises by more than this share of its length is set aslant: a page that was scanned askew rises less.
const SLOPE: f64 = 0.2;

/// What all strings shown in the same way share, wherever they stand.
pub(super) struct Style {
    /// What it was made from.
    key: Key,
    /// A string that is shown holds on to its font.
    #[expect(clippy::redundant_allocation, reason = "pages read beside each other would count in the same place")]
    pub(super) font: Rc<Arc<Font>>,
    /// 1/1000 of text space to page space, without a place.
    pub(super) glyph: Matrix,
    /// What a step of one along the writing direction in text space is on the page.
    pub(super) step: Vector,
    /// From the line to the origin of the first glyph on the page.
    lift: Vector,
    pub(super) vertical: bool,
    pub(super) low: f64,
    pub(super) high: f64,
    /// How far below and above its origin every glyph reaches on the page, where strings run along the x axis.
    heights: Option<(f64, f64)>,
    pub(super) visibility: Visibility,
    pub(super) run: Run,
    /// How many runs the page had when the last one was this one.
    pub(super) open: usize,
}

/// All that a style depends on. Numbers are compared by their bits: a negative zero is another number.
#[derive(Debug, PartialEq, Eq)]
struct Key {
    numbers: [u64; 12],
    mode: u8,
    color: [u8; 3],
}

impl Key {
    #[inline]
    fn new(state: &State) -> Self {
        let (text, paint) = (&state.text, paint(state));
        let (m, ctm) = (&text.matrix, &state.ctm);
        let numbers = [m.a, m.b, m.c, m.d, ctm.a, ctm.b, ctm.c, ctm.d, text.size, text.scaling, text.rise, paint.alpha];
        Self { numbers: numbers.map(f64::to_bits), mode: text.mode, color: paint.color }
    }
}

fn paint(state: &State) -> &super::state::Paint {
    if matches!(state.text.mode, STROKE | STROKE_AND_CLIP) { &state.stroke } else { &state.fill }
}

impl Style {
    /// The style of a string shown now in this font: that of its last one again, if nothing changed since.
    #[inline]
    pub(super) fn of(state: &State, entry: &mut PageFont<'_>) -> Box<Self> {
        let key = Key::new(state);
        match entry.style.take() {
            Some(mut last) => {
                if last.key != key {
                    *last = Self::new(key, state, entry);
                }
                last
            }
            None => Box::new(Self::new(key, state, entry)),
        }
    }

    fn new(key: Key, state: &State, entry: &PageFont<'_>) -> Self {
        let (text, font): (&TextState, _) = (&state.text, &entry.font);
        let page = Matrix { e: 0.0, f: 0.0, ..text.matrix.then(&state.ctm) };
        let size = text.size / 1000.0;
        let glyph = Matrix::new([size * text.scaling, 0.0, 0.0, size, 0.0, 0.0]).then(&page);
        let vertical = font.is_vertical();
        let step = page.turn(if vertical { (0.0, 1.0) } else { (1.0, 0.0) });
        let (low, high) = (f64::from(font.descent()), f64::from(font.ascent()));
        let level = !vertical && (glyph.b, glyph.c, step.1) == (0.0, 0.0, 0.0);
        let height = |height| glyph.turn((0.0, height)).1;
        let along = if vertical { (-glyph.c, -glyph.d) } else { (glyph.a, glyph.b) };
        let unseen = text.mode == INVISIBLE || paint(state).alpha < LOWEST_ALPHA;
        Self {
            key,
            font: Rc::clone(font),
            glyph,
            step,
            lift: page.turn((0.0, text.rise)),
            vertical,
            low,
            high,
            heights: level.then(|| (height(low), height(high))),
            visibility: if unseen { Visibility::Invisible } else { Visibility::Visible },
            run: Run {
                font: entry.id,
                size: coordinate(length((glyph.c, glyph.d)) * 1000.0),
                direction: direction(along),
                vertical,
                aslant: along.0.abs().min(along.1.abs()) > SLOPE * along.0.abs().max(along.1.abs()),
                decoded: Decoding::Unknown,
                color: paint(state).color,
            },
            open: usize::MAX,
        }
    }

    /// Where the first glyph's origin is on the page.
    #[inline]
    pub(super) fn start(&self, state: &State) -> Vector {
        let (x, y) = state.ctm.apply((state.text.matrix.e, state.text.matrix.f));
        (self.lift.0 + x, self.lift.1 + y)
    }

    /// Top and bottom of all glyphs of a string whose origins are at this height, where it runs along the x axis.
    #[inline]
    pub(super) fn level(&self, y: f64) -> Option<(f32, f32)> {
        let (low, high) = self.heights?;
        let (a, b) = (coordinate(low + y), coordinate(high + y));
        Some((a.min(b), a.max(b)))
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
