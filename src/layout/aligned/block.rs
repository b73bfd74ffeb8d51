//! Takes the strips that no ruling frames, gives areas of possible tables: neighbouring strips that leave the same
//! rivers free (Nurminen 2013 grows tables from text edges likewise). Whether they are tables, `judge` says.

use super::gutter::{beside, rules};
use super::river::{ALIGNED, RIVER, edges, is_near, respected};
use super::scene::{Area, Scene};
use super::strip::{Phrase, Strip};
use super::token::Kind;
use crate::geom::{Rect, Span};

/// The widest blank between two strips of one table, in ems.
const BLANK: f32 = 1.9;
/// The widest blank between a header line and what it heads, in ems.
const HEADER_BLANK: f32 = 1.1;
/// Or this many times the widest blank between its rows.
const ROW_BLANKS: f32 = 1.05;
/// A header may reach this far beyond the entries of its table, in ems.
const BEYOND: f32 = 3.0;
/// A line in larger print than this many times that of the table is a heading between tables.
const HEADING_SIZE: f32 = 1.15;
/// Lines of one entry have less than this many ems between them.
const WRAP_BLANK: f32 = 0.5;
/// A line that goes on with an entry begins this near to where others of its column do, in ems, if it is longer.
const FLUSH: f32 = 0.1;
/// A line close above a row that is longer than this, in ems, is the first of an entry and heads nothing.
const LONG: f32 = 10.0;
/// Most label lines in a row without values.
const LABELS: usize = 3;
/// Most header lines above the first strip that respects the rivers.
const HEADER_LINES: usize = 7;

/// A strip with its phrases.
pub(super) struct Line<'a> {
    pub(super) strip: &'a Strip,
    pub(super) phrases: Vec<Phrase>,
}

/// A table on its way.
#[derive(Clone)]
pub(super) struct Block {
    /// First and last strip.
    pub(super) strips: (usize, usize),
    /// Stretches of x between its columns.
    pub(super) rivers: Vec<Span>,
    /// Its extent.
    pub(super) x: Span,
    /// Where its entries begin, have their middle and end.
    pub(super) edges: [Vec<f32>; 3],
    /// The widest blank between two of its rows, in points.
    blank: f32,
}

/// Areas of strips with common rivers, from top to bottom.
pub(crate) fn areas(scene: &Scene, strips: &[Strip]) -> Vec<Area> {
    let lines: Vec<Line<'_>> =
        strips.iter().map(|strip| Line { strip, phrases: strip.phrases(&scene.tokens, scene.space) }).collect();
    let mut seeds: Vec<(usize, usize, usize)> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| l.phrases.len() >= 2)
        .map(|(i, l)| (values(scene, l), l.phrases.len(), i))
        .collect();
    seeds.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    let mut used = vec![false; lines.len()];
    let mut blocks: Vec<Block> = Vec::new();
    for (_, _, seed) in seeds {
        if used.get(seed).copied().unwrap_or(true) {
            continue;
        }
        let block = grow(scene, &lines, seed, &used);
        for flag in used.get_mut(block.strips.0..=block.strips.1).unwrap_or_default() {
            *flag = true;
        }
        blocks.push(block);
    }
    blocks.sort_by_key(|b| b.strips.0);
    blocks.iter().flat_map(|b| beside(scene, &lines, b)).collect()
}

/// The area of the whole block.
pub(super) fn area(scene: &Scene, lines: &[Line<'_>], block: &Block) -> Option<Area> {
    let part = lines.get(block.strips.0..=block.strips.1)?;
    let tokens: Vec<u32> = part.iter().flat_map(|l| l.strip.tokens.iter().copied()).collect();
    let rules = rules(scene, lines, block, block.x);
    Some(Area { x: block.x, rules, tokens })
}

fn values(scene: &Scene, line: &Line<'_>) -> usize {
    line.phrases.iter().filter(|p| is_value(scene, p)).count()
}

fn is_value(scene: &Scene, phrase: &Phrase) -> bool {
    phrase
        .tokens
        .iter()
        .all(|&i| scene.tokens.get(i as usize).is_some_and(|t| matches!(t.kind, Kind::Figure | Kind::Mark)))
}

fn grow(scene: &Scene, lines: &[Line<'_>], seed: usize, used: &[bool]) -> Block {
    let mut block =
        Block { strips: (seed, seed), rivers: Vec::new(), x: Span::default(), edges: Default::default(), blank: 0.0 };
    if let Some(line) = lines.get(seed) {
        block.x = line.strip.x;
        block.rivers = gaps(&line.phrases);
        note_edges(&mut block, line);
    }
    let free = |i: usize| !used.get(i).copied().unwrap_or(true);
    down(scene, lines, &mut block, &free);
    up(scene, lines, &mut block, &free);
    down(scene, lines, &mut block, &free);
    block
}

fn gaps(phrases: &[Phrase]) -> Vec<Span> {
    phrases
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(Span { start: a.x.end, end: b.x.start }),
            _ => None,
        })
        .collect()
}

fn down(scene: &Scene, lines: &[Line<'_>], block: &mut Block, free: &dyn Fn(usize) -> bool) {
    let mut labels = 0;
    let mut bottom = lines.get(block.strips.1).map_or(0.0, |l| l.strip.y.end);
    for index in block.strips.1 + 1..lines.len() {
        let Some(line) = lines.get(index).filter(|_| free(index)) else { break };
        let blank = line.strip.y.start - bottom;
        if blank > BLANK * line.strip.size || line.strip.size > HEADING_SIZE * size_of(lines, block) {
            break;
        }
        bottom = line.strip.y.end;
        if let Some(rivers) = rest(block, line).filter(|_| blank < WRAP_BLANK * line.strip.size) {
            block.rivers = rivers;
            block.strips.1 = index;
            continue;
        }
        if labels > 0 && is_shaded(scene, line) {
            // A caption and the coloured header of another table.
            break;
        }
        if let Some(rivers) = respected(scene, block, line, blank) {
            block.blank = block.blank.max(blank);
            accept(block, line, rivers);
            block.strips.1 = index;
            labels = 0;
        } else if labels < LABELS && (is_label(block, line) || rest(block, line).is_some()) {
            // The first line of an entry that is higher than the others of its row stands alone, too.
            labels += 1;
        } else {
            break;
        }
    }
}

fn up(scene: &Scene, lines: &[Line<'_>], block: &mut Block, free: &dyn Fn(usize) -> bool) {
    let mut labels = 0;
    let mut headers = 0;
    let mut top = lines.get(block.strips.0).map_or(0.0, |l| l.strip.y.start);
    for index in (0..block.strips.0).rev() {
        let Some(line) = lines.get(index).filter(|_| free(index)) else { break };
        let blank = top - line.strip.y.end;
        if blank > BLANK * line.strip.size || line.strip.size > HEADING_SIZE * size_of(lines, block) {
            break;
        }
        top = line.strip.y.start;
        let above = index.checked_sub(1).and_then(|i| lines.get(i));
        let tall = blank < WRAP_BLANK * line.strip.size && line.strip.x.length() > LONG * line.strip.size;
        let wrapped = rest(block, line).filter(|_| tall || above.is_some_and(|above| is_close(above, line)));
        if let Some(rivers) = wrapped.filter(|_| headers == 0) {
            block.rivers = rivers;
            block.strips.0 = index;
        } else if let Some(rivers) = respected(scene, block, line, blank).filter(|_| headers == 0) {
            accept(block, line, rivers);
            block.strips.0 = index;
            labels = 0;
        } else if headers < HEADER_LINES
            && (blank <= (HEADER_BLANK * line.strip.size).max(ROW_BLANKS * block.blank) || is_shaded(scene, line))
            && (2 * values(scene, line) < line.phrases.len().max(2) || goes_on(scene, above, line))
            && (is_heading(block, line) || is_shaded(scene, line) && respected(scene, block, line, blank).is_some())
        {
            headers += 1;
            block.strips.0 = index;
        } else if headers == 0 && labels < LABELS && is_label(block, line) {
            labels += 1;
        } else {
            break;
        }
    }
}

fn is_close(above: &Line<'_>, line: &Line<'_>) -> bool {
    line.strip.y.start - above.strip.y.end < WRAP_BLANK * line.strip.size
}

/// Whether the line goes on with a line of words close above it: 令和 over ４年.
fn goes_on(scene: &Scene, above: Option<&Line<'_>>, line: &Line<'_>) -> bool {
    above.is_some_and(|above| {
        is_close(above, line) && values(scene, above) == 0 && above.phrases.len() >= line.phrases.len()
    })
}

/// Font size of the strip that the block grew from or, once it has grown, of its first, in points.
fn size_of(lines: &[Line<'_>], block: &Block) -> f32 {
    lines.get(block.strips.0).map_or(f32::MAX, |line| line.strip.size)
}

/// The rivers beside a line of one piece that stands in a column right of the first, aligned with its entries: the rest
/// of an entry of the line before, or the beginning of one of the next. It may be longer than the other entries so far.
fn rest(block: &Block, line: &Line<'_>) -> Option<Vec<Span>> {
    let [phrase] = line.phrases.as_slice() else { return None };
    let em = line.strip.size;
    let (least, tolerance) = (RIVER * em, ALIGNED * em);
    let flush = block.edges.first().is_some_and(|starts| is_near(starts, phrase.x.start, FLUSH * em));
    let beside = |river: &Span| {
        if phrase.x.overlap(*river) < least {
            return Some(*river);
        }
        let narrowed = Span { start: phrase.x.end, end: river.end };
        (flush && phrase.x.start < river.start && narrowed.length() > 2.0 * least).then_some(narrowed)
    };
    let rivers: Vec<Span> = block.rivers.iter().map(beside).collect::<Option<_>>()?;
    let aligned = block.edges.iter().zip(edges(phrase)).any(|(known, edge)| is_near(known, edge, tolerance));
    let inside = phrase.x.start > block.rivers.first()?.start && phrase.x.end < block.x.end + tolerance;
    (inside && aligned).then_some(rivers)
}

/// Whether the line stands in coloured cells.
fn is_shaded(scene: &Scene, line: &Line<'_>) -> bool {
    let middle = line.strip.y.middle();
    let first = line.phrases.first().map_or(0.0, |phrase| phrase.x.middle());
    let holds = |b: &Rect| b.y0 < middle && middle < b.y1 && b.x0 < first && first < b.x1;
    scene.shaded.iter().any(|fill| holds(&fill.bbox))
}

fn accept(block: &mut Block, line: &Line<'_>, rivers: Vec<Span>) {
    note_edges(block, line);
    block.rivers = rivers;
    block.x = Span { start: block.x.start.min(line.strip.x.start), end: block.x.end.max(line.strip.x.end) };
}

fn note_edges(block: &mut Block, line: &Line<'_>) {
    for phrase in &line.phrases {
        for (known, edge) in block.edges.iter_mut().zip(edges(phrase)) {
            let at = known.partition_point(|x| *x < edge);
            known.insert(at, edge);
        }
    }
}

/// A single phrase at the left: the name of a group of rows, or the rest of a long label.
fn is_label(block: &Block, line: &Line<'_>) -> bool {
    let em = line.strip.size;
    let [phrase] = line.phrases.as_slice() else { return false };
    phrase.x.start > block.x.start - 2.0 * em
        && phrase.x.start < block.x.start + 4.0 * em
        && phrase.x.length() < 0.5 * block.x.length()
}

/// A line above the body whose entries stand over columns, and not a caption that begins at the left.
fn is_heading(block: &Block, line: &Line<'_>) -> bool {
    let em = line.strip.size;
    let inside = line.strip.x.start > block.x.start - BEYOND * em && line.strip.x.end < block.x.end + BEYOND * em;
    let caption = line.phrases.first().is_some_and(|p| {
        let rivers = block.rivers.iter().filter(|r| p.x.start < r.start && r.end < p.x.end).count();
        p.x.start < block.x.start + 2.0 * em && rivers > 0
    });
    let wide = line.phrases.iter().any(|p| p.x.length() > 0.7 * block.x.length());
    let single_left = line.phrases.len() == 1 && line.strip.x.start < block.x.start + 2.0 * em;
    inside && !caption && !wide && !single_left
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    #[test]
    fn labels_half_beside_their_rows_and_wrapped_entries_do_not_end_a_table() {
        let mut page = Made::page();
        for (x, text) in
            [(50.0, "目標"), (130.0, "指標"), (260.0, "R4"), (310.0, "R5"), (360.0, "評価"), (420.0, "担当課")]
        {
            page = page.text(x, 100.0, text);
        }
        for row in 0..6_u8 {
            let y = 125.0 + 24.0 * f32::from(row);
            page =
                page.text(130.0, y, "市税の収納率").text(260.0, y, "97.1").text(310.0, y, "98.2").text(365.0, y, "A");
            page = if row == 2 {
                page.text(420.0, y - 6.0, "子育て").text(420.0, y + 6.0, "支援課")
            } else {
                page.text(420.0, y, "税務課")
            };
        }
        page = page.text(50.0, 131.0, "財政の").text(50.0, 143.0, "健全化");
        page = page.text(50.0, 203.0, "公平な").text(50.0, 215.0, "課税");
        let cells = page.read();
        assert!(cells.contains(&"[7x6]".to_owned()) && cells.contains(&"3,5 子育て/支援課".to_owned()), "{cells:?}");
    }

    #[test]
    fn years_that_narrow_columns_break_into_lines_head_the_table() {
        let mut page = Made::page();
        for (x, text) in
            [(50.0, "No"), (90.0, "事業名"), (220.0, "所管課"), (300.0, "令和"), (340.0, "令和"), (380.0, "令和")]
        {
            page = page.text(x, 100.0, text);
        }
        for (x, year) in [(300.0, "４年"), (340.0, "５年"), (380.0, "６年")] {
            page = page.text(x, 113.0, year).text(x, 126.0, "度");
        }
        for row in 1..6_u8 {
            let y = 130.0 + 16.0 * f32::from(row);
            page = page.text(55.0, y, &row.to_string()).text(90.0, y, "制度の周知").text(220.0, y, "総務課");
            page = page.text(310.0, y, "A").text(350.0, y, "B").text(390.0, y, "A");
        }
        let cells = page.read();
        assert!(cells.contains(&"0,3 令和/４年/度".to_owned()), "{cells:?}");
        assert!(cells.contains(&"[6x6]".to_owned()), "{cells:?}");
    }

    #[test]
    fn lines_of_a_high_entry_stay_in_its_row_however_long() {
        let mut page = Made::page();
        for (x, text) in [(50.0, "番号"), (90.0, "取組項目"), (200.0, "取組実績"), (420.0, "評価"), (460.0, "課題")]
        {
            page = page.text(x, 100.0, text);
        }
        let entries: [&[&str]; 3] = [
            &["説明会を開いた。", "冊子を配った。", "職員の全員に案内を送り、参加を呼びかけ", "た。"],
            &["庁内の掲示板で全ての職員に知らせた。"],
            &["申請の手続を簡素にした。"],
        ];
        let mut y = 120.0;
        for (row, lines) in entries.iter().enumerate() {
            page = page.text(55.0, y, &(row + 1).to_string()).text(90.0, y, "制度の周知").text(425.0, y, "A");
            page = page.text(460.0, y, "周知に努める。");
            for (line, text) in lines.iter().enumerate() {
                page = page.text(200.0, y + 14.0 * line as f32, text);
            }
            y += 14.0 * lines.len() as f32 + 6.0;
        }
        let cells = page.read();
        assert!(cells.contains(&"[4x5]".to_owned()), "{cells:?}");
        let entry = "1,2 説明会を開いた。/冊子を配った。/職員の全員に案内を送り、参加を呼びかけ/た。";
        assert!(cells.contains(&entry.to_owned()), "{cells:?}");
    }
}
