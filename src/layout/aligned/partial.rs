//! Rulings that part the rows of a framed table and leave out its first columns: what stands there holds for all rows
//! up to the next ruling through the whole table (育児休業の取得率 beside 男性 and 女性). Takes rules, columns and rows,
//! gives where rows are parted and which rows an entry covers.

use super::body::Row;
use super::column::Column;
use super::scene::{Area, Made, Scene};

/// How far a text may run over the beginning of a ruling, or a ruling end before the table does, in points.
const REACH: f32 = 3.0;

/// A ruling through all columns but the first ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cut {
    /// Its height.
    position: f32,
    /// How many columns it leaves out.
    columns: usize,
}

/// The partial rulings between the first and the last ruling of the area.
pub(super) fn cuts(scene: &Scene, area: &Area, columns: &[Column]) -> Vec<Cut> {
    let (Some(&first), Some(&last)) = (area.rules.first(), area.rules.last()) else { return Vec::new() };
    let inside = |y: f32| first + REACH < y && y < last - REACH;
    let is_full = |y: f32| area.rules.iter().any(|rule| (rule - y).abs() < REACH);
    let rules = scene.across.iter().filter(|rule| rule.made == Made::Drawn && inside(rule.position));
    rules
        .filter(|rule| !is_full(rule.position) && rule.span.end >= area.x.end - REACH)
        .filter_map(|rule| {
            let left = columns.iter().take_while(|column| column.text.end <= rule.span.start + REACH).count();
            let right = columns.get(left).is_some_and(|column| column.text.start >= rule.span.start - REACH);
            (left > 0 && right).then_some(Cut { position: rule.position, columns: left })
        })
        .collect()
}

/// The heights that part rows: rulings through the whole table and partial ones, ascending.
pub(super) fn bands(area: &Area, cuts: &[Cut]) -> Vec<f32> {
    let mut bands: Vec<f32> = area.rules.iter().copied().chain(cuts.iter().map(|cut| cut.position)).collect();
    bands.sort_by(f32::total_cmp);
    bands
}

/// The first and last row that an entry of row `index` in the columns up to `column` covers.
pub(super) fn covered(area: &Area, cuts: &[Cut], body: &[Row], index: usize, column: usize) -> (usize, usize) {
    let Some(row) = body.get(index) else { return (index, index) };
    let middle = row.y.middle();
    // A ruling that leaves out fewer columns parts the labels in the others.
    let through = cuts.iter().filter(|cut| cut.columns <= column).map(|cut| cut.position);
    let rules = || area.rules.iter().copied().chain(through.clone());
    let top = rules().filter(|y| *y <= middle).fold(f32::MIN, f32::max);
    let end = rules().filter(|y| *y > middle).fold(f32::MAX, f32::min);
    let passes = |cut: &&Cut| top < cut.position && cut.position < end && column < cut.columns;
    let count = cuts.iter().filter(passes).count();
    let inside = |row: &Row| (top..end).contains(&row.y.middle());
    let first = body.iter().position(inside).unwrap_or(index);
    let rows = body.iter().filter(|row| inside(row)).count();
    if count > 0 && rows == count + 1 { (first, first + count) } else { (index, index) }
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis;
    use crate::layout::made::Made;

    /// Two items under a heading, with rulings through the whole table around each; `parted` is where a ruling between
    /// the rows of the first begins.
    fn read(parted: f32) -> Vec<String> {
        let mut page = Made::page();
        for y in [100.0, 120.0, 160.0, 180.0] {
            page = page.line(Axis::Horizontal, y, 50.0, 400.0);
        }
        let page = page.line(Axis::Horizontal, 140.0, parted, 400.0);
        let rows = [
            (105.0, [(55.0, "項目"), (160.0, "区分"), (300.0, "令和５年度")]),
            (125.0, [(55.0, ""), (160.0, "男性"), (300.0, "22.2%")]),
            (135.0, [(55.0, "取得率"), (160.0, ""), (300.0, "")]),
            (145.0, [(55.0, ""), (160.0, "女性"), (300.0, "100%")]),
            (165.0, [(55.0, "取得日数"), (160.0, "全員"), (300.0, "10.8日")]),
        ];
        let parts = rows.into_iter().flat_map(|(y, row)| row.map(|(x, text)| (x, y, text)));
        parts.filter(|(_, _, text)| !text.is_empty()).fold(page, |page, (x, y, text)| page.text(x, y, text)).read()
    }

    #[test]
    fn levels_inside_levels_cover_the_rows_between_their_own_rulings() {
        let mut page = Made::page();
        for y in [100.0, 120.0, 220.0, 320.0] {
            page = page.line(Axis::Horizontal, y, 50.0, 500.0);
        }
        for top in [120.0, 220.0] {
            for (row, from) in [(1.0, 255.0), (2.0, 255.0), (3.0, 155.0), (4.0, 255.0)] {
                page = page.line(Axis::Horizontal, top + 20.0 * row, from, 500.0);
            }
        }
        for (x, text) in [(55.0, "大項目"), (160.0, "中項目"), (260.0, "取組"), (400.0, "実施結果")] {
            page = page.text(x, 105.0, text);
        }
        page = page.text(55.0, 165.0, "財政運営").text(160.0, 145.0, "歳入").text(160.0, 195.0, "歳出");
        page = page.text(55.0, 265.0, "行政運営").text(160.0, 245.0, "窓口").text(160.0, 295.0, "人材");
        for row in 0..10_u8 {
            let y = 125.0 + 20.0 * f32::from(row);
            page = page.text(260.0, y, "取組の内容").text(400.0, y, "計画どおり実施");
        }
        let cells = page.read();
        for cell in ["1,0+5x1 財政運営", "1,1+3x1 歳入", "4,1+2x1 歳出", "9,1+2x1 人材"] {
            assert!(cells.contains(&cell.to_owned()), "{cell}: {cells:?}");
        }
    }

    #[test]
    fn what_a_partial_ruling_leaves_out_covers_both_rows() {
        let cells = read(155.0);
        assert!(cells.contains(&"1,0+2x1 取得率".to_owned()), "{cells:?}");
        assert!(cells.contains(&"2,2 100%".to_owned()), "{cells:?}");
    }
}
