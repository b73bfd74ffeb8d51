//! Takes the lines of a cell or paragraph, gives their text with the breaks that only wrap undone. A break stays where
//! the next line begins a list item or where the line ends although more would have fitted.

use super::Passage;
use super::gather::{Piece, Shape};
use super::item::begins_item;
use crate::geom::Rect;
use crate::layout::is_japanese;

/// A line that leaves this much more room than the next word needs, in ems, was ended on purpose. Justified text
/// leaves none, ragged text with a forbidden line start (JIS X 4051) up to two characters.
const SPARE_ROOM: f32 = 2.0;
/// The same for a line that ends with the name of a department: these are listed one to a line.
const SPARE_ROOM_OF_NAMES: f32 = 0.5;
/// The two sides of a centred line differ by at most this many ems.
const CENTERED: f32 = 0.3;
/// Room that a full line of a centred cell may leave beyond what the next word needs, as a share of the width: a
/// workbook breaks lines on the screen and prints them a little narrower.
const CENTERED_SPARE: f32 = 0.06;
/// Lines whose left edges differ by less than this many ems begin at the same place.
pub(super) const SAME_START: f32 = 0.6;

/// Signs that may not begin a line (JIS X 4051, 5.2): a line that begins with one goes on with the line before.
pub(super) const NO_START: [char; 49] = [
    '、', '。', '，', '．', '・', '）', '」', '』', '】', '〕', '〉', '》', '］', '｝', ',', '.', ')', ']', '}', 'ー',
    'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', '々',
    '％', '%', '：', ':', '；', ';', '？', '！', '?', '!',
];

/// Whether a line may not begin with the character; most begin with an ideograph, and with that it may.
fn may_not_start(c: char) -> bool {
    !matches!(c, '一'..='鿿') && NO_START.contains(&c)
}

/// Signs that are bound to what follows them.
const OPENING: [char; 12] = ['「', '『', '（', '【', '〔', '〈', '《', '［', '｛', '(', '[', '{'];

/// Words that are usually written without an ideograph begin like this.
const WORD_STARTS: [&str; 24] = [
    "その", "これ", "この", "それ", "ひと", "こど", "まち", "みど", "ふれ", "さら", "また", "なお", "あら", "いじ",
    "うち", "おお", "かか", "くら", "ごみ", "すべ", "たば", "はじ", "まな", "よう",
];

/// What stands between two lines once the break is undone: nothing between Japanese characters or inside numbers, a
/// space between Latin words.
pub(super) fn glue(before: &str, after: &str) -> &'static str {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return "" };
    if is_japanese(last) || is_japanese(first) || last == '-' {
        return "";
    }
    let word = |c: char| c.is_alphabetic();
    let sign = |c: char| matches!(c, ',' | '.' | ';' | ':' | ')');
    match (last, first) {
        (l, f) if word(l) && (word(f) || f.is_numeric()) => " ",
        (l, f) if l.is_numeric() && word(f) && !f.is_uppercase() && f.len_utf8() == 1 => " ",
        (l, f) if sign(l) && word(f) => " ",
        _ => "",
    }
}

/// Whether a text begins as only the rest of a sentence does: with a sign that may not begin a line, or with the ending
/// or the particle behind a word, and not with a word that is usually written without an ideograph.
pub(super) fn begins_rest(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return false };
    if may_not_start(first) {
        return !begins_item(text);
    }
    let hiragana = |c: char| matches!(c, 'ぁ'..='ん');
    if first == 'を' {
        // No word begins with it.
        return true;
    }
    let rest = hiragana(first) && !WORD_STARTS.iter().any(|word| text.starts_with(word));
    rest && (characters.next().is_none_or(|c| hiragana(c) || NO_START.contains(&c)))
}

/// A line with its text.
pub(super) type Shown<'t> = (Shape, &'t str);

/// Whether `next` only goes on with `line` because `line` was full, in a column of text `width` points wide.
pub(super) fn goes_on((line, before): Shown<'_>, (next, after): Shown<'_>, width: f32) -> bool {
    if line.vertical || next.vertical {
        return line.vertical == next.vertical;
    }
    let Some(first) = after.chars().next() else { return true };
    let begins_item = begins_item(after);
    if !begins_item && may_not_start(first) {
        return true;
    }
    let em = line.size.max(1.0);
    let spare = if ends_department(before, after) { SPARE_ROOM_OF_NAMES } else { SPARE_ROOM };
    let is_full = width - line.bbox.width() < word_width(&next, after) + spare * em;
    is_full && (!begins_item || is_inside_word(before, after))
}

/// Whether a line ends with the name of a department that the next one does not go on with: 人事課 | 各所属, but not 人事課 |
/// 長.
fn ends_department(before: &str, after: &str) -> bool {
    let ends = ["課", "室", "係", "館", "署", "センター", "委員会", "事務局"].iter().any(|end| before.ends_with(end));
    let is_rest = |c: char| "長員等内外間別及並又".contains(c) || matches!(c, 'ぁ'..='ん') || may_not_start(c);
    ends && !after.starts_with(is_rest) && !after.starts_with(OPENING)
}

/// Whether the break between two lines stands inside a word written with middle dots: ワーク・ライフ.
fn is_inside_word(before: &str, after: &str) -> bool {
    let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
    before.chars().next_back().is_some_and(katakana)
        && after.strip_prefix('・').and_then(|rest| rest.chars().next()).is_some_and(katakana)
}

/// Width of what a typesetter would have had to fit on the line before: the first Japanese character with the signs
/// bound to it, or the first Latin word.
fn word_width(next: &Shape, text: &str) -> f32 {
    let mut ems = 0.0_f32;
    for (index, c) in text.chars().enumerate() {
        let japanese = is_japanese(c);
        if index > 0 && (japanese || c.is_whitespace()) && !may_not_start(c) {
            break;
        }
        ems += if japanese { 1.0 } else { 0.5 };
    }
    (ems * next.size).min(next.bbox.width())
}

/// The least room, in points, that a line of a cell leaves beside it: the padding of a table's cells is no wider.
pub(super) fn inset(lines: &[Piece], bbox: &Rect) -> f32 {
    lines.iter().map(|l| (l.bbox.x0 - bbox.x0).min(bbox.x1 - l.bbox.x1)).fold(f32::INFINITY, f32::min)
}

/// Whether every line stands in the middle of its cell.
fn is_centered(lines: &[Piece], bbox: &Rect) -> bool {
    let off = |l: &Piece| (l.bbox.x0 + l.bbox.x1 - bbox.x0 - bbox.x1).abs();
    lines.len() > 1 && lines.iter().all(|l| !l.vertical && off(l) <= CENTERED * l.size)
}

/// Whether a centred line in a column of text `width` points wide leaves room for more than it lacks: it was ended on
/// purpose.
fn leaves_room(line: &Shape, (next, after): Shown<'_>, width: f32) -> bool {
    let bound = after.starts_with(|c| NO_START.contains(&c) || OPENING.contains(&c));
    !bound && width - line.bbox.width() > word_width(&next, after) + CENTERED_SPARE * width
}

/// Whether the break between two lines stands inside what nobody breaks on purpose: a year (平成 | 29年度, 令和５ | 年度) or
/// a bracket that the next line closes.
fn is_torn(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let opens = || before.rfind(['(', '（', ')', '）', '\n']).is_some_and(|at| before[at..].starts_with(['(', '（']));
    let in_number = || after.starts_with(char::is_numeric) && before.ends_with(char::is_numeric);
    // The number that ends a bracket is none of a list: （売却３、貸付 | １）.
    let number_ends = || after.find([')', '）']).is_some_and(|close| after[..close].chars().all(char::is_numeric));
    if begins_item(after) && !in_number() && !(number_ends() && opens()) {
        return false;
    }
    let counts = |c: char| c.is_numeric() || matches!(c, '元' | ')' | '）');
    let in_year = || {
        after.starts_with("年度") && before.ends_with(counts)
            || after.starts_with('度') && before.ends_with('年')
            || ["令和", "平成"].iter().any(|era| before.ends_with(era)) && after.starts_with(counts)
    };
    let has_close = || after.contains(')') || after.contains('）');
    let closes = || has_close() && after.find([')', '）']).is_some_and(|close| !after[..close].contains(['(', '（']));
    in_year() || closes() && opens()
}

/// The text of a cell of a table whose cells are padded by at most `padding` points at each side.
pub(super) fn cell(mut lines: Vec<Piece>, bbox: &Rect, padding: f32) -> Passage {
    if lines.len() <= 1 {
        return lines.pop().map(|only| only.text).unwrap_or_default();
    }
    let em = lines.iter().map(|l| l.size).fold(0.0, f32::max);
    let width = bbox.width() - 2.0 * inset(&lines, bbox).clamp(0.0, em);
    let centered = is_centered(&lines, bbox).then_some(bbox.width() - 2.0 * padding.clamp(0.0, em));
    let mut lines = lines.into_iter();
    let Some(first) = lines.next() else { return Passage::default() };
    let mut last = first.shape();
    let mut passage = first.text;
    let rest = lines.as_slice();
    passage.text.reserve(rest.iter().map(|line| line.text.text.len() + 1).sum());
    passage.origins.reserve(rest.iter().map(|line| line.text.origins.len()).sum());
    for line in lines {
        let (next, text) = (line.shape(), line.text.text.as_str());
        let ends = centered.is_some_and(|width| leaves_room(&last, (next, text), width));
        let goes_on = is_torn(&passage.text, text)
            || !ends && goes_on((last, last.at_end_of(&passage.text)), (next, text), width);
        let separator = if goes_on { glue(&passage.text, text) } else { "\n" };
        passage.append(separator, &line.text);
        last = next;
    }
    passage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_lines() {
        for (before, after, expected) in [
            ("情報提", "供した", ""),
            ("the first", "word", " "),
            ("1,2", "34", ""),
            ("R5", "年度", ""),
            ("well-", "kept", ""),
            ("one,", "two", " "),
        ] {
            assert_eq!(glue(before, after), expected, "{before}|{after}");
        }
    }

    fn piece(text: &str, x0: f32, x1: f32, y: f32) -> Piece {
        let text = Passage { text: text.to_owned(), origins: Vec::new() };
        Piece { text, bbox: Rect::new(x0, y, x1, y + 10.0), size: 10.0, vertical: false, unseen: false }
    }

    #[test]
    fn a_full_line_goes_on_and_a_short_one_does_not() {
        let bbox = Rect::new(0.0, 0.0, 104.0, 60.0);
        let lines = |first: &str, end: f32| vec![piece(first, 2.0, end, 0.0), piece("次の行に続く", 2.0, 62.0, 12.0)];
        assert_eq!(cell(lines("一二三四五六七八九十", 102.0), &bbox, 2.0).text, "一二三四五六七八九十次の行に続く");
        assert_eq!(cell(lines("人事課", 32.0), &bbox, 2.0).text, "人事課\n次の行に続く");
    }

    #[test]
    fn a_centered_line_that_leaves_room_in_a_narrow_column_ends() {
        let bbox = Rect::new(0.0, 0.0, 48.0, 60.0);
        let lines = |first: &str, second: &str| {
            let centered = |text: &str, y| {
                let half = 5.0 * text.chars().count() as f32;
                piece(text, 24.0 - half, 24.0 + half, y)
            };
            vec![centered(first, 0.0), centered(second, 12.0)]
        };
        assert_eq!(cell(lines("人事課", "各所属"), &bbox, 2.0).text, "人事課\n各所属");
        assert_eq!(
            cell(lines("人事課", "各所属"), &bbox, 9.0).text,
            "人事課各所属",
            "as wide as its text, for all we know"
        );
        assert_eq!(cell(lines("人事担当", "課等"), &bbox, 2.0).text, "人事担当課等");
        assert_eq!(cell(lines("人事課", "（係）"), &bbox, 2.0).text, "人事課（係）");
    }

    #[test]
    fn departments_are_listed_one_to_a_line() {
        let bbox = Rect::new(0.0, 0.0, 54.0, 60.0);
        let two = |first: &str, second: &str| {
            let line = |text: &str, y| piece(text, 2.0, 2.0 + 10.0 * text.chars().count() as f32, y);
            cell(vec![line(first, 0.0), line(second, 12.0)], &bbox, 2.0).text
        };
        assert_eq!(two("人事課", "各所属長"), "人事課\n各所属長");
        assert_eq!(two("人事課", "長の承認"), "人事課長の承認");
        assert_eq!(two("市民課と", "連携した"), "市民課と連携した");
        assert_eq!(two("秘書広報課", "全課"), "秘書広報課全課", "the line is full");
    }

    #[test]
    fn nobody_breaks_a_year_or_a_bracket_on_purpose() {
        for (before, after) in [
            ("平成", "29(201"),
            ("平成29(201", "7)年度"),
            ("平成29(", "2017)年度"),
            ("令和元", "年度"),
            ("令和3(2021)年", "度"),
            ("基準値（平成２", "９年度）"),
            ("４件（売却３、貸付", "１）"),
        ] {
            assert!(is_torn(before, after), "{before}|{after}");
        }
        for (before, after) in [
            ("75.0%", "(6人/8人)"),
            ("R5", "12人"),
            ("12", "34"),
            ("目標（", "・一つ）"),
            ("目標（人）", "（R6）"),
            ("人事課", "年度末"),
            ("研修（２回）を行った。", "１）講師"),
        ] {
            assert!(!is_torn(before, after), "{before}|{after}");
        }
    }

    #[test]
    fn what_only_the_rest_of_a_sentence_begins_with() {
        for text in ["り", "を下回った。", "めていく。", "については、新型", "、周知した。", "した。", "ょう"]
        {
            assert!(begins_rest(text), "{text}");
        }
        for text in ["その他", "ひとり親", "こども園", "お茶", "周知する", "A", "・制度", "ごみの減量", ""]
        {
            assert!(!begins_rest(text), "{text}");
        }
    }

    #[test]
    fn a_middle_dot_inside_a_word_begins_no_item() {
        let bbox = Rect::new(0.0, 0.0, 84.0, 60.0);
        let lines = |first: &str| vec![piece(first, 2.0, 82.0, 0.0), piece("・ライフ・バランス", 2.0, 82.0, 12.0)];
        assert_eq!(cell(lines("研修の実施、ワーク"), &bbox, 2.0).text, "研修の実施、ワーク・ライフ・バランス");
        assert_eq!(cell(lines("研修を実施した。"), &bbox, 2.0).text, "研修を実施した。\n・ライフ・バランス");
    }
}
