//! Takes the character map of a font program entry by entry, gives it read backwards: which character a glyph shows.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::pdf::font::fold;

/// The best character of each glyph.
#[derive(Debug, Default)]
pub(in crate::pdf::font) struct Characters {
    by_glyph: HashMap<u32, char, FixedState>,
}

impl Characters {
    /// The character of a glyph.
    pub(in crate::pdf::font) fn of(&self, glyph: u32) -> Option<char> {
        self.by_glyph.get(&glyph).copied()
    }

    /// Notes that the map leads from `character` to `glyph`, and keeps it if it is the likeliest so far.
    pub(super) fn map(&mut self, character: char, glyph: u32) {
        let best = self.by_glyph.entry(glyph).or_insert(character);
        if *best != character && rank(character) < rank(*best) {
            *best = character;
        }
    }
}

/// How unlikely it is that a text means this character when others share its glyph; at last the lowest one wins.
fn rank(character: char) -> (u8, char) {
    let class = match character {
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => 4,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => 4,
        _ if !fold::is_plain(character) => 3,
        // Presentation and compatibility forms, strokes of ideographs, letters that are units or signs.
        '\u{31C0}'..='\u{31EF}' | '\u{FB00}'..='\u{FEFF}' | '\u{2100}'..='\u{214F}' => 2,
        // Blanks and hyphens that only behave differently.
        '\u{A0}' | '\u{AD}' | '\u{2000}'..='\u{200F}' | '\u{2011}' | '\u{202F}' | '\u{B5}' | '\u{2215}' => 1,
        _ => 0,
    };
    (class, character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(shared: &str, expected: char) {
        let mut characters = Characters::default();
        shared.chars().for_each(|character| characters.map(character, 1));
        assert_eq!(characters.of(1), Some(expected));
    }

    #[test]
    fn of_the_characters_of_a_glyph_the_plain_one_is_meant() {
        case("\u{2F2C}行\u{FA08}", '行');
        case("\u{F914}樂", '樂');
        case("⻑長", '長');
        case("\u{A0} ", ' ');
        case("\u{AD}-", '-');
        case("㇐一", '一');
        case("\u{F0A7}▪", '▪');
        case("ΩΩ", 'Ω');
    }
}
