//! Takes a line that may be a heading, gives its label, title and the style of its label, by which levels are told
//! apart: `基本目標Ⅰ`, `１`, `（1）`, `ア`.

use super::rules::{Rule, Rules};
use super::values::fold::{Folded, key};
use crate::document::Passage;

/// A heading taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heading {
    /// As printed.
    pub(super) whole: Passage,
    /// `(1)`, `１`, `重点課題３`.
    pub(super) label: Option<Passage>,
    /// What follows the label.
    pub(super) title: Passage,
    /// The label with its number masked: labels of one level have one style.
    pub(super) style: String,
    /// Where the heading ends in `whole` and 「（続き）」 begins.
    pub(super) end: usize,
}

/// Brackets around a heading, or around the word that introduces a line: 【課題】, 〔今後の取組〕.
pub(super) const BRACKETS: [(char, char); 11] = [
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('[', ']'),
    ('<', '>'),
    ('＜', '＞'),
    ('〈', '〉'),
    ('《', '》'),
    ('「', '」'),
    ('（', '）'),
    ('(', ')'),
];

/// Signs that stand before headings without a number.
pub(super) const SIGNS: [char; 7] = ['■', '□', '●', '◆', '◇', '▼', '▽'];

/// What else sets one level of headings without a number apart from another.
const OTHER_SIGNS: [char; 7] = ['○', '◎', '【', '［', '〔', '＜', '<'];

/// Styles of labels from the outermost level on.
const ORDER: [&[&str]; 7] = [
    &["第1章", "第一章", "第1部", "第一部"],
    &["第1節", "第一節"],
    &["第1", "第一", "第Ⅰ", "Ⅰ", "Ⅰ."],
    &["1", "1."],
    &["(1)", "⑴", "1-1"],
    &["ア", "ア.", "①"],
    &["(ア)", "(a)", "a"],
];

/// The place in [`ORDER`] of the innermost labels of chapters.
const CHAPTER: usize = 3;

/// Longest heading in characters.
const LONGEST: usize = 80;

impl Heading {
    /// Takes a line apart.
    pub(super) fn read(rules: &Rules, line: &Passage) -> Self {
        let folded = Folded::new(&line.text);
        let end = rules.find_folded(Rule::Continued, &folded).map(|found| found.range.start).filter(|end| *end > 0);
        let end = end.unwrap_or(line.text.len());
        for rule in [Rule::Level, Rule::Numbering] {
            let Some(found) = rules.find_folded(rule, &folded) else { continue };
            let (Some(label), Some(title)) = (found.range_of("label"), found.range_of("title")) else { continue };
            let label = line.slice(label);
            let title = line.slice(title.start..end.max(title.start));
            if label.is_blank() || title.is_blank() {
                continue;
            }
            return Self { whole: line.clone(), style: style(&label.text), label: Some(label), title, end };
        }
        Self { whole: line.clone(), label: None, title: line.slice(0..end), style: String::new(), end }
    }

    /// As printed, without what says that it is printed again: 「（続き）」.
    pub(super) fn plain(&self) -> Passage {
        self.whole.slice(0..self.end)
    }

    /// Whether it says that it is printed again.
    pub(super) fn goes_on(&self) -> bool {
        self.end < self.whole.text.len()
    }

    /// Whether a line of running text can be a heading at all.
    pub(super) fn could_be(rules: &Rules, line: &Passage) -> bool {
        let text = line.text.trim();
        let characters = text.chars().count();
        let is_lead = || {
            let folded = Folded::new(text);
            [Rule::TargetLead, Rule::ActualLead, Rule::GradeLead]
                .into_iter()
                .any(|rule| rules.matches_folded(rule, &folded))
        };
        characters > 0
            && characters <= LONGEST
            && !text.contains('\n')
            && !text.ends_with(['。', '．', '、', '：', ':'])
            && !text.starts_with(['・', '※', '*'])
            && !is_lead()
    }

    /// Whether its label is one of a level above that of `other`, by the order in which official papers number them; `false`
    /// where that order says nothing.
    pub(super) fn is_above(&self, other: &Self) -> bool {
        self.rank().zip(other.rank()).is_some_and(|(own, other)| own < other)
    }

    /// Whether its label is one of a part of a chapter (`（１）`, `１－２`, `①`) and not that of a chapter.
    pub(super) fn is_part(&self) -> bool {
        self.label.is_some() && self.rank().is_none_or(|rank| rank > CHAPTER)
    }

    fn rank(&self) -> Option<usize> {
        ORDER.iter().position(|styles| styles.contains(&self.style.as_str()))
    }

    /// By what headings of one level are known: the style of the label, or the sign before one without.
    pub(super) fn mark(&self) -> &str {
        let text = self.whole.text.trim_start();
        let is_sign = |c: &char| self.label.is_none() && (SIGNS.contains(c) || OTHER_SIGNS.contains(c));
        text.chars().next().filter(is_sign).map_or(self.style.as_str(), |sign| &text[..sign.len_utf8()])
    }

    /// Whether both have one label, or labels of one number.
    pub(super) fn shares_label(&self, other: &Self) -> bool {
        let label = |heading: &Self| heading.label.as_ref().map(|label| key(&label.text).into_owned());
        let number = self.number();
        label(self).is_some() && (label(self) == label(other) || number.is_some() && number == other.number())
    }

    /// The number that the label prints.
    pub(super) fn number(&self) -> Option<u32> {
        let label = key(&self.label.as_ref()?.text);
        let digits: String = label.chars().filter(char::is_ascii_digit).collect();
        let separated = label.chars().skip_while(|c| !c.is_ascii_digit()).any(|c| c == '-' || c == '.');
        if !digits.is_empty() {
            return if separated && digits.len() > 1 { None } else { digits.parse().ok() };
        }
        let kanji: String = label.chars().filter(|c| "一二三四五六七八九十".contains(*c)).collect();
        super::values::number::kanji(&kanji).filter(|_| !kanji.is_empty()).map(|n| n as u32)
    }
}

/// A label with its number masked.
pub(super) fn style(label: &str) -> String {
    let mut style = String::new();
    for c in key(label).chars().filter(|c| !c.is_whitespace()) {
        let masked = match c {
            '0'..='9' => '1',
            'ア'..='ン' => 'ア',
            'a'..='z' => 'a',
            'I' | 'V' | 'X' | 'Ⅰ'..='Ⅻ' => 'Ⅰ',
            'ⅰ'..='ⅻ' => 'ⅰ',
            '①'..='⑳' => '①',
            '⑴'..='⒇' => '⑴',
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => '一',
            c => c,
        };
        if !(style.ends_with(masked) && matches!(masked, '1' | 'ア' | 'Ⅰ' | '一')) {
            style.push(masked);
        }
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(line: &str, label: Option<&str>, title: &str, style: &str, number: Option<u32>) {
        let rules = Rules::named("general").unwrap();
        let heading = Heading::read(rules, &Passage { text: line.to_owned(), origins: Vec::new() });
        assert_eq!(heading.label.as_ref().map(|l| l.text.as_str()), label, "{line}");
        assert_eq!((heading.title.text.as_str(), heading.style.as_str()), (title, style), "{line}");
        assert_eq!(heading.number(), number, "{line}");
    }

    #[test]
    fn levels_in_the_order_of_official_papers() {
        let rules = Rules::named("general").unwrap();
        let read = |line: &str| Heading::read(rules, &Passage { text: line.to_owned(), origins: Vec::new() });
        let above = |a: &str, b: &str| read(a).is_above(&read(b));
        assert!(
            above("第２章　取組の状況", "１　休暇")
                && above("１　休暇", "（１）取得の促進")
                && above("(1) 促進", "ア　周知")
        );
        assert!(!above("（１）取得の促進", "１　休暇") && !above("１　休暇", "２　研修") && !above("取組", "１　休暇"));
    }

    #[test]
    fn labels_of_headings() {
        case("(1) 子育てに関する制度の周知", Some("(1)"), "子育てに関する制度の周知", "(1)", Some(1));
        case("( 1 ) 子育てに関する制度の周知", Some("( 1 )"), "子育てに関する制度の周知", "(1)", Some(1));
        case("（2）育児に関する制度", Some("（2）"), "育児に関する制度", "(1)", Some(2));
        case("１　数値目標の達成状況", Some("１"), "数値目標の達成状況", "1", Some(1));
        case("ア　ノー残業デーの徹底", Some("ア"), "ノー残業デーの徹底", "ア", None);
        case("重点課題１　男女共同参画", Some("重点課題１"), "男女共同参画", "重点課題1", Some(1));
        case("基本目標Ⅰ　人権の尊重", Some("基本目標Ⅰ"), "人権の尊重", "基本目標Ⅰ", None);
        case("基本目標Ⅳ　人権の尊重", Some("基本目標Ⅳ"), "人権の尊重", "基本目標Ⅰ", None);
        case("③　人権の尊重", Some("③"), "人権の尊重", "①", None);
        case("（１）１号認定（３～５歳）", Some("（１）"), "１号認定（３～５歳）", "(1)", Some(1));
        case("取組１－２　窓口の改善", Some("取組１－２"), "窓口の改善", "取組1-1", None);
        case("環境目標２　自然の保全", Some("環境目標２"), "自然の保全", "環境目標1", Some(2));
        case("主な取組の実施状況", None, "主な取組の実施状況", "", None);
    }
}
