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
    /// For each byte of `text` and its end: offset in the printed text. Empty where that is the text itself.
    back: Vec<u32>,
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
                return Folding::new(printed, before).finish(sieve);
            }
            sieve.insert(c);
            before = offset;
        }
        Self { text: Cow::Borrowed(printed), sieve, back: Vec::new() }
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
        let Some(last) = self.back.len().checked_sub(1) else { return range };
        let at = |i: usize| self.back.get(i.min(last)).copied().unwrap_or(0) as usize;
        at(range.start)..at(range.end)
    }
}

/// Text on the way to its folded form.
struct Folding<'t> {
    printed: &'t str,
    text: String,
    back: Vec<u32>,
}

impl<'t> Folding<'t> {
    /// `printed`, of which the part before `offset` stays as it is.
    fn new(printed: &'t str, offset: usize) -> Self {
        let mut text = String::with_capacity(printed.len());
        let mut back = Vec::with_capacity(printed.len() + 1);
        text.push_str(&printed[..offset]);
        back.extend(0..offset as u32);
        Self { printed, text, back }
    }

    fn finish(mut self, mut sieve: Sieve) -> Folded<'t> {
        let start = self.text.len();
        let mut characters = self.printed[start..].char_indices().map(|(i, c)| (start + i, c)).peekable();
        while let Some((offset, c)) = characters.next() {
            let voiced = characters.peek().and_then(|&(_, mark)| voice(c, mark));
            if let Some(voiced) = voiced {
                characters.next();
                self.push(voiced, offset);
                continue;
            }
            match plain(c) {
                Some(plain) => self.push(plain, offset),
                None => std::iter::once(c).nfkc().for_each(|part| self.push(plain(part).unwrap_or(part), offset)),
            }
        }
        self.text[start..].chars().for_each(|c| sieve.insert(c));
        self.back.push(self.printed.len() as u32);
        Folded { text: Cow::Owned(self.text), sieve, back: self.back }
    }

    fn push(&mut self, c: char, offset: usize) {
        self.text.push(c);
        self.back.extend(std::iter::repeat_n(offset as u32, c.len_utf8()));
    }
}

/// The [`Folded::key`] of `printed`.
#[must_use]
pub fn key(printed: &str) -> Cow<'_, str> {
    let folded = Folded::new(printed);
    if folded.has_space() { Cow::Owned(folded.text.replace(' ', "")) } else { folded.text }
}

/// Whether folding leaves `c` as it is, wherever it stands.
fn stays(c: char) -> bool {
    matches!(c, ' '..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿') || plain(c) == Some(c)
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
    use super::{Folded, key};

    #[track_caller]
    fn case(printed: &str, folded: &str) {
        assert_eq!(Folded::new(printed).text, folded);
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
    }

    #[test]
    fn ranges_lead_back_to_the_printed_text() {
        let printed = "㋿５年度（案）";
        let folded = Folded::new(printed);
        let at = folded.text.find("5年度").unwrap();
        assert_eq!(&printed[folded.printed(at..at + "5年度".len())], "５年度");
        assert_eq!(folded.printed(0..folded.text.len()), 0..printed.len());
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
