//! Takes what `ToUnicode` says of a code, tells whether the font itself says something else: a producer that renumbered
//! glyphs or mapped them wrongly leaves a page on which a reader sees one letter and every program reads another. Only
//! letters and digits that no font draws alike count; which of both is right, nobody can tell from here.

use lopdf::Document;
use unicode_normalization::UnicodeNormalization;

use super::{Font, Kind};
use crate::pdf::Decoding;

/// Script of a character, as far as characters of two scripts cannot share a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Ascii,
    Japanese,
}

impl Font {
    /// Whether the code, which is `text` by `ToUnicode`, is another letter by the CMap that the font names or by the
    /// character map of its program.
    pub(super) fn contradicts(&self, objects: &Document, code: u32, bytes: u8, text: &str) -> bool {
        let Kind::Composite(font) = &self.kind else { return false };
        let other = if font.cids_are_glyphs() && !font.is_coded() {
            self.by_characters(objects, code, bytes, font)
        } else {
            self.by_dictionary(code, bytes)
                .filter(|(_, decoding)| matches!(decoding, Decoding::UnicodeCMap | Decoding::Cp932))
        };
        let Some((other, decoding)) = other.filter(|(other, _)| other != text) else { return false };
        match (letter(text), letter(&other)) {
            // Collections hold several forms of one ideograph, which producers may tell apart or not.
            (Some((_, Script::Japanese)), Some((_, Script::Japanese))) if decoding != Decoding::FontProgram => false,
            (Some((said, _)), Some((own, _))) => said != own,
            _ => false,
        }
    }
}

/// The only letter or digit of a text in its plain form, and its script; `None` for signs and other scripts, whose
/// letters may look like these.
fn letter(text: &str) -> Option<(char, Script)> {
    let mut plain = text.nfkc();
    let (character, None) = (plain.next()?, plain.next()) else { return None };
    let lower = character.to_ascii_lowercase();
    if character.is_ascii_alphanumeric() {
        Some((lower, Script::Ascii))
    } else {
        let japanese =
            matches!(character, 'ぁ'..='ん' | 'ァ'..='ヴ' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
        japanese.then_some((lower, Script::Japanese))
    }
}

#[cfg(test)]
mod tests {
    use super::{Script, letter};

    #[test]
    fn letters_are_compared_in_their_plain_form() {
        assert_eq!(letter("Ａ"), Some(('a', Script::Ascii)));
        assert_eq!(letter("都"), Some(('都', Script::Japanese)));
        assert_eq!(letter("\u{FA26}"), Some(('都', Script::Japanese)));
        for text in ["、", "Α", "А", "ffi", "都市", "", "〜", "‐"] {
            assert_eq!(letter(text), None, "{text}");
        }
    }
}
