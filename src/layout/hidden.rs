//! Takes glyphs that a reader does not see, says what becomes of them. An invisible text layer over text that is also
//! drawn would double it: its glyphs are attached to those that they repeat, so that they are accounted for, and give
//! no text. Clipped text stays where it is and is warned about.

use crate::geom::Place;
use crate::layout::{Cell, Item, Line, LineGlyph, turn};
use crate::pdf::{Direction, Page, Visibility};
use crate::warning::Warning;

/// Glyphs that give no text, invisible ones mostly, and the visible ones that they belong to.
#[derive(Debug, Default)]
pub(crate) struct Doubles {
    /// The glyph that gives the text, the one attached to it; ascending.
    pairs: Vec<(u32, u32)>,
}

/// Finds invisible glyphs whose middle lies in a visible glyph.
pub(crate) fn doubles(page: &Page) -> Doubles {
    if page.glyphs.iter().all(|g| g.visibility != Visibility::Invisible) {
        return Doubles::default();
    }
    let of = |kind: Visibility| {
        let wanted = move |g: &crate::pdf::Glyph| g.visibility == kind && g.bbox.is_finite();
        let glyphs = (0u32..).zip(&page.glyphs).filter(move |(_, g)| wanted(g));
        glyphs.filter(|(_, g)| !crate::layout::word::glyph_text(page, g).trim().is_empty())
    };
    let mut visible: Vec<_> = of(Visibility::Visible).collect();
    visible.sort_by(|a, b| a.1.bbox.x0.total_cmp(&b.1.bbox.x0));
    let widest = visible.iter().map(|(_, g)| g.bbox.width()).fold(0.0, f32::max).min(MAX_GLYPH);
    let mut pairs = Vec::new();
    for (index, glyph) in of(Visibility::Invisible) {
        let middle = glyph.bbox.center();
        let from = visible.partition_point(|(_, g)| g.bbox.x0 < middle.x - widest);
        let mut near = visible.iter().skip(from).take_while(|(_, g)| g.bbox.x0 <= middle.x);
        if let Some((original, _)) = near.find(|(_, g)| g.bbox.contains(middle)) {
            pairs.push((*original, index));
        }
    }
    pairs.sort_unstable();
    Doubles { pairs }
}

/// Widest glyph that is looked for, in points: one huge letter must not make the search slow.
const MAX_GLYPH: f32 = 100.0;

impl Doubles {
    /// The glyphs that give no text, ascending.
    pub(crate) fn glyphs(&self) -> Vec<u32> {
        let mut glyphs: Vec<u32> = self.pairs.iter().map(|(_, double)| *double).collect();
        glyphs.sort_unstable();
        glyphs
    }

    /// Adds visible glyphs that are attached to others in the same way: pairs of the other and the glyph.
    pub(crate) fn add(&mut self, pairs: Vec<(u32, u32)>) {
        self.pairs.extend(pairs);
        self.pairs.sort_unstable();
    }

    /// Attaches each of them to the line of the glyph that it repeats.
    pub(crate) fn attach(&self, items: &mut [Item]) {
        if !self.pairs.is_empty() {
            lines_mut(items).for_each(|line| self.attach_to(line));
        }
    }

    fn attach_to(&self, line: &mut Line) {
        let mut glyphs = Vec::with_capacity(line.glyphs.len());
        for glyph in &line.glyphs {
            glyphs.push(*glyph);
            let from = self.pairs.partition_point(|(original, _)| *original < glyph.glyph);
            let same = self.pairs.iter().skip(from).take_while(|(original, _)| *original == glyph.glyph);
            glyphs.extend(same.map(|(_, double)| LineGlyph { offset: glyph.offset, glyph: *double }));
        }
        line.glyphs = glyphs;
    }
}

/// All lines of the items, those in cells included.
fn lines_mut(items: &mut [Item]) -> impl Iterator<Item = &mut Line> {
    items.iter_mut().flat_map(|item| {
        let lines: Vec<&mut Line> = match item {
            Item::Line(line) => vec![line],
            Item::Table(table) => table.cells.iter_mut().flat_map(|c| &mut c.lines).collect(),
        };
        lines
    })
}

/// A warning for each cell with text that its clip hides.
pub(crate) fn clipped(page: &Page, turned: Direction, items: &[Item]) -> Vec<Warning> {
    if page.glyphs.iter().all(|g| g.visibility != Visibility::Clipped) {
        return Vec::new();
    }
    let is_clipped = |g: &LineGlyph| {
        page.glyphs.get(g.glyph as usize).is_some_and(|g| {
            g.visibility == Visibility::Clipped && !crate::layout::word::glyph_text(page, g).trim().is_empty()
        })
    };
    let cells = items.iter().filter_map(|i| if let Item::Table(t) = i { Some(&t.cells) } else { None }).flatten();
    let hidden = cells.filter(|c| c.lines.iter().flat_map(|l| &l.glyphs).any(is_clipped));
    let message = "part of the cell's text lies outside what the page shows; it is kept";
    let place = |c: &Cell| Place::new(page.number, &turn::seen(turned, page, &c.bbox));
    hidden.map(|c| Warning::new("clipped-text", message).at([place(c)])).collect()
}
