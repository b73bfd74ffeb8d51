//! Takes the lines of a cell and its area, says how much room its text leaves on each side: by that a text that a page
//! break cut in the middle is told from one that only stands near the break.

use super::gather::Piece;
use crate::geom::Rect;

/// A cell that a page break cut leaves less room than this many ems between its text and the break, and beside its
/// last line: one character and the cell's own margins.
const FULL_ROOM: f32 = 2.0;
/// Text that leaves this many ems more room on the far side than before the break is neither set in the middle nor at
/// the top: it was, in the whole cell.
const OFF_CENTRE: f32 = 2.0;

/// Room around the text of a cell, in ems of its first and last lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    above: f32,
    below: f32,
    /// Beside the last line, on both sides; vertical lines are never full.
    beside: f32,
}

impl Room {
    /// The room that `lines` leave in `cell`, `None` in a blank one.
    pub(super) fn of(lines: &[Piece], cell: &Rect) -> Option<Self> {
        let last = lines.last()?;
        let em = last.size.max(f32::MIN_POSITIVE);
        let top = lines.iter().map(|line| line.bbox.y0).fold(f32::INFINITY, f32::min);
        let bottom = lines.iter().map(|line| line.bbox.y1).fold(f32::NEG_INFINITY, f32::max);
        let beside = if last.vertical { f32::INFINITY } else { (cell.width() - last.bbox.width()) / em };
        Some(Self { above: (top - cell.y0) / em, below: (cell.y1 - bottom) / em, beside })
    }

    /// Whether the text runs into the break below it, as one does that goes on in a cell with room `next` on the next
    /// page.
    pub(super) fn runs_into(&self, next: &Self) -> bool {
        let cut = self.above > self.below + OFF_CENTRE && next.above < FULL_ROOM;
        self.below < FULL_ROOM && (self.beside < FULL_ROOM || cut)
    }
}

#[cfg(test)]
mod tests {
    use super::Room;
    use crate::document::Passage;
    use crate::document::gather::Piece;
    use crate::geom::Rect;

    /// The room of a text of size 10 from `top` to `bottom` in a cell 100 points high and as wide as its lines.
    fn room(top: f32, bottom: f32, vertical: bool) -> Room {
        let bbox = Rect::new(5.0, top, 15.0, bottom);
        let line = Piece { text: Passage::default(), bbox, size: 10.0, vertical, unseen: false };
        Room::of(&[line], &Rect::new(0.0, 0.0, if vertical { 20.0 } else { 60.0 }, 100.0)).unwrap()
    }

    #[track_caller]
    fn case(up: (f32, f32), down: (f32, f32), expected: bool) {
        for vertical in [true, false] {
            assert_eq!(room(up.0, up.1, vertical).runs_into(&room(down.0, down.1, vertical)), expected);
        }
    }

    #[test]
    fn a_text_in_the_middle_of_a_cut_cell_touches_the_break_on_both_sides() {
        case((70.0, 95.0), (5.0, 45.0), true);
        case((70.0, 95.0), (40.0, 60.0), false);
        case((40.0, 60.0), (5.0, 45.0), false);
        case((5.0, 95.0), (5.0, 95.0), false);
    }
}
