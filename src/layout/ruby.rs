//! Takes the words of a page, takes out the ruby (ルビ) above them: small kana over a character say how it is read. They
//! are accounted for with the character that they stand over, and give no text.

use crate::layout::script::is_letter;
use crate::layout::word::{Word, glyph_text};
use crate::pdf::{Direction, Page};

/// Sizes of ruby as parts of the size of the text below.
const SIZES: std::ops::RangeInclusive<f32> = 0.3..=0.62;
/// How far above the middle of its text that of ruby stands, in ems of the text.
const RISE: std::ops::RangeInclusive<f32> = 0.45..=1.15;
/// Most words that one small word is compared with: what has more at one height is no text.
const MOST_NEAR: usize = 400;

/// Takes the ruby out of the words: pairs of a glyph below and one of its ruby, ascending.
pub(crate) fn take(page: &Page, words: &mut Vec<Word>) -> Vec<(u32, u32)> {
    let sizes = || words.iter().map(|word| word.size);
    let (smallest, largest) = (sizes().fold(f32::MAX, f32::min), sizes().fold(0.0, f32::max));
    if smallest > SIZES.end() * largest {
        return Vec::new();
    }
    let mut bases: Vec<&Word> = words.iter().filter(|word| stands_level(word)).collect();
    bases.sort_by(|a, b| a.bbox.center().y.total_cmp(&b.bbox.center().y));
    let mut pairs = Vec::new();
    let mut is_ruby = vec![false; words.len()];
    for (word, is_ruby) in words.iter().zip(&mut is_ruby) {
        if !stands_level(word) || !word.glyphs().all(|index| is_kana(page, index)) {
            continue;
        }
        let Some(below) = base(page, word, &bases) else { continue };
        *is_ruby = true;
        pairs.extend(word.glyphs().map(|index| (below, index)));
    }
    let mut is_ruby = is_ruby.into_iter();
    words.retain(|_| !is_ruby.next().unwrap_or(false));
    pairs.sort_unstable();
    pairs
}

fn stands_level(word: &Word) -> bool {
    word.direction == Direction::Right && !word.vertical
}

fn is_kana(page: &Page, index: u32) -> bool {
    let kana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・');
    page.glyphs.get(index as usize).is_some_and(|glyph| glyph_text(page, glyph).chars().all(kana))
}

/// The character that a small word stands over, among words from the highest to the lowest.
fn base(page: &Page, ruby: &Word, bases: &[&Word]) -> Option<u32> {
    let middle = ruby.bbox.center();
    let lowest = ruby.size / SIZES.start() * RISE.end();
    let from = bases.partition_point(|word| word.bbox.center().y <= middle.y);
    let mut near = bases.iter().skip(from).take_while(|word| word.bbox.center().y <= middle.y + lowest).take(MOST_NEAR);
    let under = |word: &&&Word| {
        SIZES.contains(&(ruby.size / word.size))
            && RISE.contains(&((word.bbox.center().y - middle.y) / word.size))
            && (word.bbox.x0..=word.bbox.x1).contains(&middle.x)
    };
    let word = near.find(under)?;
    let covers = |index: &u32| page.glyphs.get(*index as usize).is_some_and(|glyph| glyph.bbox.x1 >= middle.x);
    let index = word.glyphs().find(covers)?;
    let glyph = page.glyphs.get(index as usize)?;
    glyph_text(page, glyph).chars().all(|c| is_letter(c) && !is_kana(page, index)).then_some(index)
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;

    /// `small` of the size 5 over the second and third of four characters.
    fn over(small: &str, y: f32) -> Vec<String> {
        let mut made = Made::page().text(100.0, 108.0, "製造品出荷額").text(122.0, y, small);
        let run = made.0.glyphs.last().map_or(0, |glyph| glyph.run);
        made.0.runs[run as usize].size = 5.0;
        for (index, glyph) in made.0.glyphs.iter_mut().filter(|glyph| glyph.run == run).enumerate() {
            (glyph.bbox.x0, glyph.bbox.y1) = (122.0 + 5.0 * index as f32, glyph.bbox.y0 + 5.0);
            glyph.bbox.x1 = glyph.bbox.x0 + 5.0;
        }
        made.read()
    }

    #[test]
    fn small_kana_over_a_word_are_no_text() {
        assert_eq!(over("ひん", 102.0), ["製造品出荷額"]);
        assert_eq!(over("注記", 102.0), ["注記", "製造品出荷額"]);
        assert_eq!(over("ひん", 90.0), ["ひん", "製造品出荷額"]);
    }
}
