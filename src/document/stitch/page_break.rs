//! Takes two parts of a table, says where the page break between them falls (between two rows, through one, or between
//! rows that share merged labels) and which cells at the top go on with those at the bottom.

mod flow;

use super::header::{key, same_text};
use super::{Growing, Part};
use crate::document::{item, wrap};

/// So many cells that are filled on both sides of a page break make two rows, when fewer than one in so many goes on
/// in mid-line (in a narrow column any label seems to).
const ROW_OF_ITS_OWN: usize = 3;

/// A line of a torn sentence is at least this long, in ems: in a narrow column any line seems full.
const TORN_LINE: f32 = 5.0;

/// A line that leaves less than this of its cell's width is full, in ems: the padding at both sides and a character.
const FULL_LINE: f32 = 2.0;

/// Fewest characters of the end of a label that tell that it is printed again.
const SHORTEST_END: usize = 4;

/// So many other rows that fill a column tell that every row does.
const ROWS_THAT_TELL: usize = 3;

/// Cells of the same columns above and below a page break.
type Pair<'a> = (&'a Part, &'a Part);

/// Where a page break falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// Between two rows.
    Between,
    /// Through a row, whose cells go on.
    Through,
    /// Between two rows that share merged labels: 計画 above, 実績 below.
    Beside,
}

/// How a cell at the top of a page stands to the one above it at the bottom of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    /// A cell of its own.
    Apart,
    /// The same cell goes on.
    GoesOn,
    /// The same cell goes on and its text is printed again.
    Again,
}

impl Growing {
    /// Where the page break falls at the last row.
    pub(super) fn page_break(&self, body: &[Part], header: usize) -> Break {
        let Some(singles) = self.singles(body, header) else { return Break::Between };
        let Some(&(up, down)) = singles.iter().find(|(up, down)| !up.is_blank() || !down.is_blank()) else {
            return Break::Between;
        };
        let continues = |(up, down): &Pair<'_>| down.is_blank() || up.cell.text.text.chars().nth(1).is_some();
        let torn = singles.iter().any(|(up, down)| breaks_off(up, down)) && singles.iter().all(continues);
        let cut = if torn || self.is_remnant(&singles) {
            true
        } else if up.is_blank() == down.is_blank() {
            is_torn_open(&singles, header)
        } else if self.shares_labels(&singles, up.is_blank()) {
            return Break::Beside;
        } else {
            self.labels_one_side(up, &singles, header)
        };
        if cut { Break::Through } else { Break::Between }
    }

    /// The cells of one row on both sides of the page break, if those at the bottom of the page before and those at the
    /// top of this one stand in the same columns one by one. Rows of the header have none.
    fn singles<'a>(&'a self, body: &'a [Part], header: usize) -> Option<Vec<Pair<'a>>> {
        let tops: Vec<&Part> = body.iter().filter(|part| part.cell.row == header).collect();
        let bottoms: Vec<&Part> = self.cells.iter().filter(|up| up.ends_at(self.rows)).collect();
        if self.rows <= self.header_rows || tops.len() != bottoms.len() {
            return None;
        }
        let pair = |part: &&'a Part| Some((*bottoms.iter().find(|up| up.columns() == part.columns())?, *part));
        let pairs: Option<Vec<Pair<'a>>> = tops.iter().map(pair).collect();
        let single = |(up, down): &Pair<'_>| up.cell.row_span == 1 && down.cell.row_span == 1;
        Some(pairs?.into_iter().filter(single).collect())
    }

    /// Whether the rows on both sides of the page break share merged labels: those are blank below it (or, where the
    /// text in the middle of a merged cell falls on the next page, above it), and most other cells begin anew.
    fn shares_labels(&self, singles: &[Pair<'_>], below: bool) -> bool {
        let filled = || singles.iter().filter(|(up, down)| !up.is_blank() && !down.is_blank());
        let (both, wrapped) = (filled().count(), filled().filter(|(up, down)| up.wraps_into(down)).count());
        // A column that labels every row with a cell of its own is blank on one side only where a row was cut.
        let grouping = |up: &Part| {
            let mut others = self.body_of(up).peekable();
            others.peek().is_none() || others.any(|other| other.cell.row_span > 1)
        };
        let label = |(up, down): &&Pair<'_>| !up.is_blank() && down.is_blank();
        let shared = if below {
            let mut labels = singles.iter().take_while(|(up, _)| up.is_blank()).filter(|(_, down)| !down.is_blank());
            labels.all(|(up, _)| grouping(up))
        } else {
            singles.iter().filter(label).all(|(up, _)| grouping(up))
        };
        shared && both >= ROW_OF_ITS_OWN && wrapped * ROW_OF_ITS_OWN < both
    }

    /// Whether the label of a cut row stands on one side of the break only: in the column of `up` each other row has one.
    fn labels_one_side(&self, up: &Part, singles: &[Pair<'_>], header: usize) -> bool {
        let mut body_cells = self.body_of(up).peekable();
        // Where the page before holds the header alone, no row tells, and a header that its ruling closes is not cut.
        let opened = || singles.iter().any(|(up, down)| up.open_bottom && (down.open_top || header > 0));
        if body_cells.peek().is_none() && self.is_one_row() && !opened() {
            return false;
        }
        let goes_on = singles.iter().any(|(up, down)| !up.is_blank() && !down.is_blank());
        let one_side = singles.iter().all(|(up, _)| up.is_blank()) || singles.iter().all(|(_, down)| down.is_blank());
        body_cells.all(|part| !part.is_blank()) && (goes_on || one_side || singles.iter().any(|(up, _)| up.open_bottom))
    }

    /// Whether every cell of the page before begins in its first row.
    fn is_one_row(&self) -> bool {
        self.cells.iter().all(|part| part.cell.row == 0)
    }

    /// Whether the row at the top is nothing but the last lines of the row before: what stands in it goes on with full
    /// lines or closes a bracket, and columns that every other row fills are blank.
    fn is_remnant(&self, singles: &[Pair<'_>]) -> bool {
        let (blank, filled): (Vec<_>, Vec<_>) = singles.iter().copied().partition(|(_, down)| down.is_blank());
        let never_blank = |up: &Part| {
            let body: Vec<_> = self.body_of(up).collect();
            body.len() >= ROWS_THAT_TELL && body.iter().all(|part| !part.is_blank())
        };
        !filled.is_empty()
            && filled.iter().all(|(up, down)| {
                (up.is_full() || in_bracket(up, down)) && up.wraps_into(down) && mid_sentence(up, down)
            })
            && blank.iter().any(|(up, _)| !up.is_blank() && never_blank(up))
            && blank.iter().all(|(up, _)| up.is_blank() || never_blank(up))
    }

    /// The cells of the body in the columns of `part`, those at the page break aside.
    fn body_of<'a>(&'a self, part: &'a Part) -> impl Iterator<Item = &'a Part> {
        let below_header = self.header_rows.max(1);
        let same = move |other: &&Part| other.columns() == part.columns() && other.cell.row >= below_header;
        self.cells.iter().filter(same).filter(|other| !other.ends_at(self.rows))
    }

    /// How `part` at the top of the page stands to the cell above it. `carries` is false as soon as a merged cell
    /// farther left has begun anew: a level below it then begins anew, too.
    pub(super) fn seam(&self, above: usize, part: &Part, fall: Break, carries: bool, header: usize) -> Seam {
        let Some(up) = self.cells.get(above) else { return Seam::Apart };
        let merged = up.cell.row_span > 1 || part.cell.row_span > 1;
        let again = || {
            let (up, part) = (key(&up.cell.text.text), key(&part.cell.text.text));
            same_text(&up, &part) || prints_end(&up, &part)
        };
        if fall == Break::Through {
            // Whatever cell stands in a row that was cut was cut with it.
            return if merged && !part.is_blank() && again() { Seam::Again } else { Seam::GoesOn };
        }
        // Under a repeated header the ruling of the header closes every cell at the top.
        let open = up.open_bottom && (part.open_top || header > 0);
        let usually_merged = || {
            let body = self.cells.iter().filter(|other| other.columns() == up.columns() && other.cell.row > 0);
            body.clone().any(|other| other.cell.row_span > 1)
        };
        // A text in the middle of a merged cell can fall wholly on one side of the break.
        let always_filled = || {
            let first = self.header_rows.max(1);
            let mut body = self
                .cells
                .iter()
                .enumerate()
                .filter(|(index, other)| *index != above && other.columns() == up.columns() && other.cell.row >= first)
                .peekable();
            body.peek().is_some() && body.all(|(_, other)| !other.is_blank() && other.cell.row_span > 1)
        };
        let header_alone = self.rows == 1 && !up.open_bottom;
        if !carries || up.cell.row < self.header_rows || header_alone {
            return Seam::Apart;
        }
        match (up.is_blank(), part.is_blank()) {
            (false, true) if fall == Break::Beside && open => Seam::GoesOn,
            (_, true) if merged || open && usually_merged() || usually_merged() && !up.is_blank() => Seam::GoesOn,
            (true, false) if (merged || fall == Break::Beside) && (open || always_filled()) => Seam::GoesOn,
            (false, false) if merged && again() => Seam::Again,
            (false, false) if (open || merged && self.full && up.runs_into(part)) && mid_sentence(up, part) => {
                Seam::GoesOn
            }
            (false, false) if merged && up.runs_into(part) && torn_at_dot(up, part) => Seam::GoesOn,
            _ => Seam::Apart,
        }
    }
}

impl Part {
    /// Whether its last line fills the width of the cell.
    fn is_full(&self) -> bool {
        self.last.is_some_and(|last| !last.vertical && last.bbox.width() > self.width - FULL_LINE * last.size)
    }
}

/// Whether a cell prints only the end of the text above it again: the producer sets a label that stands across the page
/// break on both pages and clips what lies outside each.
fn prints_end(up: &str, down: &str) -> bool {
    down.len() < up.len() && up.ends_with(down) && down.chars().count() >= SHORTEST_END
}

/// Whether most cells are open at the page break and all that are filled on both sides go on in mid-sentence.
fn is_torn_open(singles: &[Pair<'_>], header: usize) -> bool {
    // A ruling under the header closes the top of the page; a label set vertically can touch the break.
    let opened = singles.iter().filter(|(up, down)| up.open_bottom && (down.open_top || header > 0)).count();
    let mut filled = singles.iter().filter(|(up, down)| !up.is_blank() && !down.is_blank());
    opened * 2 > singles.len() && filled.all(|(up, down)| mid_sentence(up, down))
}

/// Whether the text of `up` breaks off in mid-sentence at the end of a full line, and `down` begins as only the rest of
/// a sentence does: a producer may close a cell that the page break cut on both pages.
fn breaks_off(up: &Part, down: &Part) -> bool {
    let wide = up.last.is_some_and(|last| !last.vertical && last.bbox.width() > TORN_LINE * last.size);
    wide && up.wraps_into(down) && mid_sentence(up, down) && wrap::begins_rest(&down.cell.text.text)
}

/// Whether the page break fell before a dot between two words, as in 整備・点検, and not before a list item: the last
/// line above is full and the text above lists nothing.
fn torn_at_dot(up: &Part, down: &Part) -> bool {
    let (above, below) = (up.cell.text.text.trim_end(), down.cell.text.text.trim_start());
    up.is_full()
        && below.starts_with('・')
        && !below.contains("\n・")
        && !above.starts_with('・')
        && !above.contains("\n・")
        && !above.ends_with(['。', '．', '」', '）', ')', '：', ':'])
}

/// Whether the page break fell into brackets: `up` leaves one open, and `down` closes one that it did not open.
fn in_bracket(up: &Part, down: &Part) -> bool {
    let (open, close) = (['(', '（'], [')', '）']);
    let before = |text: &str| text.rfind(open) > text.rfind(close);
    let after = |text: &str| text.find(close).is_some_and(|at| text.find(open).is_none_or(|next| at < next));
    before(&up.cell.text.text) && after(&down.cell.text.text)
}

/// Whether the text of `down` goes on in the middle of a sentence of `up`.
fn mid_sentence(up: &Part, down: &Part) -> bool {
    let (up, down) = (up.cell.text.text.trim_end(), down.cell.text.text.trim_start());
    let begins_alike = up.chars().take(2).eq(down.chars().take(2));
    !up.ends_with(['。', '．', '」', ')', '）']) && !item::begins_item(down) && !begins_alike && up.chars().count() > 1
}
