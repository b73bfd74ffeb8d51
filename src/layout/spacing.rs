//! Takes the words of one line in reading order, gives the line with its text: spaces where the page shows them, none
//! inside letter-spaced Japanese words, and text that was drawn twice to look bold only once.

use crate::geom::Rect;
use crate::layout::frame::along;
use crate::layout::line::Row;
use crate::layout::script::is_japanese;
use crate::layout::spread;
use crate::layout::word::{Word, glyph_text, single};
use crate::layout::{Line, LineGlyph};
use crate::pdf::Page;

/// Narrowest gap that is a space between Latin words, in ems.
const LATIN_SPACE: f32 = 0.15;
/// Narrowest gap that is a space between a Latin and a Japanese character; typesetters put up to 0.33 em there.
const MIXED_SPACE: f32 = 0.5;
/// Narrowest gap between Japanese characters that is no justification but separates two entries, in ems.
const JAPANESE_SPACE: f32 = 1.5;
/// The same between two words of several characters each that follow one another: justification pulls characters apart.
const WORD_SPACE: f32 = 0.9;
/// The same behind the label that a line begins with (１ 計画), where many producers draw no glyph for the space.
const LABEL_SPACE: f32 = 0.75;
/// Longest such label in characters.
const LONGEST_LABEL: usize = 5;
/// A white space glyph counts where the gap that a reader sees is at least this wide, in ems.
const GLYPH_SPACE: f32 = 0.1;
/// Copies of a glyph drawn to look bold stand at most this far apart, in ems.
const BOLD_SHIFT: f32 = 0.2;

/// Bytes of most characters of Japanese text in UTF-8.
const USUAL_BYTES: usize = 3;

/// The line that a word alone makes.
pub(crate) fn of_word(page: &Page, word: &Word) -> Line {
    let mut line =
        Line { text: String::new(), glyphs: Vec::new(), bbox: word.bbox, size: word.size, vertical: word.vertical };
    match word.stretch(page) {
        Some((text, start)) => {
            line.text = text.to_owned();
            line.glyphs = line_glyphs(page, word, 0, start).collect();
        }
        None => put_word(page, word, &[], &mut line),
    }
    line
}

/// The glyphs of a word whose text begins at `start` in the text of the page and at `offset` in that of its line.
fn line_glyphs(page: &Page, word: &Word, offset: u32, start: u32) -> impl ExactSizeIterator<Item = LineGlyph> {
    let (first, glyphs) = (word.first, word.glyph_list(page).iter().enumerate());
    glyphs.map(move |(index, glyph)| LineGlyph { offset: offset + (glyph.start - start), glyph: first + index as u32 })
}

/// The line that the words of `row` make.
pub(crate) fn line(page: &Page, row: &Row) -> Line {
    if let [only] = row.words.as_slice() {
        return Line { vertical: row.vertical, ..of_word(page, only) };
    }
    let untangled = overlaps(row).then(|| untangle(page, row));
    let row = untangled.as_ref().map_or(row, |(row, _)| row);
    let doubles: &[(u32, u32)] = untangled.as_ref().map_or(&[], |(_, doubles)| doubles);
    let spread = spread::spread(page, row);
    let glyphs = row.words.iter().map(|w| w.glyphs().len() + 1).sum();
    let mut line = Line {
        text: String::with_capacity(USUAL_BYTES * glyphs),
        glyphs: Vec::with_capacity(glyphs),
        bbox: row.bbox(),
        size: size(row),
        vertical: row.vertical,
    };
    for (index, word) in row.words.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| row.words.get(i));
        if let Some(before) = before.filter(|_| spread.get(index) != Some(&true)) {
            put_space(page, row, before, word, &mut line);
        }
        put_word(page, word, doubles, &mut line);
    }
    line
}

/// Adds the characters of `word`, and with each the glyphs that were drawn over it.
fn put_word(page: &Page, word: &Word, doubles: &[(u32, u32)], line: &mut Line) {
    if doubles.is_empty()
        && let Some((text, start)) = word.stretch(page)
    {
        let offset = line.text.len() as u32;
        line.text.push_str(text);
        line.glyphs.extend(line_glyphs(page, word, offset, start));
        return;
    }
    for index in word.glyphs() {
        let Some(glyph) = page.glyphs.get(index as usize) else { continue };
        let text = glyph_text(page, glyph);
        if text.is_empty() {
            continue;
        }
        let offset = line.text.len() as u32;
        line.text.push_str(text);
        line.glyphs.push(LineGlyph { offset, glyph: index });
        let from = doubles.partition_point(|(of, _)| *of < index);
        line.glyphs.extend(
            doubles
                .iter()
                .skip(from)
                .take_while(|(of, _)| *of == index)
                .map(|(_, glyph)| LineGlyph { offset, glyph: *glyph }),
        );
    }
}

/// Adds the space between two words, if a reader sees one.
fn put_space(page: &Page, row: &Row, before: &Word, word: &Word, line: &mut Line) {
    let em = before.size.max(word.size);
    let gap = along(row.direction, &word.bbox).start - along(row.direction, &before.bbox).end;
    let offset = line.text.len() as u32;
    if let Some(space) = word.space.filter(|_| gap >= GLYPH_SPACE * em && word.first > before.first) {
        let text = page.glyphs.get(space as usize).map(|g| glyph_text(page, g)).unwrap_or_default();
        line.text.push_str(if text.contains('\u{3000}') { "\u{3000}" } else { " " });
        line.glyphs.push(LineGlyph { offset, glyph: space });
        return;
    }
    let last = line.text.chars().next_back().is_some_and(is_japanese);
    let first = page.glyphs.get(word.first as usize).and_then(|g| glyph_text(page, g).chars().next());
    let narrowest = match (last, first.is_some_and(is_japanese)) {
        (true, true) if is_label(&line.text) => LABEL_SPACE,
        (true, true) if before.end == word.first && before.glyphs().len() > 1 && word.glyphs().len() > 1 => WORD_SPACE,
        (true, true) => JAPANESE_SPACE,
        (false, false) => LATIN_SPACE,
        _ => MIXED_SPACE,
    };
    if gap >= narrowest * em {
        line.text.push(' ');
    }
}

/// Whether a text is the number or the kana that an entry begins with.
fn is_label(text: &str) -> bool {
    let is_kana = |c: char| matches!(c, 'ア'..='ン' | 'ｱ'..='ﾝ' | 'あ'..='ん');
    let is_number = |c: char| c.is_numeric() || is_kana(c) || "（）()［］.．、第".contains(c);
    text.chars().nth(LONGEST_LABEL).is_none()
        && text.chars().all(is_number)
        && text.chars().filter(|c| is_kana(*c)).count() <= 1
}

/// Font size of most glyphs.
fn size(row: &Row) -> f32 {
    if let [first, others @ ..] = row.words.as_slice()
        && others.iter().all(|word| word.size == first.size)
    {
        return first.size;
    }
    let mut sizes: Vec<(f32, u32)> = row.words.iter().map(|w| (w.size, w.end - w.first)).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let counted = sizes.chunk_by(|a, b| b.0 - a.0 < 0.05).map(|same| {
        (same.last().map_or(0.0, |(size, _)| *size), same.iter().map(|(_, count)| u64::from(*count)).sum::<u64>())
    });
    counted.reduce(|a, b| if b.1 > a.1 { b } else { a }).map_or(0.0, |(size, _)| size)
}

/// Whether a word begins well before the one before it ends.
fn overlaps(row: &Row) -> bool {
    let mut end = f32::MIN;
    row.words.iter().any(|word| {
        let span = along(row.direction, &word.bbox);
        let overlaps = span.start < end - 0.5 * word.size.min(span.length());
        end = end.max(span.end);
        overlaps
    })
}

/// The same row with overlapping words taken apart into glyphs in reading order, and the glyphs that were only drawn
/// again: pairs of the glyph that stays and its double, ascending.
fn untangle(page: &Page, row: &Row) -> (Row, Vec<(u32, u32)>) {
    let mut glyphs: Vec<Word> = Vec::new();
    for word in &row.words {
        for index in word.glyphs() {
            let Some(glyph) = page.glyphs.get(index as usize) else { continue };
            let space = word.space.filter(|_| index == word.first);
            glyphs.push(Word {
                space,
                direction: word.direction,
                vertical: word.vertical,
                ..single(page, index, glyph)
            });
        }
    }
    let middle = |w: &Word| along(row.direction, &w.bbox).middle();
    glyphs.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.first.cmp(&b.first)));
    let mut kept: Vec<Word> = Vec::with_capacity(glyphs.len());
    let mut doubles = Vec::new();
    for glyph in glyphs {
        let near = |k: &&Word| middle(&glyph) - middle(k) <= BOLD_SHIFT * glyph.size;
        let same = |k: &&Word| text_of(page, k) == text_of(page, &glyph);
        match kept.iter().rev().take(4).take_while(near).find(same) {
            Some(original) => doubles.push((original.first, glyph.first)),
            None => kept.push(glyph),
        }
    }
    doubles.sort_unstable();
    (Row { words: regrouped(row, kept), ..row.clone() }, doubles)
}

/// The text of a word of one glyph.
fn text_of<'a>(page: &'a Page, word: &Word) -> &'a str {
    page.glyphs.get(word.first as usize).map(|g| glyph_text(page, g)).unwrap_or_default()
}

/// Puts glyphs together again that follow one another without a gap. Different texts that lie over one another would
/// interleave into nonsense, so they are read one after the other.
fn regrouped(row: &Row, glyphs: Vec<Word>) -> Vec<Word> {
    let tangled = glyphs.windows(2).filter(|pair| {
        let (a, b) = (along(row.direction, &pair[0].bbox), along(row.direction, &pair[1].bbox));
        a.overlap(b) > 0.5 * a.length().min(b.length())
    });
    let tangled = 2 * tangled.count() > glyphs.len();
    let mut glyphs = glyphs;
    if tangled {
        glyphs.sort_by_key(|g| g.first);
    }
    let mut words: Vec<Word> = Vec::new();
    for glyph in glyphs {
        match words.last_mut() {
            Some(word) if word.end == glyph.first && glyph.space.is_none() && follows(row, &word.bbox, &glyph) => {
                word.end = glyph.end;
                word.bbox = word.bbox.union(&glyph.bbox);
                word.visible += glyph.visible;
            }
            _ => words.push(glyph),
        }
    }
    words
}

/// Whether a glyph stands right behind a box.
fn follows(row: &Row, before: &Rect, glyph: &Word) -> bool {
    (along(row.direction, &glyph.bbox).start - along(row.direction, before).end).abs() < LATIN_SPACE * glyph.size
}

#[cfg(test)]
mod tests {
    use crate::layout::made::Made;
    use crate::layout::{Item, lay_out};
    use crate::pdf::Visibility;

    #[track_caller]
    fn case(made: Made, expected: &[&str]) {
        assert_eq!(made.read(), expected);
    }

    /// A text with each part at its own place on one line.
    fn parts(parts: &[(f32, &str)]) -> Made {
        parts.iter().fold(Made::page(), |made, (x, text)| made.text(*x, 100.0, text))
    }

    #[test]
    fn joins_letter_spaced_words() {
        case(parts(&[(100.0, "進"), (125.0, "捗"), (150.0, "状"), (175.0, "況")]), &["進捗状況"]);
        case(parts(&[(100.0, "進 捗 状 況")]), &["進捗状況"]);
        case(parts(&[(100.0, "合　　計")]), &["合計"]);
        case(parts(&[(100.0, "1"), (108.0, "総"), (150.0, "務")]), &["1総務"]);
    }

    #[test]
    fn a_space_behind_a_number_stays_where_text_is_drawn_twice() {
        let twice = |made: Made, (x, text): (f32, &str)| made.text(x, 100.0, text).text(x + 0.3, 100.0, text);
        let parts = [(100.0, "1"), (105.0, " "), (108.0, "勤"), (118.0, "務"), (128.0, "環"), (138.0, "境")];
        case(parts.into_iter().fold(Made::page(), twice), &["1 勤務環境"]);
    }

    #[test]
    fn a_label_stays_with_what_is_typed_behind_it() {
        case(parts(&[(100.0, "目　標　　30％以上")]), &["目　標　30％以上"]);
        case(parts(&[(100.0, "課　題　　全校で行う。")]), &["課　題　全校で行う。"]);
        case(parts(&[(100.0, "実　績　　全 14 課で行った。")]), &["実　績　全 14 課で行った。"]);
        case(parts(&[(100.0, "令和６年６月28日　　総務部人事課")]), &["令和６年６月28日", "総務部人事課"]);
        case(parts(&[(100.0, "目標"), (140.0, "実績")]), &["目標", "実績"]);
    }

    #[test]
    fn keeps_spaces_that_a_reader_sees() {
        case(parts(&[(100.0, "two"), (118.0, "words")]), &["two words"]);
        case(parts(&[(100.0, "基本目標 意識づくり")]), &["基本目標 意識づくり"]);
        case(parts(&[(100.0, "（１）　推進")]), &["（１）　推進"]);
        case(parts(&[(100.0, "目標"), (122.5, "50"), (135.0, "％以上")]), &["目標50％以上"]);
        case(parts(&[(100.0, "進捗"), (123.0, "状況")]), &["進捗状況"]);
        case(parts(&[(100.0, "進捗"), (128.0, "状況")]), &["進捗状況"]);
        case(parts(&[(100.0, "評価"), (130.0, "目標達成")]), &["評価 目標達成"]);
        case(parts(&[(100.0, "１"), (120.0, "勤務環境の整備")]), &["１ 勤務環境の整備"]);
        case(parts(&[(100.0, "ア"), (120.0, "研修の実施")]), &["ア 研修の実施"]);
        case(parts(&[(100.0, "１"), (115.0, "勤務環境の整備")]), &["１勤務環境の整備"]);
    }

    #[test]
    fn text_drawn_twice_is_read_once_and_both_are_counted() {
        let sheet = lay_out(parts(&[(100.0, "太字 ABC"), (100.4, "太字 ABC")]).0);
        let Some(Item::Line(line)) = sheet.items.first() else { panic!("no line") };
        assert_eq!((sheet.items.len(), line.text.as_str()), (1, "太字 ABC"));
        let mut glyphs: Vec<u32> = line.glyphs.iter().map(|g| g.glyph).collect();
        glyphs.sort_unstable();
        glyphs.retain(|g| ![2, 8].contains(g));
        assert_eq!(glyphs, [0, 1, 3, 4, 5, 6, 7, 9, 10, 11]);
    }

    #[test]
    fn an_invisible_layer_does_not_double_the_text() {
        let made = parts(&[(100.0, "評価")]).shown(101.0, 102.0, "評伍", Visibility::Invisible);
        let sheet = lay_out(made.0);
        let Some(Item::Line(line)) = sheet.items.first() else { panic!("no line") };
        assert_eq!((line.text.as_str(), line.glyphs.len()), ("評価", 4));
        case(Made::page().shown(100.0, 100.0, "画像の文字", Visibility::Invisible), &["画像の文字"]);
    }
}
