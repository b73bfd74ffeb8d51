//! Takes the columns that a table's body shows and the strips of its header, gives also the columns in which no row has
//! anything: years that lie in the future, which only their heading tells.

use super::column::Column;
use super::scene::Scene;
use super::strip::{Phrase, Strip};
use super::token::{Kind, Token};
use crate::geom::Span;

/// Years side by side in one line have more than this between them, in ems; a year and its bracket have less.
const SPACE: f32 = 0.3;

/// The columns, and one for each heading of a year in the last strip of the header with years that stands beside all of
/// them or between two, if another year of that strip heads a column.
pub(super) fn with_blank(scene: &Scene, header: &[Strip], columns: Vec<Column>) -> Vec<Column> {
    let is_year = |phrase: &Phrase| {
        phrase.tokens.iter().all(|&i| scene.tokens.get(i as usize).is_some_and(|t| t.kind == Kind::Year))
    };
    // 年度 can stand on a line of its own below, and headings that fill narrow columns close to one another.
    let named = |strip: &Strip| {
        let phrases = strip.phrases(&scene.tokens, scene.space).into_iter().filter(is_year);
        phrases.flat_map(|phrase| apart(scene, phrase)).collect::<Vec<_>>()
    };
    let years: Vec<Phrase> = header.iter().rev().map(named).find(|years| years.len() > 1).unwrap_or_default();
    let over = |phrase: &Phrase, column: &Column| column.text.overlap(phrase.x) > 0.0;
    // Figures at the side of their column need not stand below the middle of it, where the heading is.
    let open: Vec<Span> =
        columns.iter().skip(1).filter(|c| !years.iter().any(|y| over(y, c))).map(|c| c.text).collect();
    let away = |text: &Span, year: &Phrase| (text.start - year.x.end).max(year.x.start - text.end);
    let nearest = |text: &Span| {
        let gaps = years.iter().map(|year| away(text, year)).enumerate();
        gaps.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    };
    // As many columns as years: each year has its own.
    let first = years.first().map_or(f32::MAX, |year| year.x.start);
    let bare = years.iter().filter(|year| !columns.iter().any(|column| over(year, column))).count();
    let enough = open.iter().filter(|text| text.end > first).count() >= bare;
    let beside = |at: usize| enough || open.iter().any(|text| nearest(text) == Some(at));
    let heads = |at: usize, year: &Phrase| columns.iter().any(|column| over(year, column)) || beside(at);
    let blank: Vec<Span> =
        years.iter().enumerate().filter(|(at, year)| !heads(*at, year)).map(|(_, year)| year.x).collect();
    if blank.is_empty() || blank.len() == years.len() {
        return columns;
    }
    let mut texts: Vec<Span> = columns.iter().map(|column| column.text).chain(blank).collect();
    texts.sort_by(|a, b| a.start.total_cmp(&b.start));
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return columns };
    let start = first.area.start.min(texts.first().map_or(f32::MAX, |text| text.start));
    let end = last.area.end.max(texts.last().map_or(f32::MIN, |text| text.end));
    let border = |a: &Span, b: &Span| {
        // Where two columns of the body meet stays.
        let known = columns.windows(2).find(|pair| matches!(pair, [x, y] if x.text == *a && y.text == *b));
        known.and_then(|pair| pair.first()).map_or(f32::midpoint(a.end, b.start), |column| column.area.end)
    };
    let mut areas = Vec::with_capacity(texts.len() + 1);
    areas.push(start);
    areas.extend(texts.windows(2).filter_map(|pair| if let [a, b] = pair { Some(border(a, b)) } else { None }));
    areas.push(end);
    let areas = areas.windows(2).map(|pair| Span { start: pair[0], end: pair[1].max(pair[0]) });
    texts.into_iter().zip(areas).map(|(text, area)| Column { text, area }).collect()
}

/// The years of a phrase one by one, where some space is between all of them.
fn apart(scene: &Scene, phrase: Phrase) -> Vec<Phrase> {
    let years: Vec<Token> = phrase.tokens.iter().filter_map(|&i| scene.tokens.get(i as usize)).copied().collect();
    let spaced = |pair: &[Token]| matches!(pair, [a, b] if b.bbox.x0 - a.bbox.x1 > SPACE * a.size);
    if years.len() < 2 || !years.windows(2).all(spaced) {
        return vec![phrase];
    }
    let x = |token: &Token| Span { start: token.bbox.x0, end: token.bbox.x1 };
    phrase.tokens.iter().zip(&years).map(|(index, year)| Phrase { tokens: vec![*index], x: x(year) }).collect()
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    #[test]
    fn years_without_any_entry_are_columns() {
        let mut page = Made::page();
        let header = [(50.0, "取組"), (200.0, "R3年度"), (260.0, "R4年度"), (320.0, "R5年度"), (380.0, "R6年度")];
        for (x, text) in header {
            page = page.text(x, 100.0, text);
        }
        for (row, name) in ["研修の実施", "相談の受付", "資料の配布", "制度の周知"].iter().enumerate()
        {
            let y = 120.0 + 15.0 * row as f32;
            page = page.text(50.0, y, name);
            for (x, grade) in [(210.0, "A"), (270.0, "B"), (330.0, "A")] {
                page = page.text(x, y, grade);
            }
        }
        let cells = page.read();
        assert!(cells.contains(&"0,3 R5年度".to_owned()) && cells.contains(&"0,4 R6年度".to_owned()), "{cells:?}");
    }

    #[test]
    fn figures_at_the_side_of_their_column_are_those_of_its_heading() {
        let mut page = Made::page();
        for (x, text) in [(50.0, "区分"), (200.0, "令和３年度"), (300.0, "令和４年度"), (400.0, "令和５年度")]
        {
            page = page.text(x, 100.0, text);
        }
        for (row, name) in ["評価Ａの数", "評価Ｂの数", "評価Ｃの数", "評価Ｄの数"].iter().enumerate()
        {
            let y = 120.0 + 15.0 * row as f32;
            page = page.text(50.0, y, name);
            for x in [265.0, 365.0, 465.0] {
                page = page.text(x, y, "9");
            }
        }
        let cells = page.read();
        assert!(cells.contains(&"[5x4]".to_owned()) && cells.contains(&"0,1 令和３年度".to_owned()), "{cells:?}");
    }

    #[test]
    fn figures_right_of_their_headings_leave_the_last_year_blank() {
        let mut page = Made::page();
        for (x, text) in [(50.0, "事業名"), (200.0, "R3"), (260.0, "R4"), (320.0, "R5"), (380.0, "R6")] {
            page = page.text(x, 100.0, text);
        }
        for (row, name) in ["研修の実施", "相談の受付", "資料の配布", "制度の周知"].iter().enumerate()
        {
            let y = 120.0 + 15.0 * row as f32;
            page = page.text(50.0, y, name);
            for (x, grade) in [(222.0, "5"), (282.0, "4"), (342.0, "5")] {
                page = page.text(x, y, grade);
            }
        }
        let cells = page.read();
        assert!(cells.contains(&"[5x5]".to_owned()), "{cells:?}");
        assert!(cells.contains(&"0,4 R6".to_owned()) && cells.contains(&"4,3 5".to_owned()), "{cells:?}");
    }
}
