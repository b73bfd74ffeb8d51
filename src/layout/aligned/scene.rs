//! Takes the words and lines of a page outside its ruled tables, gives what the search for tables looks at: tokens,
//! horizontal and vertical lines, coloured areas. Where the tables are, `frame`, `open` and `block` say.

use super::bands;
use super::cells::{self, Joint};
use super::strip;
use super::token::{Kind, Token};
use crate::geom::{Axis, Span};
use crate::layout::Table;
use crate::pdf::{Fill, Page, Ruling};

/// Pieces of one line meet within this distance, in points.
pub(super) const JOINT: f32 = 2.5;
/// Pieces stand at one height within this distance, in points.
pub(super) const LEVEL: f32 = 1.6;
/// A row of as many dashes is a ruling made of characters.
const LEAST_DASHES: u16 = 20;

/// What the search for tables looks at: one page's tokens and lines.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    /// Words of no ruled table.
    pub(crate) tokens: Vec<Token>,
    /// Usual space between words, in ems.
    pub(crate) space: f32,
    /// Horizontal lines by height: rulings and sides of coloured areas.
    pub(crate) across: Vec<Rule>,
    /// Vertical rulings by x.
    pub(crate) down: Vec<Rule>,
    /// Coloured areas.
    pub(crate) shaded: Vec<Fill>,
    /// Where pieces of horizontal rulings meet.
    pub(crate) joints: Vec<Joint>,
}

/// A line that may part rows or columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    /// Its y if it runs across, its x if it runs down.
    pub(crate) position: f32,
    /// From where to where.
    pub(crate) span: Span,
    /// Whether it is a ruling.
    pub(crate) made: Made,
}

/// What makes a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// It is drawn.
    Drawn,
    /// It is a side of a coloured area.
    Shaded,
}

/// Where a table may stand.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Area {
    /// Its extent along x.
    pub(crate) x: Span,
    /// Heights of the rulings that run through it, ascending.
    pub(crate) rules: Vec<f32>,
    /// Indices of its tokens.
    pub(crate) tokens: Vec<u32>,
}

impl Scene {
    /// What `page` shows outside the `ruled` tables; `tokens` are those of its words outside.
    pub(super) fn new(page: &Page, tokens: Vec<Token>, ruled: &[Table]) -> Self {
        let space = usual_space(&tokens);
        let rulings = outside(&page.rulings, ruled);
        let mut across: Vec<Rule> = of_axis(&rulings, Axis::Horizontal);
        let joints = cells::all_joints(&across);
        let free = |f: &&Fill| !ruled.iter().any(|t| t.bbox.contains(f.bbox.center()));
        let bands = bands::of(page.fills.iter().filter(free).map(|f| f.bbox).collect(), &tokens);
        across.extend(bands.iter().flat_map(|b| {
            let span = b.span(Axis::Horizontal);
            [b.y0, b.y1].map(|position| Rule { position, span, made: Made::Shaded })
        }));
        across.extend(dashes(&tokens));
        let shaded = page.fills.iter().filter(free).filter(|f| f.bbox.height() >= bands::LEAST && f.bbox.is_finite());
        let down = of_axis(&rulings, Axis::Vertical);
        Self { tokens, space, across: joined(across), down, shaded: shaded.copied().collect(), joints }
    }
}

/// The usual space between the words, in ems.
pub(super) fn usual_space(tokens: &[Token]) -> f32 {
    let all: Vec<u32> = (0..).take(tokens.len()).collect();
    strip::usual_space(tokens, &strip::strips(tokens, &all))
}

/// The rulings that belong to none of the tables.
fn outside(rulings: &[Ruling], tables: &[Table]) -> Vec<Ruling> {
    let free = |r: &&Ruling| {
        let middle = r.span.middle();
        let (x, y) = if r.axis == Axis::Horizontal { (middle, r.position) } else { (r.position, middle) };
        !tables.iter().any(|t| {
            let b = &t.bbox;
            b.x0 - JOINT <= x && x <= b.x1 + JOINT && b.y0 - JOINT <= y && y <= b.y1 + JOINT
        })
    };
    rulings.iter().filter(free).copied().collect()
}

fn of_axis(rulings: &[Ruling], axis: Axis) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rulings
        .iter()
        .filter(|r| r.axis == axis)
        .map(|r| Rule { position: r.position, span: r.span, made: Made::Drawn })
        .collect();
    rules.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.span.start.total_cmp(&b.span.start)));
    rules
}

/// Rows of dashes that stand for a ruling.
fn dashes(tokens: &[Token]) -> impl Iterator<Item = Rule> {
    tokens.iter().filter(|t| t.kind == Kind::Leader && t.chars >= LEAST_DASHES).map(|t| Rule {
        position: t.bbox.center().y,
        span: t.bbox.span(Axis::Horizontal),
        made: Made::Drawn,
    })
}

/// Joins pieces of one height that meet.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut levels: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        match levels.last_mut() {
            Some(level) if level.first().is_some_and(|f| rule.position - f.position <= LEVEL) => level.push(rule),
            _ => levels.push(vec![rule]),
        }
    }
    let mut joined: Vec<Rule> = Vec::new();
    for mut level in levels {
        level.sort_by(|a, b| a.span.start.total_cmp(&b.span.start));
        let from = joined.len();
        for rule in level {
            match joined.get_mut(from..).and_then(<[Rule]>::last_mut) {
                Some(last) if rule.span.start - last.span.end <= JOINT => {
                    last.span.end = last.span.end.max(rule.span.end)
                }
                _ => joined.push(rule),
            }
        }
    }
    joined
}
