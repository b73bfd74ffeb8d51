//! One sign of a legend and its meaning, and how items are told apart in a line.

use crate::document::Passage;
use crate::report::heading::BRACKETS;
use crate::report::rules::{Fit, Match, Role, Rule, Rules};
use crate::report::values::fold::{Folded, key};
use crate::report::values::year;

/// So many items in one line are a legend whatever it is called.
const SURE: usize = 3;
/// Longest name of a legend that is no known heading, in characters.
const LONGEST_LEAD: usize = 16;

/// Most characters of a sign with the bracket before it: 【Ａ.
const LONGEST_SIGN: usize = 3;

/// Fewest characters of the leaders in a table of contents.
const SHORTEST_LEADER: usize = 4;

/// Fewest items that a sentence tells.
const FEWEST_TOLD: usize = 2;

/// A sign with its meaning.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// The sign, as printed, without brackets.
    pub(super) grade: Passage,
    /// What it means.
    pub(super) meaning: Passage,
    /// Sign and meaning with what stands between them.
    pub(super) whole: Passage,
    /// The block that it stands in.
    pub(super) block: usize,
}

impl Item {
    /// A sign and its meaning from cells of their own.
    pub(super) fn of_cells(sign: &Passage, meaning: &Passage) -> Self {
        let mut whole = sign.clone();
        whole.append(" ", meaning);
        Self { grade: sign.clone(), meaning: meaning.clone(), whole, ..Self::default() }
    }

    /// Whether the legend says that this sign stands where nothing was graded. What a bracket adds to a meaning is
    /// none of it: 終了した（翌年度以降は評価しない） is what became of the initiative.
    pub(super) fn is_no_grade(&self, rules: &Rules) -> bool {
        let outside = without_brackets(&self.meaning.text);
        let meaning = if outside.trim().is_empty() { &self.meaning.text } else { &outside };
        rules.matches(Rule::NoValue, &self.grade.text) || rules.matches(Rule::NotGraded, meaning)
    }

    /// What stands between sign and meaning.
    pub(super) fn separator(&self) -> String {
        let between = self.whole.text.strip_suffix(&self.meaning.text).unwrap_or_default();
        let start = between.find(&self.grade.text).map_or(0, |start| start + self.grade.text.len());
        key(between.get(start..).unwrap_or_default()).into_owned()
    }
}

/// Whether a cell may hold items that need no heading above it. A second line may stand under the heading in the first.
pub(super) fn may_stand_in(rules: &Rules, cell: &str) -> bool {
    let may_match = || {
        let folded = Folded::new(cell);
        let forms = [Rule::LegendItem, Rule::LegendWords, Rule::LegendSpaced];
        forms.into_iter().any(|rule| rules.may_match(rule, &folded))
    };
    cell.contains('\n') || may_match()
}

/// The items of a line and what stands before the first one. Under a heading (`headed`) weaker forms count too.
pub(super) fn in_line(rules: &Rules, line: &Passage, headed: bool) -> (Passage, Vec<Item>) {
    in_folded(rules, line, &Folded::new(&line.text), headed)
}

/// The same of a line that is `folded` already.
pub(super) fn in_folded(rules: &Rules, line: &Passage, folded: &Folded, headed: bool) -> (Passage, Vec<Item>) {
    let heads = with_words(rules, folded, all(rules, Rule::LegendItem, folded), &line.text);
    let (lead, items) = taken_apart(rules, line, &heads);
    let plausible = items.len() > 1 || (lead.is_blank() && !items.is_empty());
    if plausible && is_lead(rules, &lead, items.len()) {
        return (lead, items);
    }
    [Rule::LegendWords, Rule::LegendSpaced]
        .into_iter()
        .find_map(|rule| {
            let heads = all(rules, rule, folded);
            if heads.len() < 2 {
                return None;
            }
            let (lead, items) = taken_apart(rules, line, &heads);
            let bare = lead.is_blank() && (headed || stand_alone(&items));
            let opened = is_opening(rules, &lead) || bare;
            // 基準値：… 目標値：… 実績値：… tell figures.
            let figured = items.iter().any(|item| is_figured(rules, &item.grade.text));
            (items.len() > 1 && opened && distinct(&items) && !figured).then_some((lead, items))
        })
        .or_else(|| headed_sign(rules, line, folded))
        .unwrap_or_else(|| {
            let weak =
                || [Rule::LegendLine, Rule::LegendWord].into_iter().find_map(|rule| rules.find_folded(rule, folded));
            // 施策１：… is a heading, whatever stands before it.
            let headed = headed && !rules.matches_folded(Rule::Level, folded);
            let weak = headed.then(weak).flatten().and_then(|head| item(rules, line, &head, None, false));
            (Passage::default(), weak.into_iter().collect())
        })
}

/// Whether a word introduces a figure.
fn is_figured(rules: &Rules, word: &str) -> bool {
    let figured = [Role::Target, Role::Actual, Role::Result, Role::Baseline, Role::Interim];
    rules.label(word).is_some_and(|label| label.fit == Fit::Whole && figured.contains(&label.role))
}

/// A sign that is no letter or digit and set off by space only, after the heading of a legend: 評価：◎ 目標以上. Those
/// that follow stand in lines of their own.
fn headed_sign(rules: &Rules, line: &Passage, folded: &Folded) -> Option<(Passage, Vec<Item>)> {
    let heads = all(rules, Rule::LegendSpaced, folded);
    let [head] = heads.as_slice() else { return None };
    if head.group("grade")?.is_ascii() {
        return None;
    }
    let (lead, items) = taken_apart(rules, line, &heads);
    (!items.is_empty() && is_opening(rules, &lead)).then_some((lead, items))
}

/// Where, after other sentences of a line, the sentence begins that tells the signs, as a heading does.
pub(super) fn opening_sentence(rules: &Rules, line: &Passage) -> Option<usize> {
    // Most lines are one sentence at most.
    line.text.find('。').filter(|stop| stop + '。'.len_utf8() < line.text.len())?;
    let folded = Folded::new(&line.text);
    let sentence = |rule| {
        let heads = all(rules, rule, &folded);
        let first = heads.get(..FEWEST_TOLD)?.first()?.range_of("head")?.start;
        let stop = line.text.get(..first)?.rfind('。')?;
        let start = stop + '。'.len_utf8();
        is_opening(rules, &line.slice(start..first)).then_some(start)
    };
    [Rule::LegendItem, Rule::LegendWords, Rule::LegendSpaced].into_iter().find_map(sentence)
}

/// All heads of items of one form.
fn all(rules: &Rules, rule: Rule, line: &Folded) -> Vec<Match> {
    rules.patterns(rule).iter().flat_map(|pattern| pattern.find_all_folded(line)).collect()
}

/// Signs with the words among them that are told in the same way: 未 beside A to E.
fn with_words(rules: &Rules, folded: &Folded, signs: Vec<Match>, line: &str) -> Vec<Match> {
    let start = |head: &Match| head.range_of("head").map_or(0, |head| head.start);
    let Some(first) = signs.first().filter(|_| signs.len() > 1).map(start) else { return signs };
    let taken: Vec<_> = signs.iter().filter_map(|head| head.range_of("head")).collect();
    let mut heads = signs;
    for word in all(rules, Rule::LegendWords, folded) {
        let Some(range) = word.range_of("head").filter(|range| range.start > first) else { continue };
        let mark = word.group("sign").unwrap_or_default().trim();
        let alike = taken.iter().all(|sign| line.get(sign.clone()).is_some_and(|head| key(head).contains(mark)));
        if alike && taken.iter().all(|sign| range.end <= sign.start || sign.end <= range.start) {
            heads.push(word);
        }
    }
    heads.sort_by_key(start);
    heads
}

/// The items that begin at `heads`, and what stands before the first one.
fn taken_apart(rules: &Rules, line: &Passage, heads: &[Match]) -> (Passage, Vec<Item>) {
    let starts: Vec<usize> = heads.iter().filter_map(|head| Some(head.range_of("head")?.start)).collect();
    let several = heads.len() > 1;
    let items = heads
        .iter()
        .enumerate()
        .filter_map(|(i, head)| item(rules, line, head, starts.get(i + 1).copied(), several))
        .collect();
    let lead = heads.first().and_then(|head| Some(line.slice(0..end_of_lead(line, head)?)));
    (lead.unwrap_or_default(), items)
}

/// Where what stands before the first item ends: of 実績評価　５：… the word 評価 is the heading's.
fn end_of_lead(line: &Passage, head: &Match) -> Option<usize> {
    let (start, sign) = (head.range_of("head")?.start, head.range_of("grade")?.start);
    let (before, word) = (line.text.get(..start)?, line.text.get(start..sign)?);
    let joined = before.chars().next_back().is_some_and(char::is_alphabetic);
    let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
    Some(if joined { start + word.len() } else { start })
}

/// Whether a line begins with an item.
pub(super) fn begins(rules: &Rules, line: &str, headed: bool) -> bool {
    let opens = |before: &str| before.trim_start().chars().all(|c| "・●○■「『(（[［【".contains(c));
    let at_start = |rule| {
        let head = rules.find(rule, line).and_then(|found| found.range_of("head"));
        head.and_then(|head| line.get(..head.start)).is_some_and(opens)
    };
    at_start(Rule::LegendItem) || (headed && (at_start(Rule::LegendLine) || at_start(Rule::LegendWord)))
}

/// What may stand before the first item of a line: nothing, the heading of a legend, or before so many items that they
/// can be nothing else any few words.
fn is_lead(rules: &Rules, lead: &Passage, items: usize) -> bool {
    let bare = bare(&lead.text);
    let few = items >= SURE && bare.chars().count() <= LONGEST_LEAD && !bare.contains(['。', '、', '：', ':']);
    bare.is_empty() || few || is_opening(rules, lead)
}

/// Whether `lead` is the heading of a legend. What stands under names of departments and units tells these.
fn is_opening(rules: &Rules, lead: &Passage) -> bool {
    let bare = bare(&lead.text);
    let called = || rules.label(bare).is_some_and(|label| !matches!(label.role, Role::Responsible | Role::Unit));
    !bare.is_empty() && (rules.matches(Rule::LegendHeading, bare) || called())
}

fn bare(lead: &str) -> &str {
    lead.trim().trim_start_matches(['※', '＊', '*', '(', '（', '［', '【']).trim()
}

/// A line with the parts of it that follow a heading in brackets further on: …Ｄ：遅れ　／　【実施主体】　人：職員課.
pub(super) fn headed_parts(line: &Passage) -> Vec<Passage> {
    let is_heading = |at: usize| {
        let inside = line.text.get(at..).and_then(|rest| rest.split_once('】'));
        let inside = inside.filter(|(inside, after)| inside.chars().count() > LONGEST_SIGN && !after.trim().is_empty());
        inside.is_some() && line.text.get(..at).is_some_and(|before| before.contains(|c: char| "：:＝=…".contains(c)))
    };
    let starts = line.text.match_indices('【').map(|(at, _)| at).filter(|at| is_heading(*at));
    let mut cuts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    cuts.push(line.text.len());
    cuts.dedup();
    cuts.windows(2).filter_map(|cut| Some(line.slice(*cut.first()?..*cut.last()?))).collect()
}

/// Takes from the last of several meanings what is said in brackets of a year, and set off: it is about the figures.
pub(super) fn remark(rules: &Rules, items: &mut [Item]) -> Option<Passage> {
    let [before @ .., last] = items else { return None };
    let text = last.meaning.text.trim_end();
    let open = text.rfind(['（', '('])?;
    let set_off = text.get(..open)?.ends_with([' ', '\u{3000}']) && text.ends_with(['）', ')']);
    let alike = |item: &Item| item.meaning.text.trim_end().ends_with(['）', ')']);
    if before.is_empty() || !set_off || before.iter().any(alike) || !year::is_named(rules, text.get(open..)?) {
        return None;
    }
    let (kept, end) = (text.get(..open)?.trim_end().len(), text.len());
    let remark = last.meaning.slice(open..end);
    let cut = last.meaning.text.len() - kept;
    last.meaning = last.meaning.slice(0..kept);
    last.whole = last.whole.slice(0..last.whole.text.len() - cut);
    Some(remark)
}

/// Whether no sign stands twice.
pub(super) fn distinct(items: &[Item]) -> bool {
    let mut keys: Vec<_> = items.iter().map(|item| key(&item.grade.text)).collect();
    keys.sort();
    keys.windows(2).all(|pair| pair.first() != pair.last())
}

fn item(rules: &Rules, line: &Passage, head: &Match, next: Option<usize>, in_sentence: bool) -> Option<Item> {
    let start = head.range_of("head")?;
    let end = next.unwrap_or_else(|| end_of_items(rules, &line.text, in_sentence));
    let meaning = line.text.get(start.end..end)?;
    let mut kept = meaning.trim_end().trim_end_matches(['、', ',', '，', ';', '；', '/', '／', '・', '　', ' ']);
    if in_sentence {
        kept = kept.trim_end_matches(['。', '.', '．', '、', '　', ' ']);
    }
    for (open, close) in [('(', ')'), ('（', '）'), ('［', '］'), ('「', '」')] {
        if kept.ends_with(close) && !kept.contains(open) {
            kept = kept.trim_end_matches(close);
        }
    }
    let end = start.end + kept.len();
    let grade = line.slice(head.range_of("grade")?);
    let (meaning, whole) = (line.slice(start.end..end), line.slice(start.start..end));
    let item = Item { grade, meaning, whole, ..Item::default() };
    // Signs in a row, as in A B C D, do not mean each other.
    let mut meant = item.meaning.text.trim().chars();
    let is_sign = meant.next().is_some_and(|c| !is_ideograph(c)) && meant.next().is_none();
    (!item.meaning.is_blank() && !is_sign && !is_page(&item)).then_some(item)
}

/// Whether the item is a line of a table of contents: leaders lead from it to a number and nothing else.
fn is_page(item: &Item) -> bool {
    let separator = item.separator();
    let led = separator.chars().count() >= SHORTEST_LEADER && separator.chars().all(|c| "…‥・.".contains(c));
    let mut words = item.meaning.text.split_whitespace();
    led && words.next().is_some_and(|word| key(word).chars().all(|c| c.is_ascii_digit()))
}

/// Whether the sign is a word of one character, as 終 or 未 beside letters.
pub(super) fn is_short_word(sign: &str) -> bool {
    let mut sign = sign.trim().chars();
    sign.next().is_some_and(is_ideograph) && sign.next().is_none()
}

/// 優 and 良 are words of one character.
fn is_ideograph(c: char) -> bool {
    ('一'..='鿿').contains(&c)
}

/// Where the last meaning of a sentence ends.
fn end_of_items(rules: &Rules, line: &str, in_sentence: bool) -> usize {
    let tail = in_sentence.then(|| rules.find(Rule::LegendTail, line)).flatten();
    tail.and_then(|found| found.range_of("tail")).map_or(line.len(), |tail| tail.start)
}

/// Whether so many signs, of which none is a figure, follow each other that they need no heading.
fn stand_alone(items: &[Item]) -> bool {
    let is_figure = |item: &Item| key(&item.grade.text).chars().all(|c| c.is_ascii_digit());
    items.len() >= SURE && !items.iter().any(is_figure)
}

/// A meaning without what stands in its brackets.
fn without_brackets(meaning: &str) -> String {
    let mut depth = 0_usize;
    let outside = meaning.chars().filter(|c| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    outside.collect()
}

/// The heading of a legend without bullets, the brackets around it and the colon after it. Brackets inside, as those of
/// its number, stay; one that lost its other half goes.
pub(super) fn heading(printed: &str) -> String {
    let sign = |c: char| c.is_whitespace() || "■●◆○◎□▼*※".contains(c);
    let colon = |c: char| c.is_whitespace() || ":：=＝".contains(c);
    let mut text = printed.trim_start_matches(sign).trim_end_matches(colon);
    while let Some(inside) = BRACKETS.iter().find_map(|brackets| opened(text, *brackets)) {
        text = inside.trim_start_matches(sign).trim_end_matches(colon);
    }
    text.to_owned()
}

/// `text` without the pair of brackets around it, or without one that has no other half.
fn opened(text: &str, (open, close): (char, char)) -> Option<&str> {
    if let Some(rest) = text.strip_suffix(open).or_else(|| text.strip_prefix(close)) {
        return Some(rest);
    }
    match (text.strip_prefix(open), text.strip_suffix(close)) {
        (Some(rest), _) if !rest.contains(close) => Some(rest),
        (_, Some(rest)) if !rest.contains(open) => Some(rest),
        (Some(rest), Some(_)) => rest.strip_suffix(close).filter(|inside| !inside.contains([open, close])),
        _ => None,
    }
}
