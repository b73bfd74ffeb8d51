//! Takes a text, tells whether its brackets balance and whether it stops inside a word.

use super::subject::plain;
use unicode_normalization::UnicodeNormalization;

/// Opening and closing brackets, folded to half width where they have one.
const BRACKETS: [(char, char); 5] = [('(', ')'), ('「', '」'), ('『', '』'), ('【', '】'), ('[', ']')];

/// Why brackets do not balance, if they do not: the bracket that has no partner, as printed. List items like `1)` and `a)` are no
/// brackets.
pub(super) fn unbalanced(text: &str) -> Option<char> {
    let folded = |printed: char| std::iter::once(printed).nfkc().map(move |c| (c, printed));
    let (text, printed): (Vec<char>, Vec<char>) = text.chars().flat_map(folded).unzip();
    let mut open: Vec<(char, char)> = Vec::new();
    for (i, (&c, &printed)) in text.iter().zip(&printed).enumerate() {
        if BRACKETS.iter().any(|(opening, _)| *opening == c) {
            open.push((c, printed));
        } else if let Some((opening, _)) = BRACKETS.iter().find(|(_, closing)| *closing == c) {
            match open.pop() {
                Some((top, _)) if top == *opening => {}
                None if c == ')' && is_list_item(&text, i) => {}
                _ => return Some(printed),
            }
        }
    }
    open.pop().map(|(_, printed)| printed)
}

/// Whether the closing bracket at `i` ends a label such as `1)` or `ア)` at the beginning of an item.
fn is_list_item(text: &[char], i: usize) -> bool {
    let label = text.get(..i).unwrap_or_default();
    let start = label.iter().rposition(|c| !c.is_alphanumeric()).map_or(0, |at| at + 1);
    let at_beginning = start == 0 || label.get(start - 1).is_some_and(|c| c.is_whitespace() || "。・、:(".contains(*c));
    at_beginning && (1..=2).contains(&(i - start))
}

/// Whether the text stops inside a word: a conjunction that lacks its ending, or a comma.
pub(super) fn stops_inside_a_word(text: &str) -> bool {
    const HALF: [(&str, &str); 3] = [("及", "普追言波遡論企"), ("並", "足家町軒"), ("若し", "")];
    let text = plain(text);
    let half = |(end, before): &(&str, &str)| {
        let stem = text.strip_suffix(end)?;
        stem.chars().last().filter(|c| !before.contains(*c))
    };
    text.ends_with('、') || HALF.iter().any(|one| half(one).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn brackets(text: &str, expected: Option<char>) {
        assert_eq!(unbalanced(text), expected, "{text}");
    }

    #[test]
    fn brackets_balance_across_widths_and_lines() {
        brackets("11人/12人)", Some(')'));
        brackets("(11人／15人）", None);
        brackets("（うち男性５人。", Some('（'));
        brackets("「計画", Some('「'));
        brackets("1) 周知\n2) 研修", None);
        brackets("・ア)窓口", None);
        brackets("研修（主任職）を実施した。", None);
    }

    #[test]
    fn a_word_may_end_like_a_cut_conjunction() {
        assert!(stops_inside_a_word("各種制度の周知及"));
        assert!(!stops_inside_a_word("制度の普及"));
        assert!(!stops_inside_a_word("周知及び充実"));
    }
}
