//! Takes the words that no ruled table used, gives tokens: what alignment needs to know of a word without its text. It
//! leaves rows, columns and tables to the other files of this folder.

use crate::geom::Rect;
use crate::layout::script::{is_alphabetic, is_japanese};
use foldhash::fast::FixedState;
use std::hash::BuildHasher;

/// Most letters of the signs and the unit of a figure.
const MOST_LETTERS: usize = 2;

/// A word as the search for tables sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Token {
    /// Around its glyphs.
    pub(crate) bbox: Rect,
    /// Font size in points.
    pub(crate) size: f32,
    /// What its text is.
    pub(crate) kind: Kind,
    /// Whether it begins with a small Latin letter: it goes on with a sentence.
    pub(crate) lower: bool,
    /// Whether it follows the token before it after a single space of the text.
    pub(crate) spaced: bool,
    /// Whether it begins and ends with a Japanese character, which no space parts from its neighbours.
    pub(crate) japanese: (bool, bool),
    /// Its number, if it is a plain figure.
    pub(crate) number: Option<f32>,
    /// Number of its characters.
    pub(crate) chars: u16,
    /// The same for all tokens of one text.
    pub(crate) word: u64,
}

/// What a token's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Mostly digits: a figure with its signs and a short unit.
    Figure,
    /// A bare year of four digits, which heads a column as often as it is a figure.
    Year,
    /// A sign that stands for a value: a dash, a grade, a circle.
    Mark,
    /// A row of dots or dashes that leads the eye.
    Leader,
    /// The sign or number before a list item.
    Bullet,
    /// Anything else.
    Text,
}

/// What one look at the characters of a text tells.
#[derive(Debug, Clone, Copy, Default)]
struct Survey {
    chars: usize,
    digits: usize,
    leaders: usize,
    /// Whether 元 is among them.
    first_year: bool,
    /// Whether so many are kana and ideographs that only their number and a year are still to be told.
    worded: bool,
}

impl Survey {
    fn of(text: &str) -> Self {
        let mut survey = Self::default();
        let mut plain = 0;
        for c in text.chars() {
            survey.chars += 1;
            if is_plain(c) {
                plain += 1;
                if plain > MOST_LETTERS {
                    return Self { chars: text.chars().count(), worded: true, ..survey };
                }
                continue;
            }
            survey.digits += usize::from(is_digit(c));
            survey.leaders += usize::from(is_leader(c));
            survey.first_year |= c == '元';
        }
        survey
    }

    /// Of what kind the text is.
    fn kind(&self, text: &str) -> Kind {
        let Self { chars, digits, leaders, first_year, worded } = *self;
        if worded {
            return if is_year(text) { Kind::Year } else { Kind::Text };
        }
        if chars >= 3 && leaders == chars {
            return Kind::Leader;
        }
        if chars <= 2 && text.chars().all(is_bullet) {
            return Kind::Bullet;
        }
        if (digits > 0 || first_year) && is_year(text) {
            return Kind::Year;
        }
        if digits == 0 && chars > 2 {
            return Kind::Text;
        }
        if digits == 0 {
            let sign = text.chars().all(|c| !is_alphabetic(c)) && !text.chars().all(is_punctuation);
            let grade = chars == 1 && text.chars().all(|c| c.is_ascii_uppercase() || is_grade(c));
            return if sign || grade { Kind::Mark } else { Kind::Text };
        }
        let most = digits.min(MOST_LETTERS);
        let letters = text.chars().filter(|c| is_alphabetic(*c) && !is_digit(*c)).take(most + 1).count();
        if letters <= most && !is_torn(text) { Kind::Figure } else { Kind::Text }
    }
}

impl Kind {
    /// Whether it is a value rather than words.
    pub(crate) fn is_value(self) -> bool {
        matches!(self, Self::Figure | Self::Year | Self::Mark)
    }
}

/// Whether a bracket closes that does not open: the rest of a longer text.
fn is_torn(text: &str) -> bool {
    text.ends_with([')', '）']) && !text.contains(['(', '（'])
}

/// Brackets and stops, which stand alone where a narrow cell breaks its text before them.
fn is_punctuation(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）' | '「' | '」' | '、' | '。' | '，' | '．' | '〕' | '］' | '】')
}

/// Signs before list items.
fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '●' | '■' | '□' | '◆' | '◇' | '▪' | '‣' | '∙' | '·' | '・' | '➢' | '➤' | '✓')
}

/// Dots and dashes of which leaders are made.
fn is_leader(c: char) -> bool {
    matches!(c, '.' | '․' | '‥' | '…' | '・' | '･' | '-' | '_' | '‐' | '–' | '—' | '─' | '=')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Most characters of Japanese text: kana, and ideographs but for 元.
fn is_plain(c: char) -> bool {
    matches!(c, 'ぁ'..='ヺ' | '㐀'..='兂' | '兄'..='鿿')
}

/// Signs of grades that Unicode counts as letters: full-width capitals.
fn is_grade(c: char) -> bool {
    matches!(c, 'Ａ'..='Ｚ' | '優' | '良' | '可' | '未' | '済')
}

/// A calendar or fiscal year: `2009`, `1996–97`, `R5年度`, `令和5年度`, `平成30年`, `FY2010`.
fn is_year(text: &str) -> bool {
    if !text.ends_with(|c| is_digit(c) || matches!(c, '元' | '年' | '度' | ')' | '）')) {
        return false;
    }
    if text.starts_with(is_digit) && !text.starts_with("19") && !text.starts_with("20") {
        return false;
    }
    // 令和2(2020)年度
    if let Some((before, after)) = text.split_once(['(', '（'])
        && let Some((inside, after)) = after.split_once([')', '）'])
        && !before.is_empty()
        && inside.chars().all(is_digit)
    {
        return after.trim_end_matches("度") == "年" && is_year(&format!("{before}{after}"))
            || after.is_empty() && is_year(before);
    }
    let mut rest = text.trim_start_matches(['(', '（']).trim_end_matches([')', '）']);
    while let Some(shorter) = rest.strip_suffix("年度") {
        rest = shorter;
    }
    rest = rest.trim_end_matches('年');
    for era in ["令和", "平成", "昭和", "FY", "R", "H", "S", "Ｒ", "Ｈ", "Ｓ"] {
        if let Some(after) = rest.strip_prefix(era) {
            let digits = after.chars().filter(|&c| is_digit(c)).count();
            return (after == "元" || (1..=4).contains(&digits)) && after.chars().all(|c| is_digit(c) || c == '元');
        }
    }
    if let Some((first, second)) = rest.split_once(['-', '–', '/', '～', '−']) {
        if !(2..=4).contains(&second.len()) || !second.chars().all(|c| c.is_ascii_digit()) {
            return false;
        }
        rest = first;
    }
    rest.len() == 4 && rest.chars().all(|c| c.is_ascii_digit()) && (rest.starts_with("19") || rest.starts_with("20"))
}

/// The figure without separators and signs around it; full-width digits are left to `report`.
fn number(text: &str) -> Option<f32> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let plain = text.trim_end_matches(['%', '％']).trim_start_matches('$');
    if plain.is_empty() || !plain.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-')) {
        return None;
    }
    if plain.contains(',') { plain.replace(',', "").parse().ok() } else { plain.parse().ok() }
}

impl Token {
    /// The token of a word with its text.
    pub(crate) fn new(bbox: Rect, size: f32, text: &str) -> Self {
        let survey = Survey::of(text);
        Self {
            bbox,
            size,
            kind: survey.kind(text),
            lower: text.starts_with(|c: char| c.is_ascii_lowercase()),
            spaced: false,
            japanese: (text.starts_with(is_japanese), text.ends_with(is_japanese)),
            number: if survey.digits > 0 && !survey.worded { number(text) } else { None },
            chars: u16::try_from(survey.chars).unwrap_or(u16::MAX),
            word: FixedState::default().hash_one(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Survey};

    #[track_caller]
    fn case(kind: Kind, texts: &[&str]) {
        for text in texts {
            assert_eq!(Survey::of(text).kind(text), kind, "{text}");
        }
    }

    #[test]
    fn tells_values_from_words() {
        case(Kind::Figure, &["1,234", "85.1%", "(1.1–1.2)", "$33,200", "58367件", "１２．３％", "▲3.2", "20名"]);
        case(
            Kind::Year,
            &["2009", "1996–97", "R5年度", "令和元年度", "令和2", "FY2010", "2020年度", "（H30）", "令和2(2020)年度"],
        );
        case(Kind::Mark, &["A", "◎", "—", "-", "†", "Ｂ", "－"]);
        case(Kind::Leader, &["......", "…………", "---"]);
        case(Kind::Bullet, &["•", "●", "・"]);
        case(Kind::Text, &["）", "。", "7）", "3-year-olds", "取組", "Total", "a", "n.a.", "第1回審議会"]);
    }
}
