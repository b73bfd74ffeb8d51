//! Takes single characters, says how Japanese typesetting treats them. It leaves words and lines to `word` and `line`.

/// Whether the character belongs to Japanese typesetting, which sets no space between words: ideographs, kana,
/// full-width forms, CJK punctuation and the signs that Japanese fonts draw one em wide.
#[inline]
pub(crate) fn is_japanese(c: char) -> bool {
    // Nearly all characters are one of these or ASCII.
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}') || !c.is_ascii() && is_other_japanese(c)
}

fn is_other_japanese(c: char) -> bool {
    is_letter(c)
        || matches!(u32::from(c),
            0x2010..=0x2015 | 0x2018..=0x201D | 0x2025..=0x2026 | 0x203B | 0x2160..=0x217F | 0x2190..=0x21FF
            | 0x2212 | 0x2460..=0x24FF | 0x2500..=0x27BF | 0x3200..=0x33FF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF)
}

/// Whether the character is an ideograph, a kana or one of the marks that stand for one (々, ー).
pub(crate) fn is_letter(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3041..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x3FFFF)
}

/// Whether the bytes of a text show that it is one character and no white space, as that of nearly all glyphs is: a
/// sign of ASCII or one from U+3001 on that three bytes write.
#[inline]
pub(crate) fn is_inked(text: &[u8]) -> bool {
    match text {
        [0xE3, middle, last] => (*middle, *last) != (0x80, 0x80),
        [0xE4..=0xEF, _, _] | [0x21..=0x7E] => true,
        _ => false,
    }
}

/// Whether Unicode counts the character as a letter; those of Japanese text need no look at its tables.
pub(crate) fn is_alphabetic(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '㐀'..='䶿' | '一'..='鿿') || c.is_alphabetic()
}

/// Whether the character is a digit, half or full width.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::{is_digit, is_inked, is_japanese, is_letter};

    #[test]
    fn tells_japanese_from_latin() {
        for c in "取組みｱー々（）０※①→○、。・〇㈱Ⅰ".chars() {
            assert!(is_japanese(c), "{c}");
        }
        for c in "aZ0%().,-é".chars() {
            assert!(!is_japanese(c), "{c}");
        }
        assert!("進捗状況たナｱー〇".chars().all(is_letter));
        assert!(!"○△※・、（０".chars().any(is_letter));
        assert!("0９".chars().all(is_digit));
    }

    #[test]
    fn bytes_tell_that_a_character_is_inked() {
        for text in ["取", "か", "ー", "、", "（", "9", "~", "!"] {
            assert!(is_inked(text.as_bytes()), "{text}");
        }
        for text in ["", " ", "\u{3000}", "\u{a0}", "\t", "\u{7f}", "か "] {
            assert!(!is_inked(text.as_bytes()), "{text:?}");
        }
    }
}
