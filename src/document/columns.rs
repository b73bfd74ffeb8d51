//! Takes the parts of a page in reading order, gives its columns of running text: where the reader goes on at the top of
//! the next column, and where the lines of each end.

use super::gather::{Leaf, Part, Piece};
use super::wrap::begins_rest;
use crate::geom::Rect;

/// Lines that end this near to the edge of their column fill it, in ems.
const FULL: f32 = 1.2;
/// They are at least this wide, in ems: entries of a list are shorter.
const WIDE: f32 = 14.0;
/// So many lines fill a column of running text: what stands in the other columns of a list does not.
const FULL_LINES: usize = 3;

/// The columns of `leaf` from left to right; none where its text stands in one.
pub(super) fn of(leaf: &Leaf) -> Vec<Rect> {
    let parts = leaf.parts.as_slice();
    let turn = |at: &usize| matches!(&parts[at - 1..=*at], [a, b] if turns(a.bbox(), b.bbox()));
    let turns: Vec<usize> = (1..parts.len()).filter(turn).collect();
    let mut columns: Vec<Rect> = Vec::new();
    for (index, &turn) in turns.iter().enumerate() {
        let next = parts[turn].bbox();
        let start = index.checked_sub(1).and_then(|before| turns.get(before)).copied().unwrap_or_default();
        let end = turns.get(index + 1).copied().unwrap_or(parts.len());
        let left: Vec<&Part> = parts[start..turn].iter().rev().take_while(|part| part.bbox().x1 < next.x0).collect();
        let gutter = left.iter().map(|part| part.bbox().x1).fold(0.0, f32::max);
        let right: Vec<&Part> = parts[turn..end].iter().take_while(|part| part.bbox().x0 > gutter).collect();
        if let (Some(left), Some(right)) = (column(&left), column(&right)) {
            columns.extend([left, right].into_iter().filter(|column| !columns.contains(column)).collect::<Vec<_>>());
        }
    }
    columns
}

/// Whether what is read next stands higher and to the right: at the top of the next column.
pub(super) fn turns(before: &Rect, next: &Rect) -> bool {
    next.y1 < before.y0 && next.x0 > before.x1
}

/// Around the parts of a column, if enough of its lines are full.
fn column(parts: &[&Part]) -> Option<Rect> {
    let around = parts.iter().map(|part| *part.bbox()).reduce(|a, b| a.union(&b))?;
    let is_full = |line: &Piece| {
        around.x1 - line.bbox.x1 < FULL * line.size && line.bbox.width() >= WIDE * line.size && !line.vertical
    };
    let full = |part: &Part| matches!(part, Part::Line(line) if is_full(line));
    // Of lists few lines are full; the rest of a sentence below one says that it is.
    let rest = |part: &Part| matches!(part, Part::Line(line) if begins_rest(&line.text.text));
    let mut below = parts.iter().zip(parts.iter().skip(1));
    let broken = below.any(|(line, next)| full(line) && rest(next) || full(next) && rest(line));
    (broken || parts.iter().filter(|part| full(part)).count() >= FULL_LINES).then_some(around)
}

#[cfg(test)]
mod tests {
    use crate::document::Passage;
    use crate::document::gather::{Leaf, Part, Piece};
    use crate::document::paragraph::{TextArea, join};
    use crate::geom::Rect;

    fn line(text: &str, x: f32, y: f32) -> Piece {
        let text = Passage { text: text.to_owned(), origins: Vec::new() };
        let bbox = Rect::new(x, y, x + 10.0 * text.text.chars().count() as f32, y + 10.0);
        Piece { text, bbox, size: 10.0, vertical: false, unseen: false }
    }

    #[track_caller]
    fn case(lines: &[(&str, f32, f32)], expected: &[&str]) {
        let lines: Vec<Piece> = lines.iter().map(|(text, x, y)| line(text, *x, *y)).collect();
        let parts = lines.iter().cloned().map(Part::Line).collect();
        let area = TextArea::of(&Leaf { page: 1, width: 500.0, height: 700.0, parts });
        let paragraphs = join(lines, 1, &area);
        assert_eq!(paragraphs.iter().map(|draft| draft.text.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_of_a_column_are_joined_and_so_are_those_at_its_end_and_at_the_top_of_the_next() {
        let lines = [
            ("令和６年度の取組の状況", 50.0, 20.0),
            ("本市では、計画に基づいて取組を進め", 50.0, 60.0),
            ("ている。", 50.0, 76.0),
            ("項目の数は20、計画のとおり進むもの", 50.0, 100.0),
            ("は16ある。", 50.0, 116.0),
            ("公共施設の延べ床面積の縮減は、統合の", 50.0, 140.0),
            ("対象となる施設の利用者との協議に時間", 260.0, 60.0),
            ("を要した。", 260.0, 76.0),
            ("窓口の手続に要する時間を短くしたほか", 260.0, 100.0),
            ("電子申請を広げるため周知に努めている", 260.0, 116.0),
            ("ところである。", 260.0, 132.0),
        ];
        let expected = [
            "令和６年度の取組の状況",
            "本市では、計画に基づいて取組を進めている。",
            "項目の数は20、計画のとおり進むものは16ある。",
            "公共施設の延べ床面積の縮減は、統合の対象となる施設の利用者との協議に時間を要した。",
            "窓口の手続に要する時間を短くしたほか電子申請を広げるため周知に努めているところである。",
        ];
        case(&lines, &expected);
    }

    #[test]
    fn one_broken_line_shows_how_wide_a_column_of_lists_is() {
        let lines = [
            ("・実績：公共施設42か所に置い", 50.0, 60.0),
            ("た。", 60.0, 76.0),
            ("・評価：Ｂ", 50.0, 92.0),
            ("・課題：補充の担当を決めていな", 260.0, 60.0),
            ("い。", 270.0, 76.0),
        ];
        case(&lines, &["・実績：公共施設42か所に置いた。", "・評価：Ｂ", "・課題：補充の担当を決めていない。"]);
    }

    #[test]
    fn entries_of_a_list_in_two_columns_stay_apart() {
        let lines = [
            ("文書総務課", 50.0, 60.0),
            ("企画財政課", 50.0, 76.0),
            ("環境保全課", 50.0, 92.0),
            ("健康福祉課", 260.0, 60.0),
            ("教育総務課", 260.0, 76.0),
            ("農林水産課", 260.0, 92.0),
        ];
        case(&lines, &["文書総務課", "企画財政課", "環境保全課", "健康福祉課", "教育総務課", "農林水産課"]);
    }
}
