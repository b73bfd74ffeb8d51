//! Takes the strips that no ruling frames, gives areas of possible tables: neighbouring strips that leave the same
//! rivers free (Nurminen 2013 grows tables from text edges likewise). Whether they are tables, `judge` says.

use super::grid::{Area, Scene};
use super::gutter::{beside, rules};
use super::strip::{Phrase, Strip};
use super::token::Kind;
use crate::geom::Span;

/// The widest blank between two strips of one table, in ems.
const BLANK: f32 = 1.9;
/// The widest blank between a header line and what it heads, in ems.
const HEADER_BLANK: f32 = 1.1;
/// A river must stay this wide, in ems.
const RIVER: f32 = 0.25;
/// Entries of one column begin, have their middle or end this near to each other, in ems.
const ALIGNED: f32 = 0.5;
/// Entries that follow others with little blank begin this near to where others of their column do, in ems.
const LEVEL: f32 = 0.1;
/// A line in larger print than this many times that of the table is a heading between tables.
const HEADING_SIZE: f32 = 1.15;
/// Lines of one entry have less than this many ems between them.
const WRAP_BLANK: f32 = 0.5;
/// Most label lines in a row without values.
const LABELS: usize = 3;
/// Most header lines above the first strip that respects the rivers.
const HEADER_LINES: usize = 7;

/// A strip with its phrases.
pub(super) struct Line<'a> {
    pub(super) strip: &'a Strip,
    phrases: Vec<Phrase>,
}

/// A table on its way.
pub(super) struct Block {
    /// First and last strip.
    pub(super) strips: (usize, usize),
    /// Stretches of x between its columns.
    pub(super) rivers: Vec<Span>,
    /// Its extent.
    pub(super) x: Span,
    /// Where its entries begin, have their middle and end.
    edges: [Vec<f32>; 3],
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
    let mut block = Block { strips: (seed, seed), rivers: Vec::new(), x: Span::default(), edges: Default::default() };
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
        if blank < 0.0
            && let Some(rivers) = rivers_beside(block, line)
        {
            accept(block, line, rivers);
            block.strips.1 = index;
            continue;
        }
        if blank < WRAP_BLANK * line.strip.size && is_rest(block, line) {
            block.strips.1 = index;
            continue;
        }
        if let Some(rivers) = respected(scene, block, line) {
            accept(block, line, rivers);
            block.strips.1 = index;
            labels = 0;
        } else if labels < LABELS && (is_label(block, line) || is_rest(block, line)) {
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
        if blank < 0.0
            && headers == 0
            && let Some(rivers) = rivers_beside(block, line)
        {
            accept(block, line, rivers);
            block.strips.0 = index;
            continue;
        }
        if let Some(rivers) = respected(scene, block, line).filter(|_| headers == 0) {
            accept(block, line, rivers);
            block.strips.0 = index;
            labels = 0;
        } else if headers < HEADER_LINES
            && blank <= HEADER_BLANK * line.strip.size
            && 2 * values(scene, line) < line.phrases.len().max(2)
            && is_heading(block, line)
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

/// Font size of the strip that the block grew from or, once it has grown, of its first, in points.
fn size_of(lines: &[Line<'_>], block: &Block) -> f32 {
    lines.get(block.strips.0).map_or(f32::MAX, |line| line.strip.size)
}

/// Whether a line is one short piece that stands in a column right of the first, aligned with its entries: the rest of
/// an entry of the line before, or the beginning of one of the next.
fn is_rest(block: &Block, line: &Line<'_>) -> bool {
    let [phrase] = line.phrases.as_slice() else { return false };
    let Some(first) = block.rivers.first() else { return false };
    let free = block.rivers.iter().all(|river| phrase.x.overlap(*river) < RIVER * line.strip.size);
    let tolerance = ALIGNED * line.strip.size;
    let aligned = block.edges.iter().zip(edges(phrase)).any(|(known, edge)| is_near(known, edge, tolerance));
    phrase.x.start > first.start && phrase.x.end < block.x.end + tolerance && free && aligned
}

/// The rivers beside the one phrase of a line that overlaps the line next to it in height and stands in a river: a line
/// of a column whose other entries are set in the middle of their row.
fn rivers_beside(block: &Block, line: &Line<'_>) -> Option<Vec<Span>> {
    let [phrase] = line.phrases.as_slice() else { return None };
    let least = RIVER * line.strip.size;
    let holds = |river: &Span| river.start + least <= phrase.x.start && phrase.x.end + least <= river.end;
    let at = block.rivers.iter().position(holds)?;
    let river = block.rivers.get(at)?;
    let sides = [Span { start: river.start, end: phrase.x.start }, Span { start: phrase.x.end, end: river.end }];
    let mut rivers = block.rivers.clone();
    rivers.splice(at..=at, sides);
    Some(rivers)
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

fn edges(phrase: &Phrase) -> [f32; 3] {
    [phrase.x.start, phrase.x.middle(), phrase.x.end]
}

/// Whether each entry of a line that leaves most columns blank stands as others of its column do: the few entries of
/// another table's lines respect many rivers by chance.
fn is_aligned(block: &Block, phrases: &[Phrase], em: f32) -> bool {
    if 2 * phrases.len() > block.rivers.len() + 1 {
        return true;
    }
    let known = |phrase: &Phrase| {
        let edges = block.edges.iter().zip(edges(phrase));
        edges.into_iter().any(|(known, edge)| is_near(known, edge, ALIGNED * em))
    };
    phrases.iter().all(known)
}

/// Whether one of the `known` edges, ascending, lies within `tolerance` of `edge`.
fn is_near(known: &[f32], edge: f32, tolerance: f32) -> bool {
    let from = known.partition_point(|x| *x < edge - tolerance);
    known.get(from).is_some_and(|x| *x <= edge + tolerance)
}

/// The entries of a line that look like one phrase because a full cell leaves little blank before the next: parted at
/// rivers of the block after which other entries begin, too.
fn parted(scene: &Scene, block: &Block, line: &Line<'_>) -> Vec<Phrase> {
    let em = line.strip.size;
    let starts = &block.edges[0];
    let mut phrases: Vec<Phrase> = Vec::new();
    for &index in &line.strip.tokens {
        let Some(token) = scene.tokens.get(index as usize) else { continue };
        let gap = phrases.last().map(|phrase| Span { start: phrase.x.end, end: token.bbox.x0 });
        let begins = gap.is_some_and(|gap| {
            gap.end - gap.start >= RIVER * em
                && is_near(starts, gap.end, LEVEL * em)
                && block.rivers.iter().any(|river| river.overlap(gap) >= RIVER * em)
        });
        match phrases.last_mut() {
            Some(phrase) if !begins => {
                phrase.tokens.push(index);
                phrase.x.end = phrase.x.end.max(token.bbox.x1);
            }
            _ => phrases.push(Phrase { tokens: vec![index], x: Span { start: token.bbox.x0, end: token.bbox.x1 } }),
        }
    }
    phrases
}

/// The block's rivers as far as the line leaves them free, if it respects (nearly) all and has entries on two sides.
fn respected(scene: &Scene, block: &Block, line: &Line<'_>) -> Option<Vec<Span>> {
    let phrases = if line.phrases.len() < 2 { &parted(scene, block, line) } else { &line.phrases };
    if phrases.len() < 2 || !is_aligned(block, phrases, line.strip.size) {
        return None;
    }
    let em = line.strip.size;
    let mut free: Vec<Span> = vec![Span { start: f32::MIN, end: line.strip.x.start }];
    let mut end = line.strip.x.start;
    for token in line.strip.tokens.iter().filter_map(|&i| scene.tokens.get(i as usize)) {
        if token.bbox.x0 - end > RIVER * em {
            free.push(Span { start: end, end: token.bbox.x0 });
        }
        end = end.max(token.bbox.x1);
    }
    free.push(Span { start: end, end: f32::MAX });
    let mut rivers: Vec<Span> = Vec::new();
    let (mut lost, mut crossed) = (0_usize, 0_usize);
    for river in &block.rivers {
        let before = rivers.len();
        for f in &free {
            let both = Span { start: river.start.max(f.start), end: river.end.min(f.end) };
            if both.end - both.start >= RIVER * em {
                rivers.push(both);
                let inside = line.strip.x.start < both.start + 1.0 && both.end - 1.0 < line.strip.x.end;
                crossed += usize::from(inside);
            }
        }
        lost += usize::from(rivers.len() == before);
    }
    // Entries beyond the block's sides open new rivers.
    for f in free.iter().skip(1).take(free.len().saturating_sub(2)) {
        let outside = f.end <= block.x.start + em || f.start >= block.x.end - em;
        if outside && f.end - f.start >= 0.7 * em {
            rivers.push(Span { start: f.start.max(f32::MIN), end: f.end });
        }
    }
    rivers.sort_by(|a, b| a.start.total_cmp(&b.start));
    (4 * lost <= block.rivers.len() && crossed > 0).then_some(rivers)
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
    let inside = line.strip.x.start > block.x.start - 2.0 * em && line.strip.x.end < block.x.end + 2.0 * em;
    let caption = line.phrases.first().is_some_and(|p| {
        let rivers = block.rivers.iter().filter(|r| p.x.start < r.start && r.end < p.x.end).count();
        p.x.start < block.x.start + 2.0 * em && rivers > 0
    });
    let wide = line.phrases.iter().any(|p| p.x.length() > 0.7 * block.x.length());
    let single_left = line.phrases.len() == 1 && line.strip.x.start < block.x.start + 2.0 * em;
    inside && !caption && !wide && !single_left
}
