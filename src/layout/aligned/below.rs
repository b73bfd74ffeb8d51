//! Takes the place below the last ruling or band of a table, gives where the open row ends that stands there: a row of
//! totals, or the last of rows of which every second one is shaded. Whether the area is a table, `judge` says.

use super::frame::{is_value, stands_over, tokens_in};
use super::scene::Scene;
use super::strip::{Phrase, Strip, bundles, strips};
use crate::geom::Span;

/// How far below a ruling rows are looked for, in points: a row that a page break cuts can be high.
const BELOW: f32 = 400.0;
/// A row stands at most this far below the ruling or the row before, in ems.
const ROW_BLANK: f32 = 0.7;
/// Lines of one row have less than this many ems between them.
const WRAP_BLANK: f32 = 0.5;
/// The rest of an entry begins this near to where the entry begins, in ems.
const ALIGNED: f32 = 0.5;
/// Entries of a row are shorter than this share of the table's width.
const SHORT: f32 = 0.5;
/// From so many rows on, the ruling is that under the header of another table.
const ANOTHER_TABLE: usize = 3;

/// The end of a row just below the last ruling at `y`, for totals often stand open at the bottom, and whether more rows
/// follow: then the ruling is that under the header of another table. A row holds values, or stands below the entries
/// `above` one by one; between bands of colour it begins as far as `padding` below the last of them.
pub(super) fn row_below(
    scene: &Scene,
    x: Span,
    y: f32,
    order: &[u32],
    (above, padding): (&[Phrase], f32),
) -> Option<(f32, bool)> {
    let chosen = tokens_in(scene, order, x, Span { start: y, end: y + BELOW });
    let mut end = None;
    let mut rows = 0;
    let mut bottom = y;
    let mut row: Vec<Phrase> = Vec::new();
    for strip in &bundles(&scene.tokens, strips(&scene.tokens, &chosen)) {
        let phrases = strip.phrases(&scene.tokens, scene.space);
        let short = phrases.iter().all(|p| p.x.length() < SHORT * x.length());
        let values = short && has_values(scene, &phrases);
        let blank = strip.y.start - bottom;
        if !values && rows > 0 && short && is_rest(&row, &phrases, strip, blank) {
            end = end.map(|end| if rows == 1 { strip.y.end } else { end });
        } else if blank <= padding.max(ROW_BLANK * strip.size)
            && (values || is_alike(scene, &phrases, above, strip.size))
        {
            end = end.or(Some(strip.y.end));
            rows += 1;
            row = phrases;
        } else {
            break;
        }
        bottom = strip.y.end;
    }
    end.map(|end| (end, rows >= ANOTHER_TABLE))
}

/// Whether the entries stand below those of `above` one by one, or are a sign and its meaning below another such pair.
fn is_alike(scene: &Scene, phrases: &[Phrase], above: &[Phrase], em: f32) -> bool {
    let near = |a: &Phrase, b: &Phrase| {
        (a.x.start - b.x.start).abs() < ALIGNED * em || (a.x.middle() - b.x.middle()).abs() < ALIGNED * em
    };
    let pair = match (phrases, above) {
        ([a, b], [c, d]) => is_value(scene, a) && is_value(scene, c) && near(a, c) && near(b, d),
        _ => false,
    };
    pair || stands_over(phrases, above, em)
}

fn has_values(scene: &Scene, phrases: &[Phrase]) -> bool {
    let value = |i: &u32| scene.tokens.get(*i as usize).is_some_and(|token| token.kind.is_value());
    phrases.iter().skip(1).any(|phrase| phrase.tokens.iter().all(value))
}

/// Whether a line goes on with entries of the row right above it, and not only with the first: that may be a note.
fn is_rest(row: &[Phrase], phrases: &[Phrase], strip: &Strip, blank: f32) -> bool {
    let column = |phrase: &Phrase| {
        let near = |a: f32, b: f32| (a - b).abs() < ALIGNED * strip.size;
        row.iter().position(|entry| near(entry.x.start, phrase.x.start) || near(entry.x.middle(), phrase.x.middle()))
    };
    let columns: Vec<Option<usize>> = phrases.iter().map(column).collect();
    blank < WRAP_BLANK * strip.size && columns.iter().all(Option::is_some) && columns.iter().any(|c| *c > Some(0))
}

#[cfg(test)]
mod tests {
    use crate::geom::{Axis, Rect};
    use crate::layout::made::Made;

    /// A table with a ruling over and under its rows but none under the last one, which `rest` goes on with.
    fn read(rest: &[(f32, &str)]) -> Vec<String> {
        let mut page = Made::page();
        for y in [100.0, 118.0, 136.0, 154.0] {
            page = page.line(Axis::Horizontal, y, 50.0, 450.0);
        }
        let rows = [
            ["取組項目", "担当課", "取組実績", "結果"],
            ["照明の更新", "管財課", "５か所で更新した。", "達成"],
            ["分別の徹底", "環境課", "12回開催した。", "達成"],
            ["食品の削減", "環境課", "残食率は6.2％で前年", "未達成"],
        ];
        for (y, row) in [104.0, 122.0, 140.0, 158.0].into_iter().zip(rows) {
            for (x, text) in [55.0, 160.0, 230.0, 400.0].into_iter().zip(row) {
                page = page.text(x, y, text);
            }
        }
        rest.iter().fold(page, |page, (x, text)| page.text(*x, 171.0, text)).read()
    }

    #[test]
    fn an_open_last_row_of_words_belongs_to_the_table_with_all_its_lines() {
        let cells = read(&[(160.0, "給食係"), (230.0, "から0.8下がった。")]);
        assert!(cells.contains(&"3,0 食品の削減".to_owned()), "{cells:?}");
        assert!(cells.contains(&"3,1 環境課/給食係".to_owned()), "{cells:?}");
        assert!(cells.contains(&"3,2 残食率は6.2％で前年/から0.8下がった。".to_owned()), "{cells:?}");
    }

    #[test]
    fn a_high_last_row_keeps_all_its_lines() {
        let line = |n: usize| (171.0 + 13.0 * n as f32, format!("{n}行目に続く説明文"));
        let mut page = Made::page();
        for y in [100.0, 118.0, 136.0, 154.0] {
            page = page.line(Axis::Horizontal, y, 50.0, 450.0);
        }
        for (y, row) in [
            (104.0, ["取組", "実績", "結果"]),
            (122.0, ["照明", "更新した。", "達成"]),
            (140.0, ["分別", "開催した。", "達成"]),
        ] {
            page = [55.0, 230.0, 400.0].into_iter().zip(row).fold(page, |page, (x, text)| page.text(x, y, text));
        }
        page = page.text(55.0, 158.0, "食品").text(230.0, 158.0, "残食率は前年から").text(400.0, 158.0, "達成");
        page = (0..7).map(line).fold(page, |page, (y, text)| page.text(230.0, y, &text));
        let cells = page.read();
        assert!(
            cells.iter().any(|cell| cell.starts_with("3,1 残食率") && cell.ends_with("6行目に続く説明文")),
            "{cells:?}"
        );
    }

    #[test]
    fn a_note_below_the_table_is_no_rest_of_its_last_row() {
        let cells = read(&[(55.0, "※速報値")]);
        assert!(cells.contains(&"3,0 食品の削減".to_owned()), "{cells:?}");
    }

    /// Every second row stands on one area of colour, the last one on none.
    #[test]
    fn a_row_below_the_last_band_of_colour_is_padded_like_those_on_one() {
        let mut page = Made::page();
        let rows = [
            ["取組項目", "担当課", "取組実績", "課題"],
            ["照明の更新", "管財課", "５か所で更新した。", "費用"],
            ["分別の徹底", "環境課", "講座を開催した。", "周知"],
            ["食品の削減", "給食係", "献立を見直した。", "連携"],
        ];
        for (row, texts) in rows.into_iter().enumerate() {
            let y = 100.0 + 30.0 * row as f32;
            page = if row % 2 == 0 { page.fill(Rect::new(50.0, y, 450.0, y + 30.0)) } else { page };
            page = [55.0, 160.0, 230.0, 400.0]
                .into_iter()
                .zip(texts)
                .fold(page, |page, (x, text)| page.text(x, y + 10.0, text));
        }
        let cells = page.text(50.0, 250.0, "次年度は講座の回数を増やすこととする。").read();
        assert!(cells.contains(&"[4x4]".to_owned()) && cells.contains(&"3,2 献立を見直した。".to_owned()), "{cells:?}");
        assert!(cells.last().is_some_and(|text| text.starts_with("次年度")), "{cells:?}");
    }
}
