//! Takes the lines of a page that stand outside tables, gives paragraphs: lines that go on with each other joined,
//! with what a reader sees of each (size, indent, centred).

use super::gather::{Leaf, Part, Piece, Shape};
use super::item;
use super::wrap::{self, SAME_START};
use super::{Paragraph, Passage, columns};
use crate::geom::Rect;

/// Lines of one paragraph are at most this far apart, in ems.
const LINE_GAP: f32 = 1.3;
/// Lines of one paragraph differ in size by at most this share.
const SAME_SIZE: f32 = 0.08;
/// A line is centred when its middle is this near to the middle of the page, in ems, and both sides leave room.
const CENTERED: f32 = 1.0;
/// Room that a centred line leaves on each side, as a share of the width of the page.
const CENTERED_ROOM: f32 = 0.2;

/// A line in the right half that is narrower than this share of the text is set right; columns of prose are wider.
const SHORT_AT_RIGHT: f32 = 0.3;

/// The area of a page that its text fills.
#[derive(Debug, Clone)]
pub(super) struct TextArea {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) page_width: f32,
    /// Columns of running text, if it has several.
    columns: Vec<Rect>,
}

impl TextArea {
    pub(super) fn of(leaf: &Leaf) -> Self {
        let left = leaf.parts.iter().map(|p| p.bbox().x0).fold(f32::INFINITY, f32::min).clamp(0.0, leaf.width / 2.0);
        let widest = leaf.parts.iter().map(|p| p.bbox().x1).fold(0.0, f32::max).min(leaf.width);
        Self { left, right: widest.max(leaf.width - left), page_width: leaf.width, columns: columns::of(leaf) }
    }

    /// The column that a line stands in, if there are several.
    fn column(&self, line: &Rect) -> Option<&Rect> {
        self.columns.iter().find(|column| column.contains(line.center()))
    }

    /// Whether a reader goes on with `next` at the top of the next column.
    fn turns(&self, line: &Rect, next: &Rect) -> bool {
        self.column(line).zip(self.column(next)).is_some_and(|(a, b)| a != b) && columns::turns(line, next)
    }

    /// Whether a short line stands at the right edge, as dates and senders do: its end there is no sign of being full.
    fn sets_right(&self, line: &Rect) -> bool {
        let width = self.right - self.left;
        line.x0 - self.left > width / 2.0 && line.width() < SHORT_AT_RIGHT * width
    }

    /// Where lines that fill the width end: where several of them do, else the right edge of the area.
    fn fill(&self, lines: &[&Piece]) -> f32 {
        let longest = lines.iter().map(|l| l.bbox.x1).fold(0.0, f32::max);
        let full = lines.iter().filter(|l| longest - l.bbox.x1 < l.size * 1.2).count();
        if full >= 2 && lines.len() >= 3 { longest } else { self.right }
    }
}

/// A paragraph on its way: the last line that joined it.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) text: Passage,
    pub(super) page: u32,
    pub(super) size: f32,
    first: Rect,
    /// The last line of its text.
    last: Shape,
    centered: bool,
    indent: f32,
}

impl Draft {
    pub(super) fn new(line: Piece, page: u32, area: &TextArea) -> Self {
        let em = line.size.max(1.0);
        let (left, right) = (line.bbox.x0, area.page_width - line.bbox.x1);
        let room = area.page_width * CENTERED_ROOM;
        let centered = (left - right).abs() / 2.0 < CENTERED * em && left > room && right > room;
        Self {
            page,
            size: line.size,
            first: line.bbox,
            centered,
            indent: ((line.bbox.x0 - area.left) / em).max(0.0),
            last: line.shape(),
            text: line.text,
        }
    }

    /// Whether `line` goes on with the paragraph on the same page.
    fn takes(&self, line: &Piece, fill: f32, area: &TextArea) -> bool {
        let em = self.size.max(1.0);
        let gap = line.bbox.y0 - self.last.bbox.y1;
        let same_size = (line.size - self.size).abs() <= SAME_SIZE * em;
        let below = gap > -0.5 * em && gap < LINE_GAP * em;
        // A first line may stand out or be set in; a hanging list item sets in all the others.
        let starts = line.bbox.x0 - self.last.bbox.x0;
        let alone = self.first == self.last.bbox;
        let aligned = starts.abs() < SAME_START * em
            || (alone && starts < 0.0 && starts > -2.5 * em)
            || (alone && starts > 0.0 && starts < 4.5 * em && item::begins_item(&self.text.text));
        same_size
            && below
            && aligned
            && !area.sets_right(&self.last.bbox)
            && wrap::goes_on(
                (self.last, self.last.at_end_of(&self.text.text)),
                (line.shape(), &line.text.text),
                fill - self.last.bbox.x0,
            )
    }

    pub(super) fn add(&mut self, line: Piece) {
        let glue = wrap::glue(&self.text.text, &line.text.text);
        self.text.append(glue, &line.text);
        self.last = line.shape();
    }

    /// Whether a line at the top of the next page or column may go on with the paragraph: it was full and its sentence
    /// open.
    pub(super) fn is_open(&self, area: &TextArea) -> bool {
        let right = area.column(&self.last.bbox).map_or(area.right, |column| column.x1);
        let full = right - self.last.bbox.x1 < 3.0 * self.size;
        full && !self.centered
            && !area.sets_right(&self.last.bbox)
            && !self.text.text.ends_with(['。', '．', '.', '」', '）', ')', '：', ':'])
    }

    /// Whether the first paragraph of the next page goes on with this one.
    pub(super) fn accepts(&self, next: &Self) -> bool {
        (next.size - self.size).abs() <= SAME_SIZE * self.size && !next.centered && !item::begins_item(&next.text.text)
    }

    /// Becomes one paragraph with `next`.
    pub(super) fn absorb(&mut self, next: Self) {
        let glue = wrap::glue(&self.text.text, &next.text.text);
        self.text.append(glue, &next.text);
        self.last = next.last;
    }

    pub(super) fn finish(self, body: f32) -> Paragraph {
        Paragraph {
            text: self.text,
            page: self.page,
            size: if body > 0.0 { self.size / body } else { 1.0 },
            indent: self.indent,
            centered: self.centered,
            heading: None,
        }
    }
}

/// Joins consecutive `lines` of one page into paragraphs.
pub(super) fn join(lines: Vec<Piece>, page: u32, area: &TextArea) -> Vec<Draft> {
    let fill = area.fill(&lines.iter().collect::<Vec<_>>());
    let mut drafts: Vec<Draft> = Vec::new();
    for line in lines {
        let fill = area.column(&line.bbox).map_or(fill, |column| column.x1);
        let turns = |draft: &Draft| area.turns(&draft.last.bbox, &line.bbox) && draft.is_open(area);
        match drafts.last_mut() {
            Some(draft) if draft.takes(&line, fill, area) => draft.add(line),
            Some(draft) if turns(draft) => {
                let next = Draft::new(line, page, area);
                if draft.accepts(&next) { draft.absorb(next) } else { drafts.push(next) }
            }
            _ => drafts.push(Draft::new(line, page, area)),
        }
    }
    drafts
}

/// Font size of most characters of the document: that of its body text.
pub(super) fn body_size(leaves: &[Leaf]) -> f32 {
    // Lines of one size mostly follow one another: the size, how many they are, and bytes of their text.
    let mut sizes: Vec<(f32, usize, usize)> = Vec::new();
    let mut count = |line: &Piece| match sizes.last_mut() {
        Some((size, lines, weight)) if *size == line.size => {
            *lines += 1;
            *weight += line.text.text.len();
        }
        _ => sizes.push((line.size, 1, line.text.text.len())),
    };
    for part in leaves.iter().flat_map(|leaf| &leaf.parts) {
        match part {
            Part::Line(line) => count(line),
            Part::Table(_, cells) => cells.iter().flatten().for_each(&mut count),
        }
    }
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut best = (0.0, 0);
    for same in sizes.chunk_by(|a, b| b.0 - a.0 < 0.25) {
        let weight = same.iter().map(|(_, _, weight)| weight).sum::<usize>();
        if weight > best.1 {
            let mut left = same.iter().map(|(_, lines, _)| lines).sum::<usize>() / 2;
            let middle = same.iter().find(|(_, lines, _)| match left.checked_sub(*lines) {
                Some(rest) => {
                    left = rest;
                    false
                }
                None => true,
            });
            best = (middle.map_or(0.0, |(size, ..)| *size), weight);
        }
    }
    best.0
}
