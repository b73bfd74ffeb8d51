//! Takes the glyphs of a page, tells which of its fonts set their half-width characters on a grid of ems: `R 5 年 度`
//! with half an em of nothing behind each letter and digit is how some producers fill full-width cells, and no space.

use crate::geom::Rect;
use crate::layout::frame::along;
use crate::pdf::{Direction, Glyph, Page};

/// Half-width characters are about this wide, in ems.
const HALF: std::ops::RangeInclusive<f32> = 0.45..=0.6;
/// Distance from one character on the grid to the next, in ems.
const PITCH: std::ops::RangeInclusive<f32> = 0.95..=1.05;
/// So many characters on the grid make one, and there are so many for each that stands closer to the next: a text with
/// words of two letters or more is none, however many of its words have only one.
const FEWEST: u32 = 8;
const FOR_EACH_CLOSE: u32 = 8;

/// The fonts of a page that stand on a grid of ems.
pub(crate) struct Gridded {
    fonts: Vec<u32>,
}

/// How characters of one font stand to those that follow them.
#[derive(Default)]
struct Count {
    font: u32,
    on_grid: u32,
    close: u32,
}

impl Gridded {
    /// Looks at every half-width character of `page` and what follows it.
    pub(crate) fn new(page: &Page) -> Self {
        let mut counts: Vec<Count> = Vec::new();
        // Each run with the width that half-width characters of it surely do not have, and whether it is one along x.
        let upright = |index: u32| {
            let run = page.runs.get(index as usize).filter(|run| !run.vertical && run.size > 0.0)?;
            let level = matches!(run.direction, Direction::Right | Direction::Left);
            Some((run, 1.01 * HALF.end() * run.size, level))
        };
        let mut run = (0, upright(0));
        for pair in page.glyphs.windows(2) {
            let [glyph, next] = pair else { continue };
            if run.0 != glyph.run {
                run = (glyph.run, upright(glyph.run));
            }
            let Some((run, wider, level)) = run.1 else { continue };
            let width = if level { glyph.bbox.width() } else { glyph.bbox.height() };
            if width > wider || !HALF.contains(&(width / run.size)) {
                continue;
            }
            let own = along(run.direction, &glyph.bbox);
            let pitch = (along(run.direction, &next.bbox).start - own.start) / run.size;
            let index = counts.iter().position(|c| c.font == run.font).unwrap_or_else(|| {
                counts.push(Count { font: run.font, ..Count::default() });
                counts.len() - 1
            });
            if let Some(count) = counts.get_mut(index) {
                count.on_grid += u32::from(PITCH.contains(&pitch));
                count.close += u32::from((0.0..*PITCH.start()).contains(&pitch));
            }
        }
        counts.retain(|c| c.on_grid >= FEWEST && c.on_grid >= FOR_EACH_CLOSE * c.close);
        Self { fonts: counts.iter().map(|c| c.font).collect() }
    }

    /// Whether no font stands on a grid.
    pub(crate) fn is_empty(&self) -> bool {
        self.fonts.is_empty()
    }

    /// The place that a glyph takes up: a whole em where it stands on the grid.
    #[inline]
    pub(crate) fn place(&self, page: &Page, glyph: &Glyph, bbox: Rect) -> Rect {
        if self.fonts.is_empty() { bbox } else { self.on_grid(page, glyph, bbox) }
    }

    fn on_grid(&self, page: &Page, glyph: &Glyph, bbox: Rect) -> Rect {
        let Some(run) = page.runs.get(glyph.run as usize).filter(|run| self.fonts.contains(&run.font)) else {
            return bbox;
        };
        if run.vertical || !HALF.contains(&(along(run.direction, &bbox).length() / run.size)) {
            return bbox;
        }
        match run.direction {
            Direction::Right => Rect { x1: bbox.x0 + run.size, ..bbox },
            Direction::Down => Rect { y1: bbox.y0 + run.size, ..bbox },
            Direction::Left => Rect { x0: bbox.x1 - run.size, ..bbox },
            Direction::Up => Rect { y0: bbox.y1 - run.size, ..bbox },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    /// Rows of characters with half an em behind each half-width one.
    fn set(rows: &[&str]) -> Made {
        rows.iter().zip([100.0, 120.0, 140.0, 160.0]).fold(Made::page(), |made, (row, y)| {
            let places = row.chars().zip(0u8..);
            places.fold(made, |made, (c, at)| made.text(100.0 + 10.0 * f32::from(at), y, &c.to_string()))
        })
    }

    #[test]
    fn half_width_characters_on_a_grid_of_ems_stand_in_words() {
        let rows = ["(1)子育て", "R5年度", "R6年度の75%"];
        assert_eq!(set(&rows).read(), rows);
    }

    #[test]
    fn where_others_stand_close_half_an_em_is_a_space() {
        let made = set(&["A5A5"; 4]).text(100.0, 300.0, "word");
        assert_eq!(made.read().first().map(String::as_str), Some("A 5 A 5"));
    }
}
