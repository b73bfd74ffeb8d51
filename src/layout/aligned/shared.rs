//! Takes the columns that the text of a table's body shows and the strips of its header, joins columns that are one:
//! under one heading, words at the left or in the middle and figures at the right look like two, though no row has both.

use super::column::Column;
use super::scene::Scene;
use super::strip::{Strip, bundles};
use super::token::Token;
use crate::geom::Span;

/// A heading stands over more than this of the text of a column that it heads, in ems.
const OVER: f32 = 0.5;
/// A header names so many columns at least.
const HEADINGS: usize = 3;

/// The columns, those joined that share a heading and no row.
pub(super) fn joined(scene: &Scene, header: &[Strip], rows: &[&Strip], columns: Vec<Column>) -> Vec<Column> {
    // Lines that overlap in height are of one row.
    let rows = bundles(&scene.tokens, rows.iter().map(|&strip| strip.clone()).collect());
    let mut joined: Vec<Column> = Vec::with_capacity(columns.len());
    for column in columns {
        match joined.last_mut() {
            Some(last) if !joined_in_a_row(scene, &rows, last, &column) && headed(scene, header, last, &column) => {
                last.text = Span { start: last.text.start, end: column.text.end };
                last.area = Span { start: last.area.start, end: column.area.end };
            }
            _ => joined.push(column),
        }
    }
    joined
}

/// The columns, one for each entry of two rows with as many entries where each stands beside its own of the other row:
/// signs in the middle of their cells above words at the left of theirs.
pub(super) fn paired(scene: &Scene, rows: &[&Strip], columns: Vec<Column>) -> Vec<Column> {
    let [upper, lower] = rows else { return columns };
    let phrases = |strip: &Strip| strip.phrases(&scene.tokens, scene.space);
    let (upper, lower) = (phrases(upper), phrases(lower));
    let around = |a: Span, b: Span| Span { start: a.start.min(b.start), end: a.end.max(b.end) };
    let texts: Vec<Span> = upper.iter().zip(&lower).map(|(a, b)| around(a.x, b.x)).collect();
    let apart = texts.windows(2).all(|pair| matches!(pair, [a, b] if a.end < b.start));
    if upper.len() != lower.len() || texts.len() < HEADINGS || columns.len() <= texts.len() || !apart {
        return columns;
    }
    let mut start = columns.first().map_or(0.0, |column| column.area.start);
    let last = columns.last().map_or(start, |column| column.area.end);
    let ends = texts.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(f32::midpoint(a.end, b.start)),
        _ => None,
    });
    let column = |(text, end): (&Span, f32)| {
        let area = Span { start, end };
        start = end;
        Column { text: *text, area }
    };
    texts.iter().zip(ends.chain([last])).map(column).collect()
}

/// Whether any row has something in both columns.
fn joined_in_a_row(scene: &Scene, rows: &[Strip], a: &Column, b: &Column) -> bool {
    let stands = |strip: &Strip, column: &Column| {
        let inside = |token: &Token| column.area.contains(token.bbox.center().x);
        strip.tokens.iter().filter_map(|&i| scene.tokens.get(i as usize)).any(inside)
    };
    rows.iter().any(|strip| stands(strip, a) && stands(strip, b))
}

/// Whether one heading alone stands over the two columns.
fn headed(scene: &Scene, header: &[Strip], a: &Column, b: &Column) -> bool {
    header.iter().any(|strip| {
        let phrases = strip.phrases(&scene.tokens, scene.space);
        let both = Span { start: a.text.start, end: b.text.end };
        let least = OVER * strip.size;
        phrases.len() >= HEADINGS && phrases.iter().filter(|phrase| phrase.x.overlap(both) > least).count() == 1
    })
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis;
    use crate::layout::made::Made;

    #[test]
    fn words_in_the_middle_and_figures_at_the_right_are_one_column() {
        let mut page = Made::page();
        for (x, text) in [(50.0, "番号"), (100.0, "実施項目"), (220.0, "区分"), (300.0, "R4年度"), (400.0, "R5年度")]
        {
            page = page.text(x, 100.0, text);
        }
        for row in 0..4_u8 {
            let y = 120.0 + 40.0 * f32::from(row);
            page = page.text(55.0, y, &(row + 1).to_string()).text(100.0, y, "照明の更新").text(220.0, y, "計画");
            page = page.text(315.0, y, "実施").text(415.0, y, "検討");
            page = page.text(220.0, y + 20.0, "効果額").text(345.0, y + 20.0, "6,801").text(445.0, y + 20.0, "925");
        }
        let cells = page.read();
        assert!(cells.contains(&"1,3 実施".to_owned()) && cells.contains(&"2,3 6,801".to_owned()), "{cells:?}");
        assert!(cells.contains(&"8,4 925".to_owned()), "{cells:?}");
    }

    #[test]
    fn signs_in_the_middle_of_cells_stand_above_words_at_the_left_of_theirs() {
        let mut page =
            Made::page().line(Axis::Horizontal, 98.0, 48.0, 460.0).line(Axis::Horizontal, 134.0, 48.0, 460.0);
        for (x, sign, meaning) in
            [(50.0, "A", "順調"), (150.0, "B", "やや遅れ"), (250.0, "C", "遅れ"), (350.0, "D", "未着手")]
        {
            page = page.text(x + 55.0, 102.0, sign).text(x, 118.0, meaning);
        }
        let cells = page.read();
        assert!(cells.contains(&"[2x4]".to_owned()), "{cells:?}");
        assert!(cells.contains(&"0,3 D".to_owned()) && cells.contains(&"1,3 未着手".to_owned()), "{cells:?}");
    }
}
