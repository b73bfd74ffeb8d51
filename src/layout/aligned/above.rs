//! Takes the bands of a framed area, gives where the header begins that stands above its first ruling or band of colour.

use super::frame::{Band, Content, SAME_EXTENT, is_value, stands_over, tokens_in};
use super::parted::LARGER;
use super::scene::Scene;
use super::strip::{Phrase, strips};
use crate::geom::Span;

/// The widest blank between the lines of a header above the first ruling, in ems, and that with a ruling in it.
const HEADER_BLANK: f32 = 0.9;
const RULED_BLANK: f32 = 1.8;
/// A header stands no farther above the rows than so many times the blank between these.
const ROWS_APART: f32 = 1.2;
/// The first row below a ruling has at most as many lines.
const ROW_LINES: usize = 3;
/// The fullest of so many rows tells what stands in a row.
const FIRST_ROWS: usize = 2;

/// The top of a header that stands above the first ruling: where the first band below that ruling that is no lone
/// heading begins with values, or where its first row stands under entries one by one.
pub(super) fn header_above(scene: &Scene, x: Span, bands: &[Band], order: &[u32]) -> Option<f32> {
    let first = bands.first()?;
    let size = first.strips.first()?.size;
    // A number and a heading may stand before the first rows.
    let entries = bands.iter().filter(|band| band.content == Content::Entries).take(FIRST_ROWS);
    let lines = entries.flat_map(|band| band.strips.iter().take(ROW_LINES));
    let fuller = |a: Vec<Phrase>, b: Vec<Phrase>| if b.len() > a.len() { b } else { a };
    let row = lines.map(|s| s.phrases(&scene.tokens, scene.space)).reduce(fuller)?;
    let with_values = row.iter().skip(1).any(|phrase| is_value(scene, phrase));
    let chosen = tokens_in(scene, order, x, Span { start: first.y.start - 8.0 * size, end: first.y.start });
    let rows_apart = (ROWS_APART * blank_between(bands) / size).min(RULED_BLANK);
    let mut top = first.y.start;
    let mut start = None;
    let mut headed = false;
    for above in strips(&scene.tokens, &chosen).iter().rev() {
        let phrases = above.phrases(&scene.tokens, scene.space);
        // A heading of the first rows may stand between them and the header.
        let near = top - above.y.end <= 0.9 * above.size && above.x.start < x.start + 2.0 * above.size;
        if phrases.len() == 1 && near && !headed && above.size < LARGER * size {
            headed = true;
            top = above.y.start;
            continue;
        }
        let short = phrases.iter().all(|p| p.x.length() < 0.5 * x.length());
        let heads = with_values || start.is_none() && stands_over(&phrases, &row, size);
        // A ruling under a heading of several columns keeps the lines of a header apart.
        let ruled = scene.across.iter().any(|r| {
            (above.y.end..top).contains(&r.position)
                && x.start - SAME_EXTENT < r.span.start
                && r.span.end < x.end + SAME_EXTENT
        });
        let blank = if ruled { RULED_BLANK } else { HEADER_BLANK.max(rows_apart) };
        if phrases.len() < 2 || !short || !heads || top - above.y.end > blank * above.size {
            break;
        }
        top = above.y.start;
        start = Some(top);
    }
    start
}

/// The usual blank between the entries of neighbouring bands that hold one line each, in points.
fn blank_between(bands: &[Band]) -> f32 {
    let mut blanks: Vec<f32> = bands
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => match (a.strips.as_slice(), b.strips.as_slice()) {
                ([above], [below]) => Some(below.y.start - above.y.end),
                _ => None,
            },
            _ => None,
        })
        .collect();
    blanks.sort_by(f32::total_cmp);
    blanks.get(blanks.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::geom::{Axis, Rect};
    use crate::layout::made::Made;

    /// Every second row is shaded, from the second on: header and first row stand above the first band.
    #[test]
    fn a_header_as_far_above_as_rows_are_apart_belongs_to_bands_of_colour() {
        let mut page = Made::page();
        let rows = ["取組", "研修の実施", "相談の受付", "資料の配布", "制度の周知"];
        for (row, name) in rows.iter().enumerate() {
            let y = 100.0 + 21.0 * row as f32;
            if row > 0 && row % 2 == 0 {
                page = page.fill(Rect::new(50.0, y - 5.5, 450.0, y + 15.5));
            }
            page = page.text(55.0, y, name);
            for (x, year) in [(200.0, "R3年度"), (280.0, "R4年度"), (360.0, "R5年度")] {
                page = page.text(x, y, if row == 0 { year } else { "A" });
            }
        }
        let cells = page.read();
        assert!(cells.contains(&"[5x4]".to_owned()) && cells.contains(&"0,1 R3年度".to_owned()), "{cells:?}");
    }

    /// A coloured header over rows between hairlines, with a legend of the grades in the line above.
    #[test]
    fn a_legend_above_a_coloured_header_is_no_header() {
        let mut page = Made::page().text(50.0, 70.0, "評価区分").text(110.0, 70.0, "Ａ：計画どおり実施");
        page = page.text(230.0, 70.0, "Ｂ：おおむね実施した").text(360.0, 70.0, "Ｃ：実施なし");
        page = page.fill(Rect::new(50.0, 86.0, 450.0, 106.0));
        let rows = [
            ["取組", "担当課", "実績", "評価"],
            ["広報紙による啓発", "人権課", "６月号に掲載した。", "Ａ"],
            ["教職員の研修", "教育課", "32人が参加した。", "Ｂ"],
            ["図書の展示", "図書館", "186冊を展示した。", "Ａ"],
        ];
        for (row, texts) in rows.iter().enumerate() {
            let y = 91.0 + 20.0 * row as f32;
            page = page.line(Axis::Horizontal, y + 15.0, 50.0, 450.0);
            page =
                [55.0, 180.0, 250.0, 420.0].into_iter().zip(texts).fold(page, |page, (x, text)| page.text(x, y, text));
        }
        let cells = page.read();
        assert!(cells[0].starts_with("評価区分"), "{cells:?}");
        assert!(cells.contains(&"[4x4]".to_owned()) && cells.contains(&"0,0 取組".to_owned()), "{cells:?}");
    }
}
