//! The words that introduce lines of a narrative: 課題：…, 【実績】 …, 計　画　…, or a word on a line of its own over
//! what it introduces.

use super::fields::Field;
use crate::document::Passage;
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::heading::{BRACKETS, SIGNS};
use crate::report::rules::{Fit, Role};
use crate::report::values::year;

/// Longest word on a line of its own, in characters.
const LONGEST_ALONE: usize = 16;

/// So many spaces between letters set one word apart from the next.
const WIDEST_GAP: usize = 3;

/// Signs before a word that introduces a line.
const LEADS: &str = "・○●■◆◇□▼▽◎▶";

/// A line taken apart that begins with a word of the vocabulary, behind a number if it is `numbered`.
pub(super) fn labelled(context: &Context, line: &Passage, numbered: bool) -> Option<Field> {
    let end = match bracket(line.text.trim_start()) {
        Some((_, close)) => line.text.find(close)?,
        None if numbered => end_of_word(&line.text)?,
        None => spread_end(&line.text)
            .or_else(|| line.text.find(['：', ':', '\u{3000}', '…']))
            .or_else(|| spaced_end(context, &line.text))?,
    };
    let head = line.text[..end].trim_start_matches(is_lead);
    let label = context.rules.label(head)?;
    let field = divided(line, label.role.in_year(label.year.is_some()), end)?;
    Some(Field { year: label.year.map(FiscalYear::from), ..field })
}

/// Whether a line behind a sign of headings is none, since its word introduces what follows in it: ◇課題　難しい。
pub(super) fn introduced(context: &Context, line: &Passage) -> bool {
    labelled(context, line, false).is_some_and(|field| introduces(field.role))
}

/// The word before `end` and what follows it.
fn divided(line: &Passage, role: Role, end: usize) -> Option<Field> {
    let start = end - line.text[..end].trim_start_matches(is_lead).len();
    let next = end + line.text[end..].chars().next().map_or(0, char::len_utf8);
    let rest = line.text[next..].trim_start_matches(['：', ':', ' ', '\u{3000}', '…']);
    let text = line.slice(line.text.len() - rest.len()..line.text.len());
    (!text.is_blank()).then(|| Field { role, label: line.slice(start..end), text, year: None })
}

/// Where the word ends that stands first behind a number.
pub(super) fn end_of_word(text: &str) -> Option<usize> {
    match bracket(text.trim_start()) {
        Some((_, close)) => text.find(close),
        None => spread_end(text).or_else(|| text.find(['：', ':', '\u{3000}', ' '])),
    }
}

/// A word that the vocabulary does not know, where a colon or brackets show that it introduces the line: ○効果見込：….
pub(super) fn unknown(context: &Context, line: &Passage) -> Option<String> {
    let end = end_of_shown(line)?;
    let head = line.text[..end].trim_start_matches(is_lead);
    let is_word = |c: char| c.is_alphabetic() || "・（）()".contains(c);
    let fits = !head.is_empty() && head.chars().count() <= LONGEST_ALONE && head.chars().all(is_word);
    (fits && context.rules.label(head).is_none()).then(|| line.text[..end].trim().to_owned())
}

/// A line that [`unknown`] finds a word in, taken apart.
pub(super) fn parted(line: &Passage) -> Option<Field> {
    divided(line, Role::Remark, end_of_shown(line)?)
}

fn end_of_shown(line: &Passage) -> Option<usize> {
    match bracket(line.text.trim_start()) {
        Some((_, close)) => line.text.find(close),
        None => line.text.find(['：', ':']),
    }
}

/// Where the word ends that a sign stands before and a space behind, which alone tells it from the text: ・課題 難しい。
fn spaced_end(context: &Context, text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start_matches(is_lead).len();
    let end = start + text[start..].find(' ')?;
    let whole = context.rules.label(&text[start..end]).is_some_and(|label| label.fit == Fit::Whole);
    (!text[..start].trim().is_empty() && whole).then_some(end)
}

/// Where a letter-spaced word (課　題) at the beginning of a line ends: single letters with a few spaces after each.
fn spread_end(text: &str) -> Option<usize> {
    let is_gap = |c: char| matches!(c, ' ' | '\u{3000}');
    let start = text.len() - text.trim_start_matches(is_lead).len();
    let mut letters = text[start..].char_indices().peekable();
    let (mut end, mut count) = (None, 0);
    while let Some((at, letter)) = letters.next_if(|(_, c)| c.is_alphabetic()) {
        let Some((_, gap)) = letters.next_if(|(_, c)| is_gap(*c) || matches!(c, '：' | ':')) else { break };
        (end, count) = (Some(start + at + letter.len_utf8()), count + 1);
        if !is_gap(gap) {
            break;
        }
        let more = std::iter::from_fn(|| letters.next_if(|(_, c)| is_gap(*c)));
        if more.count() >= WIDEST_GAP {
            break;
        }
    }
    end.filter(|_| count > 1)
}

fn bracket(text: &str) -> Option<(char, char)> {
    BRACKETS.into_iter().find(|(open, _)| text.starts_with(*open))
}

pub(super) fn is_lead(c: char) -> bool {
    c.is_whitespace() || LEADS.contains(c) || BRACKETS.iter().any(|(open, _)| c == *open)
}

/// What a line means that is nothing but a word of the vocabulary: it introduces the next line.
pub(super) fn alone(context: &Context, line: &Passage) -> Option<Role> {
    let text = line.text.trim_start_matches(is_lead);
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "：:".contains(c) || is_close(c));
    // A year is the only number that such a word has beside it: 令和５年度の主な取組.
    let is_word = |c: char| c.is_alphanumeric() || c.is_whitespace() || "・（）()".contains(c);
    if text.chars().count() > LONGEST_ALONE || !text.chars().all(is_word) {
        return None;
    }
    let label = context.rules.label(text).filter(|label| label.fit == Fit::Whole)?;
    let role = label.role.in_year(label.year.is_some());
    (introduces(role) && (label.year.is_some() || !text.contains(char::is_numeric))).then_some(role)
}

/// The word that a line on its own is, without signs and brackets around it.
pub(super) fn bare_word(line: &Passage) -> Passage {
    let text = line.text.trim_start_matches(is_lead);
    let start = line.text.len() - text.len();
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "：:".contains(c) || is_close(c));
    line.slice(start..start + text.len())
}

/// The word of a line without the year that stands before or behind it: 実績 of 令和５年度実績 and of 実績（令和５年度）.
pub(super) fn without_year(context: &Context, field: &Field) -> Passage {
    let label = &field.label;
    let Some(year) = year::find(context.rules, &label.text).filter(|_| field.year.is_some()) else {
        return label.clone();
    };
    let (before, after) = (label.slice(0..year.range.start), label.slice(year.range.end..label.text.len()));
    let frame = |c: char| c.is_whitespace() || "（）()の".contains(c);
    let [before, after] = [before, after].map(|part| {
        let text = part.text.trim_start_matches(frame);
        let start = part.text.len() - text.len();
        part.slice(start..start + text.trim_end_matches(frame).len())
    });
    match (before.is_blank(), after.is_blank()) {
        (true, false) => after,
        (false, true) => before,
        _ => label.clone(),
    }
}

fn is_close(c: char) -> bool {
    BRACKETS.iter().any(|(_, close)| c == *close)
}

fn introduces(role: Role) -> bool {
    is_figured(role)
        || matches!(role, Role::Grade | Role::Issues | Role::Actions | Role::Plan | Role::Responsible)
        || matches!(role, Role::Description | Role::Status | Role::Remark)
}

/// Whether a text is nothing but a word that may introduce lines.
pub(super) fn is_word(context: &Context, text: &Passage) -> bool {
    context.rules.label(&text.text).is_some_and(|label| label.fit == Fit::Whole && may_introduce(label.role))
}

/// Whether words of this meaning introduce lines, where more than the word says so.
pub(super) fn may_introduce(role: Role) -> bool {
    introduces(role) || matches!(role, Role::Baseline | Role::Rate | Role::Year | Role::Method)
}

/// Whether a target or a result follows.
pub(super) fn is_figured(role: Role) -> bool {
    matches!(role, Role::Target | Role::Result | Role::Actual)
}

/// What a line is to a word on a line of its own before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Follower {
    /// Such a word itself, which one line follows.
    Word,
    /// The same, and all lines up to the next word follow it.
    WordOfMany,
    /// A line that nothing introduces, as far as can be told.
    Text,
    /// A line with a word of its own: the first line below a word can look like one.
    Led,
    /// A heading, or a line that begins with a year: it stands for itself.
    Other,
}

/// The lines with each word that stands alone joined to what it introduces: the line below it, and with a word that many
/// may follow the others up to the next word or heading. Behind items of a list only more of them go on.
pub(super) fn joined(lines: Vec<Passage>, kind: impl Fn(&Passage) -> Follower) -> Vec<Passage> {
    let mut joined: Vec<Passage> = Vec::with_capacity(lines.len());
    let mut before = Follower::Other;
    let mut listed: Option<bool> = None;
    for line in lines {
        let now = kind(&line);
        let item = line.text.trim_start().starts_with(is_bullet);
        let first = matches!(before, Follower::Word | Follower::WordOfMany);
        let goes_on = match now {
            Follower::Text if !first => listed.is_some_and(|listed| !listed || item),
            Follower::Text | Follower::Led => first,
            Follower::Word | Follower::WordOfMany | Follower::Other => false,
        };
        match joined.last_mut().filter(|_| goes_on) {
            Some(label) if first => {
                label.append("\u{3000}", &line);
                listed = (before == Follower::WordOfMany).then_some(item);
            }
            Some(text) => text.append("\n", &line),
            None => {
                joined.push(line);
                listed = None;
            }
        }
        before = now;
    }
    joined
}

fn is_bullet(c: char) -> bool {
    LEADS.contains(c) || matches!(c, '•' | '①'..='⑳' | '-')
}

/// Whether paragraphs without a word of their own go on with what `line` introduces: its word stands in brackets or
/// behind a sign of headings.
pub(super) fn goes_on(role: Role, line: &Passage) -> bool {
    let text = line.text.trim_start();
    (bracket(text).is_some() || text.starts_with(SIGNS)) && !matches!(role, Role::Grade | Role::Responsible)
}

/// The lines with each cut where another word introduces a part of it: 目標：30％　実績：42％. The first word of a line
/// must be one, too.
pub(super) fn parted_lines(context: &Context, lines: Vec<Passage>) -> Vec<Passage> {
    lines.into_iter().flat_map(|line| parts(context, line)).collect()
}

fn parts(context: &Context, line: Passage) -> Vec<Passage> {
    let starts: Vec<usize> =
        word_starts(&line.text).filter(|at| begins_with_word(context, &line.text[*at..])).collect();
    if starts.first() != Some(&0) || starts.len() < 2 {
        return vec![line];
    }
    let ends = starts.iter().skip(1).copied().chain([line.text.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| {
        let text = line.text[*start..end].trim_end_matches(['、', '，', '；', '／', '/', ' ', '\u{3000}']);
        line.slice(*start..start + text.len())
    });
    parts.collect()
}

/// Where in a line a word may begin: at its start, and behind a gap, a comma or a bracket.
fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let gap = |c: char| matches!(c, ' ' | '\u{3000}' | '、' | '，' | '；' | '／' | '/' | '）' | ')');
    let behind = text.char_indices().zip(text.char_indices().skip(1));
    let behind = behind.filter(move |((_, before), (_, c))| gap(*before) && !gap(*c) && !c.is_whitespace());
    std::iter::once(0).chain(behind.map(|(_, (at, _))| at))
}

/// Whether a text begins with a word of the vocabulary that a colon ends, or brackets stand around.
fn begins_with_word(context: &Context, text: &str) -> bool {
    let bare = text.trim_start_matches(|c| LEADS.contains(c));
    // With its brackets, or the colon behind it.
    let end = bare.char_indices().nth(LONGEST_ALONE + 2).map_or(bare.len(), |(end, _)| end);
    let bare = &bare[..end];
    let word = match bracket(bare) {
        Some((open, close)) => bare[open.len_utf8()..].split_once(close).map(|(word, _)| word),
        None => bare.split_once(['：', ':']).map(|(word, _)| word),
    };
    let word = word.filter(|word| word.chars().count() <= LONGEST_ALONE);
    let label = word.and_then(|word| context.rules.label(word)).filter(|label| label.fit == Fit::Whole);
    label.is_some_and(|label| introduces(label.role) || label.role == Role::Baseline)
}

#[cfg(test)]
mod tests {
    use super::spread_end;

    #[track_caller]
    fn case(text: &str, head: Option<&str>) {
        assert_eq!(spread_end(text).map(|end| &text[..end]), head, "{text}");
    }

    #[test]
    fn letter_spaced_words_end_before_a_word_of_several_letters() {
        case("課　題　　窓口職場での徹底が難しい。", Some("課　題"));
        case("・計 画 毎週行う。", Some("・計 画"));
        case("課　題：難しい。", Some("課　題"));
        case("課　　題　　難しい。", Some("課　　題"));
        case("課題　難しい。", None);
        case("ア　課題", None);
    }
}
