//! Takes a code of a simple font, gives the character that a named encoding assigns to it (ISO 32000-2, annex D).
//! `Differences` and the encodings that font programs build in are left to the simple font.

/// A named encoding of 256 codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    WinAnsi,
    MacRoman,
    PdfDoc,
    Symbol,
    ZapfDingbats,
}

impl Encoding {
    /// The encoding of that name.
    pub(super) fn new(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            b"PDFDocEncoding" => Some(Self::PdfDoc),
            b"SymbolEncoding" | b"SymbolSetEncoding" => Some(Self::Symbol),
            b"ZapfDingbatsEncoding" => Some(Self::ZapfDingbats),
            _ => None,
        }
    }

    /// The character of a code.
    pub(super) fn character(self, code: u8) -> Option<char> {
        let rows = match self {
            Self::Standard => &STANDARD,
            Self::WinAnsi => &WIN_ANSI,
            Self::MacRoman => &MAC_ROMAN,
            Self::PdfDoc => &PDF_DOC,
            Self::Symbol => &SYMBOL,
            Self::ZapfDingbats => &ZAPF_DINGBATS,
        };
        let row = rows.get(usize::from(code / ROW).checked_sub(1)?)?;
        row.chars().nth(usize::from(code % ROW)).filter(|&character| character != char::REPLACEMENT_CHARACTER)
    }
}

/// Codes in a row of the tables, which begin at code 32. U+FFFD stands where an encoding has no character.
const ROW: u8 = 32;

/// Adobe standard Latin.
static STANDARD: [&str; 7] = [
    " !\"#$%&’()*+,-./0123456789:;<=>?",
    "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_",
    "‘abcdefghijklmnopqrstuvwxyz{|}~�",
    "��������������������������������",
    "�¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ�–†‡·�¶•‚„”»…‰�¿",
    "�`´ˆ˜¯˘˙¨�˚¸�˝˛ˇ—���������������",
    "�Æ�ª����ŁØŒº�����æ���ı��łøœß����",
];
/// Windows code page 1252; unused codes show a bullet.
static WIN_ANSI: [&str; 7] = [
    " !\"#$%&'()*+,-./0123456789:;<=>?",
    "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_",
    "`abcdefghijklmnopqrstuvwxyz{|}~•",
    "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ",
    " ¡¢£¤¥¦§¨©ª«¬-®¯°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
];
/// Mac OS Roman.
static MAC_ROMAN: [&str; 7] = [
    " !\"#$%&'()*+,-./0123456789:;<=>?",
    "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_",
    "`abcdefghijklmnopqrstuvwxyz{|}~�",
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü",
    "†°¢£§•¶ß®©™´¨�ÆØ�±��¥µ�����ªº�æø",
    "¿¡¬�ƒ��«»… ÀÃÕŒœ–—“”‘’÷�ÿŸ⁄¤‹›ﬁﬂ",
    "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ�ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
];
/// The encoding of text strings outside content streams.
static PDF_DOC: [&str; 7] = [
    " !\"#$%&'()*+,-./0123456789:;<=>?",
    "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_",
    "`abcdefghijklmnopqrstuvwxyz{|}~�",
    "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž�",
    "€¡¢£¤¥¦§¨©ª«¬�®¯°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
];
/// Built into the font Symbol.
static SYMBOL: [&str; 7] = [
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    "≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    "‾αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼�",
    "��������������������������������",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵",
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�",
];
/// Built into the font ZapfDingbats.
static ZAPF_DINGBATS: [&str; 7] = [
    " ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟",
    "✠✡✢✣✤✥✦✧★✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿",
    "❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏❐❑❒▲▼◆❖◗❘❙❚❛❜❝❞�",
    "❨❩❪❫❬❭❮❯❰❱❲❳❴❵������������������",
    "�❡❢❣❤❥❦❧♣♦♥♠①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿",
    "➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓➔→↔↕➘➙➚➛➜➝➞➟",
    "➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯�➱➲➳➴➵➶➷➸➹➺➻➼➽➾�",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(encoding: Encoding, code: u8, expected: Option<char>) {
        assert_eq!(encoding.character(code), expected, "{encoding:?} {code:#X}");
    }

    #[test]
    fn codes_that_tell_the_encodings_apart() {
        case(Encoding::Standard, 0x27, Some('’'));
        case(Encoding::WinAnsi, 0x27, Some('\''));
        case(Encoding::WinAnsi, 0x80, Some('€'));
        case(Encoding::MacRoman, 0x80, Some('Ä'));
        case(Encoding::PdfDoc, 0x80, Some('•'));
        case(Encoding::Symbol, 0x61, Some('α'));
        case(Encoding::ZapfDingbats, 0xAC, Some('①'));
    }

    #[test]
    fn first_and_last_codes() {
        case(Encoding::WinAnsi, 0x20, Some(' '));
        case(Encoding::WinAnsi, 0xFF, Some('ÿ'));
        case(Encoding::Standard, 0xFF, None);
        case(Encoding::WinAnsi, 0x1F, None);
    }

    #[test]
    fn every_row_is_complete() {
        for table in [STANDARD, WIN_ANSI, MAC_ROMAN, PDF_DOC, SYMBOL, ZAPF_DINGBATS] {
            assert!(table.iter().all(|row| row.chars().count() == usize::from(ROW)));
        }
    }
}
