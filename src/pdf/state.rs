//! The graphics state (ISO 32000-2, 8.4) as far as it decides where text and lines are and whether they show. It is
//! plain data: saving it is a copy.

use super::color::{ColorSpace, Rgb, is_white};
use super::matrix::Matrix;
use crate::geom::Rect;

/// What `q` saves.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    /// User space to page space.
    pub(super) ctm: Matrix,
    /// Nothing outside shows, in page space.
    pub(super) clip: Clip,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    /// In user space units.
    pub(super) line_width: f64,
    /// Projecting square caps: lines are half their thickness longer at both ends.
    pub(super) square_cap: bool,
    pub(super) text: TextState,
}

/// The clipping path as its bounding box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Clip {
    Inside(Rect),
    /// Nothing shows.
    Nothing,
}

/// A current colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub(super) space: ColorSpace,
    pub(super) color: Rgb,
    pub(super) alpha: f64,
}

/// Text state parameters (ISO 32000-2, 9.3) and the two text matrices.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextState {
    /// Index in the page's list of fonts.
    pub(super) font: Option<usize>,
    pub(super) size: f64,
    pub(super) char_spacing: f64,
    pub(super) word_spacing: f64,
    /// Horizontal scaling as a factor.
    pub(super) scaling: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: u8,
    pub(super) matrix: Matrix,
    pub(super) line: Matrix,
}

/// What an entry of `ExtGState` sets (8.4.5), as far as it concerns what shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameters {
    pub(super) line_width: Option<f64>,
    pub(super) square_cap: Option<bool>,
    pub(super) stroke_alpha: Option<f64>,
    pub(super) fill_alpha: Option<f64>,
    /// Index of the font in the page's list, and its size.
    pub(super) font: Option<(usize, Option<f64>)>,
}

impl State {
    pub(super) fn new(ctm: Matrix, page: Rect) -> Self {
        let black = Paint { space: ColorSpace::Gray, color: [0; 3], alpha: 1.0 };
        Self {
            ctm,
            clip: Clip::Inside(page),
            fill: black,
            stroke: black,
            line_width: 1.0,
            square_cap: false,
            text: TextState {
                font: None,
                size: 0.0,
                char_spacing: 0.0,
                word_spacing: 0.0,
                scaling: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
                matrix: Matrix::IDENTITY,
                line: Matrix::IDENTITY,
            },
        }
    }

    /// `gs`.
    pub(super) fn apply(&mut self, parameters: &Parameters) {
        self.line_width = parameters.line_width.unwrap_or(self.line_width);
        self.square_cap = parameters.square_cap.unwrap_or(self.square_cap);
        self.stroke.alpha = parameters.stroke_alpha.unwrap_or(self.stroke.alpha);
        self.fill.alpha = parameters.fill_alpha.unwrap_or(self.fill.alpha);
        if let Some((font, size)) = parameters.font {
            self.text.font = Some(font);
            self.text.size = size.unwrap_or(self.text.size);
        }
    }
}

impl Clip {
    /// Both clips at once.
    pub(super) fn narrow(&mut self, to: &Rect) {
        if let Self::Inside(now) = self {
            *self = now.intersection(to).map_or(Self::Nothing, Self::Inside);
        }
    }

    /// The part of `bbox` that shows.
    pub(super) fn cut(&self, bbox: &Rect) -> Option<Rect> {
        match self {
            Self::Inside(clip) => clip.intersection(bbox),
            Self::Nothing => None,
        }
    }

    /// Whether the middle of `bbox` shows.
    pub(super) fn shows_middle(&self, bbox: &Rect) -> bool {
        match self {
            Self::Inside(clip) => clip.contains(bbox.center()),
            Self::Nothing => false,
        }
    }
}

/// Below this opacity nobody sees a mark.
const INVISIBLE_ALPHA: f64 = 0.02;

impl Paint {
    /// Whether a mark in this paint can be seen on white paper. Patterns count: they are fills of some colour.
    pub(super) fn shows(&self) -> bool {
        !is_white(self.color) && self.covers()
    }

    /// Whether a mark in this paint can be seen on paper of another colour.
    pub(super) fn covers(&self) -> bool {
        self.alpha > INVISIBLE_ALPHA
    }
}

impl TextState {
    /// `Td`: to the start of the next line, in unscaled text space.
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(&self.line);
        self.matrix = self.line;
    }

    /// `Tm`.
    pub(super) fn set_matrix(&mut self, matrix: Matrix) {
        self.line = matrix;
        self.matrix = matrix;
    }

    /// Moves the place of the next glyph, in text space.
    pub(super) fn advance(&mut self, x: f64, y: f64) {
        let (dx, dy) = self.matrix.turn((x, y));
        self.matrix.e += dx;
        self.matrix.f += dy;
    }
}
