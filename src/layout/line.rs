//! Takes words of one region (a cell, or the page outside its tables), gives lines of text in reading order. How the
//! text of a line is put together, spaces and all, is left to `spacing`.

use crate::geom::{Axis, Rect, Span};
use crate::layout::Line;
use crate::layout::frame::{across, along};
use crate::layout::script::is_japanese;
use crate::layout::word::{Word, glyph_text};
use crate::layout::{spacing, spread};
use crate::pdf::{Direction, Page};

/// How far the middles of two words of one line may differ, in ems of the larger: a Latin and a Japanese font on one
/// baseline differ by up to 0.2 em, the next line is at least 0.8 em away.
const LINE_DRIFT: f32 = 0.35;
/// A word this much smaller than its neighbour is a note mark: it goes to the line that it overlaps.
const SMALL: f32 = 0.75;
/// The part of a small word's height that lies in the line to which it belongs.
const SMALL_OVERLAP: f32 = 0.4;
/// Widest gap inside a line outside tables, in ems; what is further away is a line (or a column) of its own.
const LINE_GAP: f32 = 1.6;
/// Widest gap of typed spaces between a label and what it introduces (目標　　30％以上), in ems, and the longest label in
/// glyphs.
const TYPED_GAP: f32 = 4.2;
const TYPED_LABEL: u32 = 5;
/// Narrowest gap between a label and the lines beside it, in ems.
const LABEL_GAP: f32 = 0.4;
/// The part of a label's height that stands beside each of two lines when it has no line of its own.
const LABEL_OVERLAP: f32 = 0.2;
/// Fewest characters, and widest distance between them in ems, of a column of upright characters.
const COLUMN_LENGTH: usize = 3;
const COLUMN_PITCH: f32 = 2.0;
/// How far a word on its side may reach into the character beside it in such a column, in ems.
const SIDEWAYS_GAP: f32 = 0.3;
/// Longest word (in glyphs) that stands upright inside vertical text (縦中横).
const UPRIGHT_GLYPHS: u32 = 4;

/// Words that stand on one line, in reading order.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The words.
    pub(crate) words: Vec<Word>,
    /// Where it stands across the page.
    pub(crate) across: Span,
    /// Reading direction of its words.
    pub(crate) direction: Direction,
    /// Writing mode 1.
    pub(crate) vertical: bool,
}

impl Row {
    /// Around its words.
    pub(crate) fn bbox(&self) -> Rect {
        self.words.iter().map(|w| w.bbox).reduce(|a, b| a.union(&b)).unwrap_or_default()
    }
}

/// The lines of a cell: whatever stands at one height is one line. It leaves `words` in another order.
pub(crate) fn in_cell(page: &Page, words: &mut [Word]) -> Vec<Line> {
    if let [only] = words {
        return vec![spacing::of_word(page, only)];
    }
    turn_columns(page, words);
    let lines = if stand_apart(words) {
        words.iter().map(|word| spacing::of_word(page, word)).collect()
    } else {
        let mut rows = rows(words);
        label_first(&mut rows);
        rows.iter().map(|row| spacing::line(page, row)).collect()
    };
    crate::layout::stacked::joined(lines)
}

/// Whether each of some words that run to the right is a row of its own and rises into no other, so that there is none
/// to be moved: most lines of cells are. It puts them in order from top to bottom.
fn stand_apart(words: &mut [Word]) -> bool {
    if words.iter().any(|word| word.direction != Direction::Right || word.vertical) {
        return false;
    }
    sort_across(Direction::Right, words);
    words.windows(2).all(|pair| {
        let [upper, lower] = pair else { return false };
        let (a, b) = (upper.bbox.span(Axis::Vertical), lower.bbox.span(Axis::Vertical));
        !is_level(upper, a, lower, b) && a.overlap(b) <= 0.0
    })
}

/// The lines of the page outside its tables: a wide gap ends a line.
pub(crate) fn on_page(page: &Page, mut words: Vec<Word>) -> Vec<Line> {
    let rows = rows(&mut words);
    let mut lines = Vec::with_capacity(rows.len());
    for row in &rows {
        match split_at_gaps(page, row).as_slice() {
            [] => lines.push(spacing::line(page, row)),
            parts => lines.extend(parts.iter().map(|row| spacing::line(page, row))),
        }
    }
    lines
}

/// How many lines the words of a cell make.
pub(crate) fn count(words: impl Iterator<Item = Word>) -> usize {
    rows(&mut words.collect::<Vec<Word>>()).len()
}

/// A number or label that stands left of several lines, at half their height, is read before them.
fn label_first(rows: &mut Vec<Row>) {
    if rows.len() < 2 || rows.iter().any(|r| r.direction != Direction::Right) {
        return;
    }
    let start = |r: &Row| r.words.first().map_or(f32::MAX, |w| w.bbox.x0);
    let starts = rows.iter().enumerate().map(|(index, row)| (start(row), index));
    let Some((_, at)) = starts.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(_, at)| *at > 0) else { return };
    let others = rows.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, r)| start(r)).fold(f32::MAX, f32::min);
    let Some(row) = rows.get(at) else { return };
    let count = row.words.iter().take_while(|w| w.bbox.x1 + LABEL_GAP * w.size <= others).count();
    let beside =
        |other: Option<&Row>| other.is_some_and(|o| o.across.overlap(row.across) > LABEL_OVERLAP * row.across.length());
    let stands_alone = match (row.words.get(count.wrapping_sub(1)), row.words.get(count)) {
        (Some(label), Some(next)) => 2 * at + 1 == rows.len() && next.bbox.x0 - label.bbox.x1 >= LABEL_GAP * label.size,
        (Some(_), None) => beside(rows.get(at - 1)) && beside(rows.get(at + 1)),
        (None, _) => false,
    };
    if stands_alone && let Some(row) = rows.get_mut(at) {
        let words: Vec<Word> = row.words.drain(..count).collect();
        let label = Row { words, ..row.clone() };
        rows.retain(|r| !r.words.is_empty());
        rows.insert(0, label);
    }
}

/// Upright characters that a producer has set one below the other (vertical writing without writing mode 1) become
/// vertical words: each follows the one before it in the content stream and stands right below it. Letters and digits
/// that lie on their side among them are part of the column.
fn turn_columns(page: &Page, words: &mut [Word]) {
    words.sort_by_key(|w| w.first);
    let is_upright = |w: &&Word| w.direction == Direction::Right;
    let mut columns: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let length = words[start..].windows(2).take_while(|pair| stands_below(&pair[0], &pair[1])).count() + 1;
        if words[start..start + length].iter().filter(is_upright).count() >= COLUMN_LENGTH {
            columns.push(start..start + length);
        }
        start += length;
    }
    let in_columns = || columns.iter().flat_map(|c| &words[c.clone()]).filter(is_upright);
    let turned = in_columns().count();
    let is_text = |w: &&Word| {
        let glyph = page.glyphs.get(w.first as usize);
        glyph.is_some_and(|g| glyph_text(page, g).chars().all(is_japanese))
    };
    let letters = in_columns().filter(is_text).count();
    if turned == 0 || 4 * turned < 3 * words.iter().filter(is_upright).count() || 2 * letters < turned {
        return;
    }
    for column in columns {
        for word in &mut words[column] {
            word.direction = Direction::Down;
            word.vertical = true;
        }
    }
}

/// Whether `next` is a character, or a word on its side, right below `word`.
fn stands_below(word: &Word, next: &Word) -> bool {
    let em = word.size.max(next.size);
    let (a, b) = (word.bbox.center(), next.bbox.center());
    let single = |w: &Word| w.direction == Direction::Right && w.end - w.first <= 2 && w.bbox.width() < 1.2 * w.size;
    let lies = |w: &Word| w.direction == Direction::Down && !w.vertical;
    let fits = |w: &Word| single(w) || lies(w);
    if !fits(word) || !fits(next) || (a.x - b.x).abs() >= LINE_DRIFT * em {
        return false;
    }
    if lies(word) || lies(next) {
        let gap = next.bbox.y0 - word.bbox.y1;
        return (-SIDEWAYS_GAP * em..=COLUMN_PITCH * em - em).contains(&gap);
    }
    (0.5 * em..COLUMN_PITCH * em).contains(&(b.y - a.y))
}

/// Words in rows: those of one direction whose middles agree, first row first. Directions follow one another in the
/// order Right, Down, Left, Up; the few upright words inside vertical text go with it. It leaves `words` in another
/// order.
pub(crate) fn rows(words: &mut [Word]) -> Vec<Row> {
    if words.iter().any(|w| w.vertical) {
        turn_upright(words);
    }
    let key = |w: &Word| (w.direction as u8, w.vertical);
    if !words.is_sorted_by_key(key) {
        words.sort_by_key(key);
    }
    let mut rows: Vec<Row> = Vec::new();
    for group in words.chunk_by_mut(|a, b| key(a) == key(b)) {
        put_rows(group, &mut rows);
    }
    rows
}

/// Numbers that stand upright inside vertical writing are read as one of its characters, and so are letters and digits
/// that lie on their side in it.
fn turn_upright(words: &mut [Word]) {
    let columns: Vec<Rect> = words.iter().filter(|w| w.vertical).map(|w| w.bbox).collect();
    let inside = |w: &Word| {
        let middle = w.bbox.center().x;
        columns.iter().any(|c| {
            let near = c.span(Axis::Vertical);
            (c.center().x - middle).abs() < LINE_DRIFT * w.size
                && near.start - 2.0 * w.size < w.bbox.y1
                && w.bbox.y0 < near.end + 2.0 * w.size
        })
    };
    for word in words.iter_mut() {
        let fits = match word.direction {
            Direction::Right => word.end - word.first <= UPRIGHT_GLYPHS,
            Direction::Down => true,
            Direction::Left | Direction::Up => false,
        };
        if fits && !word.vertical && inside(word) {
            word.direction = Direction::Down;
            word.vertical = true;
        }
    }
}

/// Adds the rows of words that share direction and writing mode.
fn put_rows(words: &mut [Word], rows: &mut Vec<Row>) {
    let (direction, vertical) = words.first().map_or((Direction::Right, false), |w| (w.direction, w.vertical));
    let known = rows.len();
    sort_across(direction, words);
    let mut rest = &*words;
    while let [first, others @ ..] = rest {
        let height = across(direction, &first.bbox);
        let level = |word: &&Word| is_level(first, height, word, across(direction, &word.bbox));
        let (own, below) = rest.split_at(1 + others.iter().take_while(level).count());
        let heights = own.iter().map(|word| across(direction, &word.bbox));
        let mut row =
            Row { across: heights.reduce(union).unwrap_or_default(), words: own.to_vec(), direction, vertical };
        sort_along(&mut row);
        rows.push(row);
        rest = below;
    }
    raise_small(rows, known);
}

/// Puts words that share a direction in order from the first line to the last.
fn sort_across(direction: Direction, words: &mut [Word]) {
    let middle = |w: &Word| across(direction, &w.bbox).middle();
    words.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
}

/// Whether `word` stands in the row that begins with `first`, whose middle is no lower; with both their extents across
/// the lines.
fn is_level(first: &Word, height: Span, word: &Word, own: Span) -> bool {
    own.middle() - height.middle() <= LINE_DRIFT * word.size.max(first.size)
}

/// Puts the words of a row in reading order.
fn sort_along(row: &mut Row) {
    let span = |w: &Word| along(row.direction, &w.bbox);
    row.words.sort_by(|a, b| span(a).start.total_cmp(&span(b).start).then(span(a).end.total_cmp(&span(b).end)));
}

/// Moves note marks and other small words to the neighbouring row, of those from `known` on, that they overlap and
/// adjoin.
fn raise_small(rows: &mut Vec<Row>, known: usize) {
    for index in known + 1..rows.len() {
        let (before, after) = rows.split_at_mut(index);
        let (Some(upper), Some(lower)) = (before.last_mut(), after.first_mut()) else { continue };
        if upper.across.overlap(lower.across) > 0.0 {
            move_small(upper, lower);
            move_small(lower, upper);
        }
    }
    rows.retain(|row| !row.words.is_empty());
}

/// Moves the words of `from` that are note marks of `to`.
fn move_small(from: &mut Row, to: &mut Row) {
    let (direction, known) = (to.direction, to.words.len());
    let words = std::mem::take(&mut from.words);
    for word in words {
        let (own, high) = (along(direction, &word.bbox), across(direction, &word.bbox));
        let next = to.words[..known].partition_point(|w| along(direction, &w.bbox).start < own.start);
        let adjoins = |w: &Word| {
            let other = along(direction, &w.bbox);
            word.size < SMALL * w.size
                && own.start - other.end < 0.5 * w.size
                && other.start - own.end < 0.5 * w.size
                && high.overlap(across(direction, &w.bbox)) > SMALL_OVERLAP * high.length()
        };
        if to.words[next.saturating_sub(1)..known].iter().take(2).any(adjoins) {
            to.across = union(to.across, high);
            to.words.push(word);
        } else {
            from.words.push(word);
        }
    }
    if to.words.len() > known {
        sort_along(to);
    }
}

/// The smallest span around both.
fn union(a: Span, b: Span) -> Span {
    Span { start: a.start.min(b.start), end: a.end.max(b.end) }
}

/// The parts of a row cut where a gap is wider than a line has, unless its characters are spread evenly; none where no
/// gap is.
fn split_at_gaps(page: &Page, row: &Row) -> Vec<Row> {
    let mut parts: Vec<Row> = Vec::new();
    if spread::is_list(page, row, LINE_GAP) {
        return parts;
    }
    let spread = spread::spread(page, row);
    let part = |words: &[Word]| Row { words: words.to_vec(), ..*row };
    let (mut start, mut end) = (0, f32::MIN);
    for (index, word) in row.words.iter().enumerate() {
        let span = along(row.direction, &word.bbox);
        let before = row.words.get(start..index).unwrap_or_default();
        let goes_on = before.is_empty()
            || spread.get(index) == Some(&true)
            || span.start - end <= LINE_GAP * word.size
            || is_typed(page, row.direction, before, word, end);
        if goes_on {
            end = end.max(span.end);
        } else {
            parts.push(part(before));
            (start, end) = (index, span.end);
        }
    }
    if start > 0 {
        parts.extend(row.words.get(start..).map(part));
    }
    parts
}

/// Whether `word` follows the label that is all of `part` after typed spaces, and a few of them: a writer sets an entry
/// off like this, a column stands further away or has no spaces before it.
fn is_typed(page: &Page, direction: Direction, part: &[Word], word: &Word, end: f32) -> bool {
    let glyphs: u32 = part.iter().map(|w| w.end - w.first).sum();
    let gap = along(direction, &word.bbox).start - end;
    let typed = part.last().is_some_and(|last| spread::typed(page, last, word) > 0);
    typed && glyphs <= TYPED_LABEL && gap <= TYPED_GAP * word.size
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;
    use crate::pdf::Direction;

    /// A grid of two cells with a column of upright characters in the first; those that are no Japanese ones lie on their
    /// side.
    fn column(text: &str) -> Vec<String> {
        let mut made = Made::page().grid(&[100.0, 120.0, 300.0], &[100.0, 300.0]).text(130.0, 150.0, "講演会");
        let mut y = 105.0;
        for c in text.chars() {
            made = made.text(105.0, y, &c.to_string());
            y += 11.0;
            if let Some(glyph) = made.0.glyphs.last_mut().filter(|_| c.is_ascii()) {
                glyph.bbox.x1 = glyph.bbox.x0 + 10.0;
                glyph.bbox.y1 = glyph.bbox.y0 + 5.0;
                y -= 5.0;
                if let Some(run) = made.0.runs.last_mut() {
                    run.direction = Direction::Down;
                }
            }
        }
        made.read()
    }

    #[test]
    fn digits_and_letters_that_lie_on_their_side_in_a_column_are_read_where_they_stand() {
        assert!(column("基本目標1支え合いの地域づくり").contains(&"0,0 基本目標1支え合いの地域づくり".to_owned()));
        assert!(column("施策12相談体制の充実").contains(&"0,0 施策12相談体制の充実".to_owned()));
        assert!(column("相談DVの防止と支援").contains(&"0,0 相談DVの防止と支援".to_owned()));
    }
}
