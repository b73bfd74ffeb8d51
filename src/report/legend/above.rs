//! Takes the blocks below the heading of a legend, gives the signs that stand in one line with their meanings in the next
//! line, where no ruling makes a table of them.

use super::item::Item;
use super::order::runs;
use crate::document::{Block, Passage};
use crate::report::values::fold::key;

/// Fewest signs that make a scale beyond doubt.
const FEWEST: usize = 3;
/// Most signs of a scale.
const MOST: usize = 9;

/// The items of a legend that begins with `blocks`: signs of a scale in its order, then as many meanings.
pub(super) fn items(blocks: &[Block]) -> Option<Vec<Item>> {
    let lines = || blocks.iter().map_while(line);
    let signs: Vec<&Passage> = lines().take(MOST).take_while(|text| is_sign(text)).collect();
    if signs.len() < FEWEST {
        return None;
    }
    let meanings: Vec<&Passage> = lines().skip(signs.len()).take(signs.len()).collect();
    let pairs = signs.iter().zip(&meanings).map(|(sign, meaning)| {
        let mut whole = (*sign).clone();
        whole.append(" ", meaning);
        Item { grade: (*sign).clone(), meaning: (*meaning).clone(), whole }
    });
    let items: Vec<Item> = pairs.collect();
    let told = meanings.len() == signs.len() && !meanings.iter().any(|text| is_sign(text));
    (told && runs(&items)).then_some(items)
}

/// A paragraph of one line.
fn line(block: &Block) -> Option<&Passage> {
    match block {
        Block::Paragraph(paragraph) if !paragraph.text.text.contains('\n') => Some(&paragraph.text),
        _ => None,
    }
}

/// Whether it is one character.
fn is_sign(text: &Passage) -> bool {
    let key = key(&text.text);
    key.chars().next().is_some() && key.chars().nth(1).is_none()
}

#[cfg(test)]
mod tests {
    use super::items;
    use crate::document::{Block, Paragraph, Passage};

    #[track_caller]
    fn case(texts: &[&str], expected: Option<&[&str]>) {
        let text = |text: &&str| Passage { text: (*text).into(), origins: Vec::new() };
        let blocks: Vec<Block> =
            texts.iter().map(|t| Block::Paragraph(Paragraph { text: text(t), ..Paragraph::default() })).collect();
        let found = items(&blocks).map(|items| items.iter().map(|item| item.whole.text.clone()).collect::<Vec<_>>());
        assert_eq!(found, expected.map(|texts| texts.iter().map(ToString::to_string).collect()));
    }

    #[test]
    fn signs_in_a_line_above_their_meanings() {
        case(&["5", "4", "3", "達成", "概ね達成", "遅れ", "(1) 子育て"], Some(&["5 達成", "4 概ね達成", "3 遅れ"]));
        case(&["◎", "○", "△", "達成", "概ね達成", "遅れ"], Some(&["◎ 達成", "○ 概ね達成", "△ 遅れ"]));
    }

    #[test]
    fn other_short_lines_are_no_scale() {
        case(&["5", "4", "達成", "遅れ"], None);
        case(&["5", "4", "3", "達成", "遅れ"], None);
        case(&["4", "5", "3", "達成", "概ね達成", "遅れ"], None);
        case(&["A", "B", "C", "D", "達成", "概ね達成", "遅れ", "E"], None);
    }
}
