//! Takes the blocks below the heading of a legend, gives the signs that stand in one line with their meanings in the next
//! line, where no ruling makes a table of them.

use super::item::Item;
use super::order::runs;
use crate::document::{Block, Document, Glyph, Passage};
use crate::report::values::fold::key;

/// Fewest signs that make a scale beyond doubt.
const FEWEST: usize = 3;
/// Most signs of a scale.
const MOST: usize = 9;

/// The items of a legend that begins at block `from`: signs of a scale in its order, then as many meanings.
pub(super) fn items(document: &Document, from: usize) -> Option<Vec<Item>> {
    let blocks = document.blocks.get(from..)?;
    let lines = || blocks.iter().map_while(line);
    let signs: Vec<&Passage> = lines().take(MOST).take_while(|text| is_sign(text)).collect();
    if signs.len() < FEWEST {
        return None;
    }
    let meanings: Vec<&Passage> = lines().skip(signs.len()).take(signs.len()).collect();
    let pairs = signs.iter().zip(&meanings).map(|(sign, meaning)| Item::of_cells(sign, meaning));
    let items: Vec<Item> = pairs.collect();
    let told = meanings.len() == signs.len() && !meanings.iter().any(|text| is_sign(text));
    (told && runs(&items) && in_line(document, &signs) && in_line(document, &meanings)).then_some(items)
}

/// Whether the texts stand side by side on one page.
fn in_line(document: &Document, texts: &[&Passage]) -> bool {
    let first = |text: &&Passage| document.glyphs.get(text.origins.first()?.glyph as usize);
    let glyphs: Option<Vec<_>> = texts.iter().map(first).collect();
    let beside = |pair: &[&Glyph]| {
        let [a, b] = pair else { return false };
        a.page == b.page && a.bbox.x1 <= b.bbox.x0 && (a.bbox.y0..a.bbox.y1).contains(&b.bbox.center().y)
    };
    glyphs.is_some_and(|glyphs| glyphs.windows(2).all(beside))
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
    use crate::document::{Block, Document, Glyph, Origin, Paragraph, Passage};
    use crate::geom::Rect;

    /// Lines of texts side by side, in the order of a reader.
    #[track_caller]
    fn case(lines: &[&[&str]], expected: Option<&[&str]>) {
        let mut document = Document::default();
        for (row, texts) in (0u8..).zip(lines) {
            for (column, text) in (0u8..).zip(*texts) {
                let (x, y) = (100.0 * f32::from(column), 20.0 * f32::from(row));
                let glyph = document.glyphs.len() as u32;
                document.glyphs.push(Glyph { page: 1, bbox: Rect::new(x, y, x + 10.0, y + 10.0), ..Glyph::default() });
                let text = Passage { text: (*text).into(), origins: vec![Origin { offset: 0, glyph }] };
                document.blocks.push(Block::Paragraph(Paragraph { text, ..Paragraph::default() }));
            }
        }
        let found = items(&document, 0);
        let found = found.map(|items| items.iter().map(|item| item.whole.text.clone()).collect::<Vec<_>>());
        assert_eq!(found, expected.map(|texts| texts.iter().map(ToString::to_string).collect()));
    }

    #[test]
    fn signs_in_a_line_above_their_meanings() {
        let meanings: &[&str] = &["達成", "概ね達成", "遅れ"];
        let expected: &[&str] = &["5 達成", "4 概ね達成", "3 遅れ"];
        case(&[&["5", "4", "3"], meanings, &["(1) 子育て"]], Some(expected));
        case(&[&["◎", "○", "△"], meanings], Some(&["◎ 達成", "○ 概ね達成", "△ 遅れ"]));
    }

    #[test]
    fn other_short_lines_are_no_scale() {
        case(&[&["5", "4"], &["達成", "遅れ"]], None);
        case(&[&["5", "4", "3"], &["達成", "遅れ"]], None);
        case(&[&["5", "4", "3"], &["達成", "遅れ"], &["(1) 子育て"]], None);
        case(&[&["4", "5", "3"], &["達成", "概ね達成", "遅れ"]], None);
        case(&[&["A", "B", "C", "D"], &["達成", "概ね達成", "遅れ", "E"]], None);
        case(&[&["A"], &["B"], &["C"], &["達成", "概ね達成", "遅れ"]], None);
    }
}
