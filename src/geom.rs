//! The one coordinate convention of the crate.
//!
//! All lengths are points (1/72 inch). The origin is the top left corner of the page as a reader sees it (crop box
//! and rotation applied, ISO 32000-2, 8.3.2.3 and 14.11.2), x grows to the right, y grows **down**, and every
//! rectangle has `x0 <= x1` and `y0 <= y1`. Only `pdf` knows any other space.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A point on the page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// Distance from the left edge, in points.
    pub x: f32,
    /// Distance from the top edge, in points.
    pub y: f32,
}

/// The two directions of the page; lets rows and columns share one routine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Axis {
    /// Along x.
    Horizontal,
    /// Along y.
    Vertical,
}

impl Axis {
    /// The other axis.
    #[inline]
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Horizontal => Self::Vertical,
            Self::Vertical => Self::Horizontal,
        }
    }
}

/// A stretch along one axis, `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Span {
    /// Where it begins, in points.
    pub start: f32,
    /// Where it ends, in points.
    pub end: f32,
}

impl Span {
    /// A span between two coordinates given in any order.
    #[inline]
    #[must_use]
    pub fn new(a: f32, b: f32) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// Its length in points.
    #[inline]
    #[must_use]
    pub fn length(self) -> f32 {
        self.end - self.start
    }

    /// The coordinate half way.
    #[inline]
    #[must_use]
    pub fn middle(self) -> f32 {
        f32::midpoint(self.start, self.end)
    }

    /// Length of the part that both spans share, 0 where they do not meet.
    #[inline]
    #[must_use]
    pub fn overlap(self, other: Self) -> f32 {
        (self.end.min(other.end) - self.start.max(other.start)).max(0.0)
    }

    /// Whether `value` lies in the span, ends included.
    #[inline]
    #[must_use]
    pub fn contains(self, value: f32) -> bool {
        self.start <= value && value <= self.end
    }
}

/// A rectangle with sides along the axes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
}

impl Rect {
    /// The rectangle between two corners given in any order.
    #[inline]
    #[must_use]
    pub fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    /// Extent along x, in points.
    #[inline]
    #[must_use]
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// Extent along y, in points.
    #[inline]
    #[must_use]
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// Its middle.
    #[inline]
    #[must_use]
    pub fn center(&self) -> Point {
        Point { x: f32::midpoint(self.x0, self.x1), y: f32::midpoint(self.y0, self.y1) }
    }

    /// Its extent along `axis`.
    #[inline]
    #[must_use]
    pub fn span(&self, axis: Axis) -> Span {
        match axis {
            Axis::Horizontal => Span { start: self.x0, end: self.x1 },
            Axis::Vertical => Span { start: self.y0, end: self.y1 },
        }
    }

    /// The smallest rectangle around both.
    #[inline]
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The part that both cover, or `None` where they do not meet.
    #[inline]
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let both = Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (both.x0 <= both.x1 && both.y0 <= both.y1).then_some(both)
    }

    /// Whether the point lies inside or on the border.
    #[inline]
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        self.x0 <= point.x && point.x <= self.x1 && self.y0 <= point.y && point.y <= self.y1
    }

    /// Whether all four coordinates are finite numbers.
    #[inline]
    #[must_use]
    pub fn is_finite(&self) -> bool {
        [self.x0, self.y0, self.x1, self.y1].iter().all(|v| v.is_finite())
    }
}

/// Where on which page something stands: what an `at` member lists.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// 1-based page number.
    pub page: u32,
    /// `[x0, y0, x1, y1]` of the glyphs in points from the top left corner of the page as a reader sees it, y down,
    /// rounded to 1/100 point.
    pub bbox: [f64; 4],
}

impl Place {
    /// The place of `bbox` on `page`.
    #[must_use]
    pub fn new(page: u32, bbox: &Rect) -> Self {
        let round = |v: f32| (f64::from(v) * 100.0).round() / 100.0;
        Self { page, bbox: [round(bbox.x0), round(bbox.y0), round(bbox.x1), round(bbox.y1)] }
    }
}
