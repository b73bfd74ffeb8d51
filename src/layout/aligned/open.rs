//! Takes a ruled table and the words in it, says whether its rulings leave out most borders between rows: a frame with
//! rules under the header and above the total, or with vertical rulings only. Its rows are then found like those of a
//! table without rulings.

use super::below::row_below;
use super::frame::tokens_in;
use super::numbering;
use super::scene::{Area, Scene};
use super::strip::{Phrase, Strip, strips};
use super::token::{Kind, Token};
use crate::geom::{Axis, Rect, Span};
use crate::layout::Table;

/// A row between rulings holds several rows of text if it has at least this many labelled strips with values.
const STRIPS: usize = 2;

/// A table whose rulings leave out borders between rows holds so many values at least.
const VALUES: usize = 3;

/// A row of a table without vertical rulings has at least so many entries.
const ENTRIES: usize = 3;

/// A heading between rows is no longer than this share of the table's width.
const HEADING: f32 = 0.5;

/// Whether rows of the table hold several rows of text each, or its one column several columns.
pub(crate) fn is_open(tokens: &[Token], space: &dyn Fn() -> f32, table: &Table) -> bool {
    // Tables stand below one another more often than side by side.
    let down = table.bbox.span(Axis::Vertical);
    let inside =
        |t: &Token| down.contains(t.bbox.span(Axis::Vertical).middle()) && table.bbox.contains(t.bbox.center());
    let inside: Vec<u32> = (0..).zip(tokens).filter(|(_, t)| inside(t)).map(|(i, _)| i).collect();
    // A row needs a value, and there are three rows or more where two borders are left out.
    let few = || inside.iter().filter(|index| is_value(tokens, **index)).take(VALUES).count() < VALUES;
    if inside.len() < 4 || table.columns != 1 && few() {
        return false;
    }
    let mut hidden = 0;
    let strips = strips(tokens, &inside);
    if table.columns == 1 && hides_columns(tokens, space, table, &strips) {
        return true;
    }
    for pair in table.row_bounds.windows(2) {
        let [top, bottom] = pair else { continue };
        let from = strips.partition_point(|s| s.y.middle() < *top);
        let to = strips.partition_point(|s| s.y.middle() < *bottom);
        let band = strips.get(from..to).unwrap_or_default();
        let rows = rows(tokens, space, table, band);
        // A label stands on each strip and values beside it: cells of one row wrap differently.
        // Or values stand half above and half below their row.
        let border = table.column_bounds.get(1).copied().unwrap_or(f32::MAX);
        let labelled = band.iter().filter(|s| s.x.start < border).count();
        let most = 2 * rows > band.len() || 10 * rows >= 9 * labelled;
        if rows >= STRIPS && 10 * rows >= 7 * band.len() || rows >= 4 && most {
            hidden += rows - 1;
        } else {
            hidden += numbering::rows(tokens, band, &table.column_bounds).saturating_sub(1);
        }
    }
    hidden >= 2
}

/// Whether rulings part the rows of a framed table but not its columns: most rows begin with a line of several entries.
fn hides_columns(tokens: &[Token], space: &dyn Fn() -> f32, table: &Table, strips: &[Strip]) -> bool {
    let rows = table.row_bounds.windows(2).filter_map(|pair| {
        let [top, bottom] = pair else { return None };
        let from = strips.partition_point(|s| s.y.middle() < *top);
        let own = strips.get(from..)?.iter().take_while(|s| s.y.middle() < *bottom);
        let named = |strip: &Strip| strip.tokens.iter().any(|&i| tokens.get(i as usize).is_some_and(is_name));
        let long = |strip: &Strip| strip.x.length() > HEADING * table.bbox.width();
        own.map(|strip| (strip.phrases(tokens, space()).len(), named(strip), long(strip))).max()
    });
    let (mut all, mut several) = (0, 0);
    for (most, named, long) in rows {
        // Short lines alone are headings between rows.
        all += usize::from(most > 1 || long);
        several += usize::from(most >= ENTRIES && named);
    }
    several >= ENTRIES && 10 * several >= 7 * all
        || is_pair(tokens, space, strips)
        || is_legend(tokens, space, table, strips)
        || is_headed(tokens, space, table, strips)
}

/// Whether a ruling parts nothing but a header of several entries from a body whose lines have several, too.
fn is_headed(tokens: &[Token], space: &dyn Fn() -> f32, table: &Table, strips: &[Strip]) -> bool {
    let Some(head) = table.row_bounds.get(1) else { return false };
    let (above, below) = strips.split_at(strips.partition_point(|s| s.y.middle() < *head));
    let several = |strips: &[Strip]| strips.iter().filter(|s| s.phrases(tokens, space()).len() >= ENTRIES).count();
    let named = |s: &Strip| s.tokens.iter().any(|&i| tokens.get(i as usize).is_some_and(is_name));
    table.rows > 1 && several(above) > 0 && several(below) >= 2 && above.iter().any(named) && below.iter().any(named)
}

/// Whether each line below the first ruling is a sign of its own and what it means.
fn is_legend(tokens: &[Token], space: &dyn Fn() -> f32, table: &Table, strips: &[Strip]) -> bool {
    let Some(head) = table.row_bounds.get(1).filter(|_| table.rows > 1) else { return false };
    let below = strips.get(strips.partition_point(|s| s.y.middle() < *head)..).unwrap_or_default();
    let sign = |strip: &Strip| match strip.phrases(tokens, space()).as_slice() {
        [sign, _] if sign.tokens.len() == 1 => tokens.get(*sign.tokens.first()? as usize).filter(|t| t.kind.is_value()),
        _ => None,
    };
    let signs: Option<Vec<u64>> = below.iter().map(|strip| sign(strip).map(|token| token.word)).collect();
    signs.is_some_and(|signs| {
        let new = |(at, sign): (usize, &u64)| !signs.iter().take(at).any(|other| other == sign);
        signs.len() >= ENTRIES && signs.iter().enumerate().all(new)
    })
}

/// Whether two rows say one thing each of the same columns, as signs over their meanings do.
fn is_pair(tokens: &[Token], space: &dyn Fn() -> f32, strips: &[Strip]) -> bool {
    let [above, below] = strips else { return false };
    let (above, below) = (above.phrases(tokens, space()), below.phrases(tokens, space()));
    let beside = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| below.get(i)).map_or(f32::MIN, |phrase| phrase.x.end);
        let after = below.get(i + 1).map_or(f32::MAX, |phrase| phrase.x.start);
        above.get(i).is_some_and(|phrase| before < phrase.x.start && phrase.x.end < after)
    };
    above.len() >= ENTRIES && above.len() == below.len() && (0..above.len()).all(beside)
}

/// A word that can name a row.
fn is_name(token: &Token) -> bool {
    token.kind == Kind::Text && token.chars > 1
}

/// How many strips look like a row, 0 where there are too few to part.
fn rows(tokens: &[Token], space: &dyn Fn() -> f32, table: &Table, band: &[Strip]) -> usize {
    let candidates = || band.iter().filter(|strip| may_be_row(tokens, table, strip));
    if candidates().take(STRIPS).count() < STRIPS {
        return 0;
    }
    candidates().filter(|strip| is_row(tokens, space, table, strip)).count()
}

/// Whether a label stands in the first column of a strip, and beside it as many values as a row has.
fn may_be_row(tokens: &[Token], table: &Table, strip: &Strip) -> bool {
    let border = table.column_bounds.get(1).copied().unwrap_or(f32::MAX);
    let labelled = strip.x.start < border || table.columns == 1;
    let values = strip.tokens.iter().skip(1).filter(|index| is_value(tokens, **index)).count();
    labelled && values >= 1 && 3 * values >= table.columns.saturating_sub(1)
}

/// Whether such a strip has values in most of its columns.
fn is_row(tokens: &[Token], space: &dyn Fn() -> f32, table: &Table, strip: &Strip) -> bool {
    let phrases = strip.phrases(tokens, space());
    let value = |phrase: &&Phrase| phrase.tokens.iter().all(|index| is_value(tokens, *index));
    let values = phrases.iter().skip(1).filter(value).count();
    values >= 1 && 2 * values >= phrases.len() - 1 && 3 * values >= table.columns.saturating_sub(1)
}

fn is_value(tokens: &[Token], index: u32) -> bool {
    tokens.get(index as usize).is_some_and(|token| token.kind.is_value())
}

/// The area of an open table.
pub(crate) fn area(scene: &Scene, order: &[u32], place: &Rect) -> Area {
    let x = place.span(Axis::Horizontal);
    let mut y = Span { start: place.y0, end: place.y1 };
    let rules = scene
        .across
        .iter()
        .filter(|r| y.start - 2.0 <= r.position && r.position <= y.end + 2.0 && r.span.overlap(x) > 0.9 * x.length())
        .map(|r| r.position)
        .collect();
    if let Some((end, false)) = row_below(scene, x, place.y1, order, (&[], 0.0)) {
        y.end = end;
    }
    Area { x, rules, tokens: tokens_in(scene, order, x, y) }
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis;
    use crate::layout::made::Made;

    const ROWS: [[(f32, &str); 3]; 4] = [
        [(55.0, "取組項目"), (200.0, "担当課"), (300.0, "評価")],
        [(55.0, "育児休業の周知"), (200.0, "人事課"), (305.0, "A")],
        [(55.0, "相談窓口の設置"), (200.0, "総務課"), (305.0, "B")],
        [(55.0, "職員研修の実施"), (200.0, "人事課"), (305.0, "A")],
    ];

    /// The rows in a frame, with rulings at these heights.
    fn framed(heights: &[f32]) -> Vec<String> {
        let (first, last) = (heights[0], heights[heights.len() - 1]);
        let page = heights.iter().fold(Made::page(), |page, y| page.line(Axis::Horizontal, *y, 50.0, 350.0));
        let page = page.line(Axis::Vertical, 50.0, first, last).line(Axis::Vertical, 350.0, first, last);
        let rows = (0..).zip(ROWS).flat_map(|(row, texts)| texts.map(|(x, text)| (x, 105.0 + 20.0 * row as f32, text)));
        rows.fold(page, |page, (x, y, text)| page.text(x, y, text)).read()
    }

    #[test]
    fn a_frame_with_rulings_between_rows_alone_has_columns() {
        let cells = framed(&[100.0, 120.0, 140.0, 160.0, 180.0]);
        assert!(cells.contains(&"[4x3]".to_owned()) && cells.contains(&"3,1 人事課".to_owned()), "{cells:?}");
    }

    #[test]
    fn a_frame_with_a_ruling_under_the_header_alone_has_rows_and_columns() {
        let cells = framed(&[100.0, 120.0, 180.0]);
        assert!(cells.contains(&"[4x3]".to_owned()) && cells.contains(&"2,2 B".to_owned()), "{cells:?}");
    }

    #[test]
    fn a_frame_around_sentences_is_no_table_of_columns() {
        let page = [100.0, 120.0, 140.0].iter().fold(Made::page(), |p, y| p.line(Axis::Horizontal, *y, 50.0, 350.0));
        let page = page.line(Axis::Vertical, 50.0, 100.0, 140.0).line(Axis::Vertical, 350.0, 100.0, 140.0);
        let cells = page.text(55.0, 105.0, "職員研修を実施した。").text(55.0, 125.0, "相談窓口を設置した。").read();
        assert!(cells.contains(&"[2x1]".to_owned()), "{cells:?}");
    }

    #[test]
    fn numbers_between_vertical_rulings_begin_rows_that_no_ruling_parts() {
        let mut page = Made::page();
        for y in [100.0, 118.0, 190.0] {
            page = page.line(Axis::Horizontal, y, 50.0, 400.0);
        }
        for x in [50.0, 130.0, 160.0, 290.0, 400.0] {
            page = page.line(Axis::Vertical, x, 100.0, 190.0);
        }
        for (x, text) in [(55.0, "基本目標"), (135.0, "No."), (165.0, "事業名"), (295.0, "所管課")] {
            page = page.text(x, 104.0, text);
        }
        for (row, office) in ["財政課", "〃", "人事課", "同上"].iter().enumerate() {
            let y = 122.0 + 17.0 * row as f32;
            page = page.text(140.0, y, &(row + 1).to_string()).text(165.0, y, "制度の周知").text(295.0, y, office);
        }
        let cells = page.text(55.0, 122.0, "働く場").text(55.0, 156.0, "暮らし").read();
        for cell in ["1,0+2x1 働く場", "3,0+2x1 暮らし", "4,1 4", "4,3 同上"] {
            assert!(cells.contains(&cell.to_owned()), "{cell}: {cells:?}");
        }
    }

    #[test]
    fn signs_with_their_meanings_in_a_frame_are_rows() {
        let mut page = Made::page().line(Axis::Vertical, 50.0, 100.0, 175.0).line(Axis::Vertical, 350.0, 100.0, 175.0);
        for y in [100.0, 118.0, 175.0] {
            page = page.line(Axis::Horizontal, y, 50.0, 350.0);
        }
        page = page.text(60.0, 104.0, "区分").text(180.0, 104.0, "内容");
        for (row, (sign, meaning)) in [("A", "完了した"), ("B", "順調"), ("C", "遅れがある")].iter().enumerate()
        {
            let y = 122.0 + 17.0 * row as f32;
            page = page.text(65.0, y, sign).text(110.0, y, meaning);
        }
        let cells = page.read();
        assert!(cells.contains(&"3,0 C".to_owned()) && cells.contains(&"3,1 遅れがある".to_owned()), "{cells:?}");
    }

    #[test]
    fn values_of_two_lines_stand_half_above_and_half_below_their_row() {
        let mut page = Made::page();
        for y in [100.0, 118.0, 222.0] {
            page = page.line(Axis::Horizontal, y, 50.0, 500.0);
        }
        for x in [50.0, 200.0, 350.0, 500.0] {
            page = page.line(Axis::Vertical, x, 100.0, 222.0);
        }
        page = page.text(55.0, 104.0, "年度").text(205.0, 104.0, "区画数").text(355.0, 104.0, "取得率（％）");
        for (row, year) in ["目標", "平成28年度", "平成29年度", "平成30年度"].iter().enumerate() {
            let y = 128.0 + 25.0 * row as f32;
            page = page.text(55.0, y, year).text(260.0, y, "134");
            page = page.text(410.0, y - 6.5, "12.3").text(400.0, y + 6.5, "(7人/57人)");
        }
        let cells = page.read();
        assert!(cells.contains(&"[5x3]".to_owned()), "{cells:?}");
        assert!(cells.contains(&"4,2 12.3/(7人/57人)".to_owned()), "{cells:?}");
    }
}
