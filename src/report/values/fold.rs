//! Printed text made comparable: full-width letters, digits and punctuation become half-width, half-width kana become
//! full-width, all dashes one `-`, all circles one `○`, all crosses one `×`. White space stays, as plain spaces. Every
//! pattern of a rule pack is matched against folded text, and the ranges it finds are led back to the printed text.

use super::sieve::Sieve;
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, decompose_compatible};

/// Folded text with the way back to the text it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded<'t> {
    /// The text that patterns see.
    pub text: Cow<'t, str>,
    /// Its characters.
    sieve: Sieve,
    /// The way back, ascending. Empty where each character takes as many bytes as what it was made from.
    steps: Vec<Step>,
}

/// An offset of the folded text from which on the printed text lies ahead or behind by another distance than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    folded: u32,
    printed: u32,
}

impl<'t> Folded<'t> {
    /// Folds `printed`.
    #[must_use]
    pub fn new(printed: &'t str) -> Self {
        let mut sieve = Sieve::default();
        let mut before = 0;
        for (offset, c) in printed.char_indices() {
            if !stays(c) {
                // The character before may take a voicing mark.
                return Folding::new(printed, sieve).finish(before, offset);
            }
            sieve.insert(c);
            before = offset;
        }
        Self { text: Cow::Borrowed(printed), sieve, steps: Vec::new() }
    }

    /// Its characters.
    #[must_use]
    pub fn sieve(&self) -> &Sieve {
        &self.sieve
    }

    /// The text without any white space: the form in which two labels are the same label.
    #[must_use]
    pub fn key(&self) -> Cow<'_, str> {
        if self.has_space() { Cow::Owned(self.text.replace(' ', "")) } else { Cow::Borrowed(&self.text) }
    }

    /// Folding leaves no other white space.
    fn has_space(&self) -> bool {
        self.sieve.may_hold(' ')
    }

    /// The part of the printed text that `range` of the folded text was made from.
    #[must_use]
    pub fn printed(&self, range: Range<usize>) -> Range<usize> {
        if self.steps.is_empty() {
            return range;
        }
        let at = |folded: usize| {
            let steps = self.steps.partition_point(|step| step.folded as usize <= folded);
            let last = steps.checked_sub(1).and_then(|last| self.steps.get(last));
            last.map_or(folded, |step| step.printed as usize + (folded - step.folded as usize))
        };
        at(range.start)..at(range.end)
    }
}

/// Text on the way to its folded form.
struct Folding<'t> {
    printed: &'t str,
    text: String,
    sieve: Sieve,
    steps: Vec<Step>,
    /// Where in the printed text the next character stands if it goes on from the last step.
    ahead: isize,
}

impl<'t> Folding<'t> {
    /// `sieve` holds the characters that stay before the first one that does not.
    fn new(printed: &'t str, sieve: Sieve) -> Self {
        Self { printed, text: String::with_capacity(printed.len()), sieve, steps: Vec::new(), ahead: 0 }
    }

    /// Folds the text, whose first character that does not stay is at `from`; the one before it is at `before`.
    fn finish(mut self, mut before: usize, from: usize) -> Folded<'t> {
        let printed = self.printed;
        // Characters that stay are taken over together.
        let mut run = 0;
        let mut characters = printed[from..].char_indices().map(|(i, c)| (from + i, c));
        while let Some((offset, c)) = characters.next() {
            if stays(c) {
                self.sieve.insert(c);
                before = offset;
                continue;
            }
            let next = offset + c.len_utf8();
            let kana = if is_voicing(c) { printed[run..offset].chars().next_back() } else { None };
            if let Some(voiced) = kana.and_then(|kana| voice(kana, c)) {
                self.copy(run..before);
                self.push(voiced, before);
                run = next;
                continue;
            }
            self.copy(run..offset);
            run = next;
            if let Some(plain) = plain(c) {
                self.push(plain, offset);
                continue;
            }
            let mark = printed[next..].chars().next().filter(|mark| is_voicing(*mark));
            if let Some((mark, voiced)) = mark.and_then(|mark| Some((mark, voice(c, mark)?))) {
                characters.next();
                run += mark.len_utf8();
                self.push(voiced, offset);
                continue;
            }
            std::iter::once(c).nfkc().for_each(|part| self.push(plain(part).unwrap_or(part), offset));
        }
        self.copy(run..printed.len());
        self.step(printed.len());
        Folded { text: Cow::Owned(self.text), sieve: self.sieve, steps: self.steps }
    }

    /// Takes a part of the printed text over as it is; its characters are in the sieve.
    fn copy(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.step(range.start);
            self.text.push_str(&self.printed[range]);
        }
    }

    /// Adds a character that stands for what is printed at `offset`.
    fn push(&mut self, c: char, offset: usize) {
        self.step(offset);
        self.sieve.insert(c);
        self.text.push(c);
    }

    /// Keeps that what comes next is printed at `offset`, where that is not what the last step says.
    fn step(&mut self, offset: usize) {
        let ahead = offset as isize - self.text.len() as isize;
        if ahead != self.ahead {
            self.ahead = ahead;
            self.steps.push(Step { folded: self.text.len() as u32, printed: offset as u32 });
        }
    }
}

/// The [`Folded::key`] of `printed`.
#[must_use]
pub fn key(printed: &str) -> Cow<'_, str> {
    if printed.chars().all(|c| c != ' ' && stays(c)) {
        return Cow::Borrowed(printed);
    }
    let folded = Folded::new(printed);
    if folded.has_space() { Cow::Owned(folded.text.replace(' ', "")) } else { folded.text }
}

/// Whether two texts have the same [`key`]. Most that have not differ in their first character.
#[must_use]
pub fn same_key(a: &str, b: &str) -> bool {
    let start = |printed: &str| first(printed).filter(|c| *c != ' ');
    let differs = || start(a).zip(start(b)).is_some_and(|(a, b)| a != b);
    a == b || !differs() && key(a) == key(b)
}

/// The first character of the folded text, where it takes no look at more than the first two of the printed one.
#[must_use]
pub(crate) fn first(printed: &str) -> Option<char> {
    let mut characters = printed.chars();
    let first = plain(characters.next()?)?;
    characters.next().is_none_or(|mark| !is_voicing(mark)).then_some(first)
}

/// Whether folding leaves `c` as it is, unless a voicing mark follows.
#[inline]
fn stays(c: char) -> bool {
    // What reports consist of is asked first.
    matches!(c, ' '..='~' | '\u{301d}'..='\u{30ff}' | '一'..='鿿' | '、'..='〆' | '〈'..='\u{301b}')
        || plain(c) == Some(c)
}

fn is_voicing(c: char) -> bool {
    matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

/// The character that stands for `c`, or `None` when it falls into several or needs its compatibility form.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\t'..='\r' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' => ' ',
        '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{ff0d}' | '\u{fe63}' => '-',
        '\u{3007}' | '\u{25ef}' | '\u{2b55}' | '\u{26aa}' | '\u{25cb}' => '○',
        '\u{2715}' | '\u{2716}' | '\u{2613}' | '\u{274c}' | '\u{2a2f}' => '×',
        '\u{301c}' | '\u{ff5e}' => '~',
        '\u{ff65}' => '・',
        '\u{ff01}'..='\u{ff5d}' => char::from_u32(c as u32 - 0xfee0)?,
        '\u{ff66}'..='\u{ff9f}' | '\u{32ff}' | '\u{3300}'..='\u{33ff}' | '\u{ffe5}' => return None,
        _ => c,
    })
}

/// A half-width kana and the half-width voicing mark after it as one full-width kana.
fn voice(kana: char, mark: char) -> Option<char> {
    let mark = match mark {
        '\u{ff9e}' => '\u{3099}',
        '\u{ff9f}' => '\u{309a}',
        _ => return None,
    };
    let mut base = None;
    decompose_compatible(kana, |part| base = Some(part));
    compose(base?, mark)
}

#[cfg(test)]
mod tests {
    use super::{Folded, first, key, same_key};

    #[track_caller]
    fn case(printed: &str, folded: &str) {
        assert_eq!(Folded::new(printed).text, folded);
        assert!(first(printed).is_none_or(|first| folded.starts_with(first)), "{printed}");
    }

    #[test]
    fn widths_dashes_and_signs_become_one() {
        case("Ｒ２年度（％）", "R2年度(%)");
        case("１，２３４．５", "1,234.5");
        case("－ − ― ‐ –", "- - - - -");
        case("〇○◯", "○○○");
        case("✕☓×", "×××");
        case("ﾊﾟｰﾄﾅｰ", "パートナー");
        case("㋿５年", "令和5年");
        case("㌫", "パーセント");
        case("①Ⅰ㈱", "①Ⅰ㈱");
        case("ハンドブック", "ハンドブック");
        case("ハﾟートかﾞハﾝﾄﾞ、ﾞﾞ", "パートがハンド、\u{3099}\u{3099}");
    }

    #[test]
    fn ranges_lead_back_to_the_printed_text() {
        let printed = "㋿５年度（案）";
        let folded = Folded::new(printed);
        let at = folded.text.find("5年度").unwrap();
        assert_eq!(&printed[folded.printed(at..at + "5年度".len())], "５年度");
        assert_eq!(folded.printed(0..folded.text.len()), 0..printed.len());
        let printed = "㌫をﾊﾟｰ５％か゛";
        let folded = Folded::new(printed);
        let part = |of: &str| folded.text.rfind(of).map(|at| &printed[folded.printed(at..at + of.len())]);
        let parts = ["を", "パ", "ー", "5", "%", "か", "パー5", "5%か"].map(part);
        assert_eq!(parts, ["を", "ﾊﾟ", "ｰ", "５", "％", "か", "ﾊﾟｰ５", "５％か"].map(Some));
    }

    #[test]
    fn texts_of_one_key_are_the_same() {
        for (a, b) in [("進 捗　状\n況", "進捗状況"), (" Ａ", "A"), ("ﾊﾟ", "パ"), ("", " "), ("㋿", "令和")]
        {
            assert!(same_key(a, b) && same_key(b, a), "{a:?} {b:?}");
        }
        for (a, b) in [("ﾊﾟ", "ﾊ"), ("A", "B"), ("A", "AB"), ("", "A")] {
            assert!(!same_key(a, b) && !same_key(b, a), "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_key_has_no_white_space() {
        assert_eq!(key("進 捗　状\n況"), "進捗状況");
        assert_eq!(key("Ａ\u{2028} Ｂ"), "AB");
        assert_eq!(key("Ａ"), "A");
        let white = ('\0'..=char::MAX).filter(|c| c.is_whitespace()).collect::<String>();
        assert_eq!(key(&white), "");
    }
}
