//! Takes the words of a page, takes out those that stand aslant over it in large print, as 「案」 and 「取扱注意」 do: they
//! are stamped on the page and no part of what its lines and cells say. Slanted heads of narrow columns are several, as
//! small as the rest, and stay.

use crate::layout::word::Word;
use crate::layout::{Line, LineGlyph, ruled, spacing};
use crate::pdf::Page;

/// Text set aslant is a stamp if it is the only one, or at least this many times as large as most text.
const LARGE: f32 = 1.6;

/// Takes the stamps out of the words, and gives their lines.
pub(crate) fn take(page: &Page, words: &mut Vec<Word>) -> Vec<Line> {
    if page.runs.iter().all(|run| !run.aslant) {
        return Vec::new();
    }
    let run = |word: &Word| page.glyphs.get(word.first as usize).map(|glyph| glyph.run);
    let is_aslant = |word: &Word| run(word).and_then(|run| page.runs.get(run as usize)).is_some_and(|run| run.aslant);
    let (aslant, level): (Vec<Word>, Vec<Word>) = words.iter().copied().partition(is_aslant);
    let in_one_line = |a: &Word, b: &Word| a.end == b.first && run(a) == run(b);
    let alone = aslant.chunk_by(in_one_line).count() == 1;
    let large = LARGE * ruled::size(&level);
    let is_stamp = |word: &Word| (alone || word.size >= large) && is_aslant(word);
    let stamps: Vec<Word> = aslant.iter().filter(|word| is_stamp(word)).copied().collect();
    words.retain(|word| !is_stamp(word));
    stamps
        .chunk_by(in_one_line)
        .filter_map(|line| line.iter().map(|word| spacing::of_word(page, word)).reduce(joined))
        .collect()
}

/// Two parts of a line as one.
fn joined(mut line: Line, next: Line) -> Line {
    let base = line.text.len() as u32;
    line.text.push_str(&next.text);
    line.bbox = line.bbox.union(&next.bbox);
    line.glyphs.extend(next.glyphs.iter().map(|g| LineGlyph { offset: g.offset + base, glyph: g.glyph }));
    line
}

#[cfg(test)]
mod tests {
    use crate::layout::lay_out;
    use crate::layout::made::Made;

    /// A table of four cells, with texts set aslant in the lower ones, so many points large.
    fn stamped(texts: &[(f32, &str)], size: f32) -> (Vec<String>, Vec<String>) {
        let made = Made::page().grid(&[100.0, 200.0, 300.0], &[100.0, 130.0, 160.0]).text(105.0, 105.0, "評価");
        let mut made = made.text(205.0, 105.0, "令和５年度").text(105.0, 140.0, "A");
        for (x, text) in texts {
            made = made.text(*x, 140.0, text);
            if let Some(run) = made.0.runs.last_mut() {
                (run.aslant, run.size) = (true, size);
            }
        }
        let over = lay_out(made.0.clone()).over.into_iter().map(|line| line.text).collect();
        (made.read(), over)
    }

    #[test]
    fn large_print_aslant_is_no_part_of_a_cell() {
        let cells = ["[2x2]", "0,0 評価", "0,1 令和５年度", "1,0 A"].map(str::to_owned);
        let stamp = |text: &str| (cells.to_vec(), vec![text.to_owned()]);
        assert_eq!(stamped(&[(205.0, "見え消し")], 40.0), stamp("見え消し"));
        assert_eq!(stamped(&[(205.0, "案")], 10.0), stamp("案"));
    }

    #[test]
    fn slanted_heads_of_columns_stay() {
        let (cells, over) = stamped(&[(205.0, "男性"), (255.0, "女性")], 10.0);
        assert_eq!((cells.last().map(String::as_str), over.len()), (Some("1,1 男性 女性"), 0));
    }
}
