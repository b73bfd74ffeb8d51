//! What the two lines of a cell, or the two rows of an indicator, give, as a heading or a line above the table says it:
//! 上段：目標値／下段：実績値, 目標値（実績値）.

use crate::document::Passage;
use crate::report::lines::joined;
use crate::report::rules::{Role, Rule, Rules};

/// The two words with what they mean, the upper one first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tiers(pub [(Passage, Role); 2]);

/// What a text says of two lines, if it says that.
#[must_use]
pub fn read(rules: &Rules, text: &Passage) -> Option<Tiers> {
    let text = joined(text);
    let found = rules.find(Rule::Tiers, &text.text)?;
    let word = |name: &str| {
        let word = text.slice(found.range_of(name)?);
        let role = rules.role_of(&word.text)?;
        Some((word, role))
    };
    let tiers = [word("upper")?, word("lower")?];
    (tiers[0].1 != tiers[1].1).then_some(Tiers(tiers))
}

/// The two figures of a cell: one over the other, or the second in brackets. `None` where it holds no two lines.
#[must_use]
pub fn split(cell: &Passage) -> Option<[Passage; 2]> {
    let end = cell.text.trim_end().len();
    let start = cell.text.len() - cell.text.trim_start().len();
    let (open, close) = (['(', '（', '[', '［'], [')', '）', ']', '］']);
    let printed = cell.text.get(start..end)?;
    if printed.ends_with(close) {
        let at = start + printed.rfind(open)?;
        return Some([cell.slice(start..at), cell.slice(at..end)]);
    }
    let mut lines = cell.lines().filter(|line| !line.is_blank());
    let pair = [lines.next()?, lines.next()?];
    lines.next().is_none().then_some(pair)
}

#[cfg(test)]
mod tests {
    use super::{read, split};
    use crate::document::made::passage;
    use crate::report::rules::{Role, Rules};

    #[test]
    fn the_two_words_are_found() {
        let rules = Rules::named("general").unwrap();
        let case = |text: &str| read(rules, &passage(text)).map(|tiers| tiers.0.map(|(word, role)| (word.text, role)));
        let both = Some([("目標値".to_owned(), Role::Target), ("実績値".to_owned(), Role::Actual)]);
        for text in ["上段：目標値／下段：実績値", "目標値\n（実績値）", "目標値（上段）と実績値（下段）の推移"]
        {
            assert_eq!(case(text), both, "{text}");
        }
        let turned = Some([("実績".to_owned(), Role::Result), ("計画".to_owned(), Role::Plan)]);
        assert_eq!(case("上段は実績、下段は計画"), turned);
        assert_eq!(case("目標値（令和９年度）"), None);
    }

    #[test]
    fn a_cell_has_two_figures_or_one() {
        let case = |text: &str| split(&passage(text)).map(|parts| parts.map(|part| part.text));
        let two = |a: &str, b: &str| Some([a.to_owned(), b.to_owned()]);
        assert_eq!(case("2,300\n(2,218)").map(|[a, b]| [a.trim().to_owned(), b]), two("2,300", "(2,218)"));
        assert_eq!(case("2,300（2,218）"), two("2,300", "（2,218）"));
        assert_eq!(case("5.4\n5.1"), two("5.4", "5.1"));
        assert_eq!(case("(2,218)"), two("", "(2,218)"));
        assert_eq!((case("3,100"), case("1\n2\n3")), (None, None));
    }
}
