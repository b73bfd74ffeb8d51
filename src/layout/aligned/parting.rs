//! Takes the strips of a table's body with what each has in each column, says what parts the rows: rulings and bands of
//! colour, wide blanks between lines, or nothing but the text.

use super::body::Candidate;
use crate::geom::Span;

/// Blanks between rows are wider than this, in ems.
const NARROW: f32 = 0.42;
/// Lines of one row are set no further apart than this, in ems.
const SPACED: f32 = 0.8;
/// Blanks between rows are so many times as wide as those between lines, which count as [`LEAST`] ems at least.
const WIDER: f32 = 1.7;
const LEAST: f32 = 0.05;
/// So many blanks of each kind tell the two apart.
const LEAST_LINES: usize = 2;

/// A column of values has at least so many.
const LEAST_VALUES: usize = 3;

/// How the rows of a table are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parting {
    /// By rulings or bands of colour.
    Bands,
    /// By nothing but the text.
    Text,
}

/// Bands part the rows when most of them look like one row: no band has several strips that each hold a label and a
/// value, as the body between two rules has.
pub(super) fn parting(candidates: &[Candidate], columns: usize) -> Parting {
    let valued = valued(candidates, columns);
    let bands = bands_of(candidates, columns, &valued);
    let crowded = crowded(&bands);
    // Two bands tell little: both must look like one row.
    let two = || crowded == 0 && one_full(candidates, columns, &valued);
    let like_rows = 3 * crowded <= bands.len() && (bands.len() >= 3 || two());
    if bands.len() >= 2 && like_rows { Parting::Bands } else { Parting::Text }
}

/// The columns right of the first in which nearly all entries are values.
fn valued(candidates: &[Candidate], columns: usize) -> Vec<usize> {
    let mut counts = vec![(0_usize, 0_usize); columns];
    for entry in candidates.iter().flat_map(|c| &c.entries).filter(|e| e.columns.0 == e.columns.1) {
        if let Some((values, all)) = counts.get_mut(entry.columns.0) {
            *values += usize::from(entry.value);
            *all += 1;
        }
    }
    let are_values = |(values, all): (usize, usize)| values >= LEAST_VALUES && 10 * values >= 9 * all;
    (1..columns).filter(|&column| counts.get(column).is_some_and(|count| are_values(*count))).collect()
}

/// Whether the strip can be a row: where columns hold values, the rest of a row's texts has none.
fn has_value(candidate: &Candidate, valued: &[usize]) -> bool {
    valued.is_empty() || candidate.entries.iter().any(|e| e.value && valued.contains(&e.columns.0))
}

/// Strips between two heights that part rows.
struct Band {
    index: usize,
    strips: usize,
    /// Strips that hold a label, more than half of the other columns, and a value if there are any.
    whole: usize,
}

fn bands_of(candidates: &[Candidate], columns: usize, valued: &[usize]) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for c in candidates {
        let labelled = c.entries.iter().any(|e| e.columns.0 == 0 && !e.lower);
        let most = c.entries.len() >= 2 && 2 * c.entries.len() > columns;
        let whole = usize::from(labelled && most && has_value(c, valued));
        match bands.last_mut() {
            Some(band) if band.index == c.band => {
                band.strips += 1;
                band.whole += whole;
            }
            _ => bands.push(Band { index: c.band, strips: 1, whole }),
        }
    }
    bands
}

/// Whether no two strips of one band fill most columns each: lines of one row leave most of them blank but for one, or
/// only one of them has values.
fn one_full(candidates: &[Candidate], columns: usize, valued: &[usize]) -> bool {
    let full = candidates.iter().filter(|c| is_full(c, columns) && has_value(c, valued));
    let bands: Vec<usize> = full.map(|c| c.band).collect();
    bands.windows(2).all(|pair| pair.first() != pair.last())
}

/// Whether the strip fills most columns.
pub(super) fn is_full(candidate: &Candidate, columns: usize) -> bool {
    5 * candidate.entries.len() > 3 * columns
}

/// How many bands hold several rows.
fn crowded(bands: &[Band]) -> usize {
    bands.iter().filter(|b| b.strips >= 2 && b.whole >= 2 && 10 * b.whole >= 7 * b.strips).count()
}

/// Parts the strips where the blanks between lines are of two kinds: narrow ones between the lines of one row and wide
/// ones between rows. Says whether that gave rows.
pub(super) fn part_at_blanks(candidates: &mut [Candidate], columns: usize) -> bool {
    let partings = blanks_between_rows(candidates).into_iter().map(|blanks| {
        let bands = |c: &Candidate| blanks.partition_point(|&b| b <= c.y.middle());
        candidates.iter().map(bands).collect::<Vec<usize>>()
    });
    let valued = valued(candidates, columns);
    let mut best: Option<(usize, Vec<usize>)> = None;
    for bands in partings.collect::<Vec<_>>() {
        for (candidate, &band) in candidates.iter_mut().zip(&bands) {
            candidate.band = band;
        }
        let torn = torn(candidates);
        let are_rows = crowded(&bands_of(candidates, columns, &valued)) == 0 && one_full(candidates, columns, &valued);
        if are_rows && best.as_ref().is_none_or(|(least, _)| torn < *least) {
            best = Some((torn, bands));
        }
    }
    let Some((_, bands)) = best else { return false };
    for (candidate, band) in candidates.iter_mut().zip(bands) {
        candidate.band = band;
    }
    true
}

/// How many bands have nothing in the first column, as the second half of a row.
fn torn(candidates: &[Candidate]) -> usize {
    let labelled = |band: &&[Candidate]| band.iter().any(|c| c.entries.iter().any(|e| e.columns.0 == 0));
    candidates.chunk_by(|a, b| a.band == b.band).filter(|band| !labelled(band)).count()
}

/// The heights between rows, ascending, for each way to divide the blanks between lines into narrow and wide ones, that
/// with most rows first.
fn blanks_between_rows(candidates: &[Candidate]) -> Vec<Vec<f32>> {
    let Some((first, rest)) = candidates.split_first() else { return Vec::new() };
    let mut blanks: Vec<Span> = Vec::new();
    let mut end = first.y.end;
    for candidate in rest {
        // Lines that overlap in height have no blank between them.
        blanks.push(Span { start: end.min(candidate.y.start), end: candidate.y.start });
        end = end.max(candidate.y.end);
    }
    let em = candidates.iter().map(|c| c.size).fold(1.0, f32::max);
    let mut widths: Vec<f32> = blanks.iter().map(|blank| blank.length() / em).collect();
    widths.sort_by(f32::total_cmp);
    let parts = |below: f32, above: f32| below < SPACED && above > NARROW && above > WIDER * below.max(LEAST);
    let jumps = widths.windows(2).skip(LEAST_LINES - 1).filter_map(|pair| match pair {
        [below, above] if parts(*below, *above) => Some(*below * em),
        _ => None,
    });
    let wide = |widest: f32| blanks.iter().filter(move |b| b.length() > widest + 0.01).map(|b| b.middle()).collect();
    jumps.map(wide).collect()
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    #[test]
    fn wide_blanks_part_rows_of_several_lines() {
        let mut page = Made::page();
        for (x, text) in [(50.0, "番号"), (100.0, "取組項目"), (250.0, "取組実績"), (450.0, "評価")] {
            page = page.text(x, 100.0, text);
        }
        for row in 0..4_u8 {
            let y = 120.0 + 40.0 * f32::from(row);
            // The number and the grade stand in the middle of the row.
            page = page.text(55.0, y + 6.0, &row.to_string()).text(455.0, y + 6.0, "A");
            page = page.text(100.0, y, "制度の内容を広く").text(100.0, y + 12.0, "職員に知らせる");
            page = page.text(250.0, y, "庁内の掲示板に載せて").text(250.0, y + 12.0, "全ての職員に配った");
        }
        let cells = page.read();
        assert!(cells.contains(&"[5x4]".to_owned()), "{cells:?}");
        assert!(cells.contains(&"3,1 制度の内容を広く/職員に知らせる".to_owned()), "{cells:?}");
    }

    /// Rows of one to three lines in which every entry is set in the middle.
    #[test]
    fn lines_of_entries_set_in_the_middle_of_rows_interlock() {
        let mut page = Made::page();
        for (x, text) in [(50.0, "番号"), (100.0, "取組項目"), (250.0, "取組実績"), (450.0, "評価")] {
            page = page.text(x, 100.0, text);
        }
        let mut y = 130.0;
        for (row, lines) in [2_u8, 3, 1, 2, 3].into_iter().enumerate() {
            let middle = y + 6.5 * f32::from(lines.max(2) - 1);
            let top = middle - 6.5 * f32::from(lines - 1);
            page = page.text(55.0, middle, &row.to_string()).text(455.0, middle, "A");
            page = page.text(100.0, middle - 6.5, "制度の内容を広く").text(100.0, middle + 6.5, "職員に知らせる");
            for line in 0..lines {
                page = page.text(250.0, top + 13.0 * f32::from(line), "庁内の掲示板に載せて配った");
            }
            y += 13.0 * f32::from(lines.max(2)) + 12.0;
        }
        let cells = page.read();
        assert!(cells.contains(&"[6x4]".to_owned()), "{cells:?}");
        assert!(cells.contains(&"3,1 制度の内容を広く/職員に知らせる".to_owned()), "{cells:?}");
    }
}
