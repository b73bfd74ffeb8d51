//! Takes decoded text, gives it without the accidents of text layers: variation selectors go, radicals and
//! compatibility forms become the plain ideograph, forms that only typesetting asked for (Latin ligatures, punctuation
//! turned for vertical writing) become what was typed. It leaves every other character as printed: `①`, `㈱`, `㎡`, `Ⅰ`,
//! half-width and full-width forms are not its business.

use unicode_normalization::char::{decompose_canonical, decompose_compatible};

/// The unified ideographs of U+2E80 to U+2EF3 (the property Equivalent_Unified_Ideograph of Unicode 14, UAX 44); a
/// radical that has none stands for itself.
const SUPPLEMENT: &str = "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// The Latin ligatures from U+FB00 on.
const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

/// The characters whose forms for vertical writing are U+FE10 to U+FE19 and U+FE30 to U+FE48, full-width where the
/// punctuation of Japanese is.
const TURNED_FIRST: &str = "，、。：；！？〖〗…";
const TURNED_SECOND: &str = "‥—–＿﹏（）｛｝〔〕【】《》〈〉「」『』﹅﹆［］";

/// Appends `text` to `out` as the contract wants characters.
pub(super) fn fold_into(text: &str, out: &mut String) {
    for character in text.chars() {
        match u32::from(character).checked_sub(0xFB00).and_then(|index| LIGATURES.get(usize::try_from(index).ok()?)) {
            Some(letters) => out.push_str(letters),
            None => out.extend(fold(character)),
        }
    }
}

/// Whether the text is of blocks of which [`fold_into`] leaves every character as it is: nearly all text.
pub(super) fn is_left(text: &str) -> bool {
    text.chars().all(|character| matches!(character, ..'\u{2E80}' | '\u{3000}'..'\u{F900}'))
}

/// Whether [`fold_into`] would leave the character as it is.
pub(super) fn is_plain(character: char) -> bool {
    fold(character) == Some(character)
}

/// One character: `None` for a variation selector, the ideograph for a radical or a compatibility ideograph.
///
/// Compatibility ideographs are folded by their canonical decomposition only: what Unicode holds for the same
/// character (`神` U+FA19 is `神`) is folded, what merely looks alike stays (`﨑` U+FA11 is not `崎`).
fn fold(character: char) -> Option<char> {
    let folded = match u32::from(character) {
        0xFE00..=0xFE0F | 0xE0100..=0xE01EF => return None,
        code @ 0x2E80..=0x2EF3 => nth(SUPPLEMENT, code, 0x2E80).unwrap_or(character),
        0x2F00..=0x2FD5 => sole(character, |c, emit| decompose_compatible(c, emit)),
        code @ 0xFE10..=0xFE19 => nth(TURNED_FIRST, code, 0xFE10).unwrap_or(character),
        code @ 0xFE30..=0xFE48 => nth(TURNED_SECOND, code, 0xFE30).unwrap_or(character),
        0xF900..=0xFAFF | 0x2F800..=0x2FA1F => sole(character, |c, emit| decompose_canonical(c, emit)),
        _ => character,
    };
    Some(folded)
}

fn nth(table: &str, code: u32, first: u32) -> Option<char> {
    table.chars().nth(usize::try_from(code.checked_sub(first)?).ok()?)
}

/// The last character that `decompose` emits: all decompositions asked for here have one.
fn sole(character: char, decompose: impl FnOnce(char, &mut dyn FnMut(char))) -> char {
    let mut only = character;
    decompose(character, &mut |part| only = part);
    only
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        let mut out = String::new();
        fold_into(text, &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn kangxi_radicals_become_ideographs() {
        case("⽉⾏⽣⽂⾧⽬標⼦育て⽀援", "月行生文長目標子育て支援");
    }

    #[test]
    fn radicals_of_the_supplement_become_ideographs() {
        case("市⺠・⻑・⻄・⻘・⻝・⻩・⻲・⻯・⺟", "市民・長・西・青・食・黄・亀・竜・母");
    }

    #[test]
    fn radicals_without_an_ideograph_stay() {
        case("\u{2E80}\u{2E9A}", "\u{2E80}\u{2E9A}");
    }

    #[test]
    fn duplicates_from_korean_and_taiwanese_sets_become_ideographs() {
        case("\u{F914}\u{F98E}\u{FA08}\u{FA0A}\u{FA0C}", "樂年行見兀");
    }

    #[test]
    fn compatibility_ideographs_follow_their_canonical_decomposition() {
        case("\u{FA19}\u{FA10}\u{FA26}\u{2F81A}", "神塚都冬");
    }

    #[test]
    fn ideographs_of_names_that_only_look_like_compatibility_forms_stay() {
        case("﨑\u{FA0E}\u{FA0F}髙德濵", "﨑\u{FA0E}\u{FA0F}髙德濵");
    }

    #[test]
    fn punctuation_turned_for_vertical_writing_is_what_was_typed() {
        case("︵課長︶﹁目標﹂﹇Ａ﹈︻取組︼︑︒︱︙", "（課長）「目標」［Ａ］【取組】、。—…");
        assert_eq!(TURNED_FIRST.chars().count(), 10);
        assert_eq!(TURNED_SECOND.chars().count(), 25);
    }

    #[test]
    fn a_colon_in_horizontal_text_that_comes_as_its_form_for_vertical_writing_is_a_colon() {
        case("通常⽔位計とは\u{FE13}", "通常水位計とは：");
    }

    #[test]
    fn latin_ligatures_are_the_letters_that_were_typed() {
        case("e\u{FB03}ciency of \u{FB01}gures \u{FB06}", "efficiency of figures st");
    }

    #[test]
    fn variation_selectors_go() {
        case("進捗\u{E0100}状況\u{FE00}葛\u{E0101}", "進捗状況葛");
    }

    #[test]
    fn everything_else_stays_as_printed() {
        case("①㈱㎡Ⅰ％Ａ（ｱ）～−－㋿ー々〆", "①㈱㎡Ⅰ％Ａ（ｱ）～−－㋿ー々〆");
    }
}
