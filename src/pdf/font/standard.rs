//! Takes the name of a font that is not embedded, gives the metrics of the standard 14 font it names or is an alias of
//! (ISO 32000-2, 9.6.2.2). What its codes mean is left to the simple font.

/// One of the standard 14 fonts; those that share their widths are one here.
#[derive(Debug, Clone, Copy)]
pub(super) struct StandardFont {
    widths: Widths,
    /// Height of the ascenders above the baseline, in 1/1000 of text space.
    pub(super) ascent: f32,
    /// Depth of the descenders, negative, in 1/1000 of text space.
    pub(super) descent: f32,
}

#[derive(Debug, Clone, Copy)]
enum Widths {
    Fixed(u16),
    /// Each width with the characters that have it.
    Grouped(&'static [(u16, &'static str)]),
}

impl StandardFont {
    /// The standard font of that name, style suffixes (`Arial,Bold`, `TimesNewRomanPS-ItalicMT`) understood.
    pub(super) fn new(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
        let bold = name.contains("bold");
        let italic = name.contains("italic") || name.contains("oblique");
        let family = |names: &[&str]| names.iter().any(|family| name.starts_with(family));
        let font = if family(&["courier"]) {
            Self { widths: Widths::Fixed(600), ascent: 629.0, descent: -157.0 }
        } else if family(&["helvetica", "arial"]) {
            let widths = Widths::Grouped(if bold { HELVETICA_BOLD } else { HELVETICA });
            Self { widths, ascent: 718.0, descent: -207.0 }
        } else if family(&["times"]) {
            let widths = match (bold, italic) {
                (false, false) => TIMES_ROMAN,
                (true, false) => TIMES_BOLD,
                (false, true) => TIMES_ITALIC,
                (true, true) => TIMES_BOLD_ITALIC,
            };
            Self { widths: Widths::Grouped(widths), ascent: 683.0, descent: -217.0 }
        } else if family(&["symbol"]) {
            Self { widths: Widths::Grouped(SYMBOL), ascent: 700.0, descent: -220.0 }
        } else if family(&["zapfdingbats"]) {
            Self { widths: Widths::Grouped(ZAPF_DINGBATS), ascent: 700.0, descent: -143.0 }
        } else {
            return None;
        };
        Some(font)
    }

    /// The width of a character in 1/1000 of text space.
    pub(super) fn width(&self, character: char) -> Option<f32> {
        match self.widths {
            Widths::Fixed(width) => Some(f32::from(width)),
            Widths::Grouped(groups) => {
                groups.iter().find(|(_, characters)| characters.contains(character)).map(|(width, _)| f32::from(*width))
            }
        }
    }
}

static HELVETICA: &[(u16, &str)] = &[
    (167, "⁄"),
    (191, "'"),
    (222, "ijlł‘’‚"),
    (260, "|¦"),
    (278, " !,./:;I[\\]ft·ÌÍÎÏìíîïı"),
    (333, "()-`r¡¨¯²³´¸¹ˆˇ˘˙˚˛˜˝“”„‹›"),
    (334, "{}"),
    (350, "•"),
    (355, "\""),
    (365, "º"),
    (370, "ª"),
    (389, "*"),
    (400, "°"),
    (469, "^"),
    (500, "Jcksvxyzçýÿšžﬁﬂ"),
    (537, "¶"),
    (556, "#$0123456789?L_abdeghnopqu¢£¤¥§«µ»àáâãäåèéêëðñòóôõöùúûüþŁƒ–†‡€"),
    (584, "+<=>~¬±×÷−"),
    (611, "FTZ¿ßøŽ"),
    (667, "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞŠŸ"),
    (722, "CDHNRUwÇÐÑÙÚÛÜ"),
    (737, "©®"),
    (778, "GOQÒÓÔÕÖØ"),
    (833, "Mm"),
    (834, "¼½¾"),
    (889, "%æ"),
    (944, "Wœ"),
    (1000, "ÆŒ—…‰™"),
    (1015, "@"),
];
static HELVETICA_BOLD: &[(u16, &str)] = &[
    (167, "⁄"),
    (238, "'"),
    (278, " ,./I\\ijl·ÌÍÎÏìíîïıł‘’‚"),
    (280, "|¦"),
    (333, "!()-:;[]`ft¡¨¯²³´¸¹ˆˇ˘˙˚˛˜˝‹›"),
    (350, "•"),
    (365, "º"),
    (370, "ª"),
    (389, "*r{}"),
    (400, "°"),
    (474, "\""),
    (500, "zž“”„"),
    (556, "#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿšƒ–†‡€"),
    (584, "+<=>^~¬±×÷−"),
    (611, "?FLTZbdghnopquµ¿ßðñòóôõöøùúûüþŁŽﬁﬂ"),
    (667, "EPSVXYÈÉÊËÝÞŠŸ"),
    (722, "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜ"),
    (737, "©®"),
    (778, "GOQwÒÓÔÕÖØ"),
    (833, "M"),
    (834, "¼½¾"),
    (889, "%mæ"),
    (944, "Wœ"),
    (975, "@"),
    (1000, "ÆŒ—…‰™"),
];
static TIMES_ROMAN: &[(u16, &str)] = &[
    (167, "⁄"),
    (180, "'"),
    (200, "|¦"),
    (250, " ,.·"),
    (276, "ª"),
    (278, "/:;\\ijltìíîïıł"),
    (300, "²³¹"),
    (310, "º"),
    (333, "!()-I[]`fr¡¨¯´¸ÌÍÎÏˆˇ˘˙˚˛˜˝‘’‚‹›"),
    (350, "•"),
    (389, "Jsš"),
    (400, "°"),
    (408, "\""),
    (444, "?acez¿àáâãäåçèéêëž“”„"),
    (453, "¶"),
    (469, "^"),
    (480, "{}"),
    (500, "#$*0123456789_bdghknopquvxy¢£¤¥§«µ»ßðñòóôõöøùúûüýþÿƒ–†‡€"),
    (541, "~"),
    (556, "FPSÞŠﬁﬂ"),
    (564, "+<=>¬±×÷−"),
    (611, "ELTZÈÉÊËŁŽ"),
    (667, "BCRÇæ"),
    (722, "ADGHKNOQUVXYwÀÁÂÃÄÅÐÑÒÓÔÕÖØÙÚÛÜÝœŸ"),
    (750, "¼½¾"),
    (760, "©®"),
    (778, "&m"),
    (833, "%"),
    (889, "MÆŒ"),
    (921, "@"),
    (944, "W"),
    (980, "™"),
    (1000, "—…‰"),
];
static TIMES_BOLD: &[(u16, &str)] = &[
    (167, "⁄"),
    (220, "|¦"),
    (250, " ,.·"),
    (278, "'/\\ilìíîïıł"),
    (300, "ª²³¹"),
    (330, "º"),
    (333, "!()-:;[]`fjt¡¨¯´¸ˆˇ˘˙˚˛˜˝‘’‚‹›"),
    (350, "•"),
    (389, "IsÌÍÎÏš"),
    (394, "{}"),
    (400, "°"),
    (444, "cerzçèéêëž"),
    (500, "#$*0123456789?J_agovxy¢£¤¥§«»¿àáâãäåðòóôõöøýÿƒ–“”„†‡€"),
    (520, "~"),
    (540, "¶"),
    (555, "\""),
    (556, "SbdhknpquµßñùúûüþŠﬁﬂ"),
    (570, "+<=>¬±×÷−"),
    (581, "^"),
    (611, "FPÞ"),
    (667, "BELTZÈÉÊËŁŽ"),
    (722, "ACDNRUVXYwÀÁÂÃÄÅÇÐÑÙÚÛÜÝæœŸ"),
    (747, "©®"),
    (750, "¼½¾"),
    (778, "GHKOQÒÓÔÕÖØ"),
    (833, "&m"),
    (930, "@"),
    (944, "M"),
    (1000, "%WÆŒ—…‰™"),
];
static TIMES_ITALIC: &[(u16, &str)] = &[
    (167, "⁄"),
    (214, "'"),
    (250, " ,.·"),
    (275, "|¦"),
    (276, "ª"),
    (278, "/\\fijltìíîïıł"),
    (300, "²³¹"),
    (310, "º"),
    (333, "!()-:;I`¨¯´¸ÌÍÎÏˆˇ˘˙˚˛˜˝‘’‚‹›"),
    (350, "•"),
    (389, "[]rsz¡šž"),
    (400, "{}°"),
    (420, "\""),
    (422, "^"),
    (444, "Jcekvxyçèéêëýÿ"),
    (500, "#$*0123456789?S_abdghnopqu¢£¤¥§«µ»¿ßàáâãäåðñòóôõöøùúûüþŠƒ–†‡€ﬁﬂ"),
    (523, "¶"),
    (541, "~"),
    (556, "LTYZÝŁŸŽ“”„"),
    (611, "ABEFPRVXÀÁÂÃÄÅÈÉÊËÞ"),
    (667, "CKNwÇÑæœ"),
    (675, "+<=>¬±×÷−"),
    (722, "DGHOQUmÐÒÓÔÕÖØÙÚÛÜ"),
    (750, "¼½¾"),
    (760, "©®"),
    (778, "&"),
    (833, "%MW"),
    (889, "Æ—…"),
    (920, "@"),
    (944, "Œ"),
    (980, "™"),
    (1000, "‰"),
];
static TIMES_BOLD_ITALIC: &[(u16, &str)] = &[
    (167, "⁄"),
    (220, "|¦"),
    (250, " ,.·"),
    (266, "ª"),
    (278, "'/\\ijltìíîïıł"),
    (300, "²³¹º"),
    (333, "()-:;[]`f¨¯´¸ˆˇ˘˙˚˛˜˝‘’‚‹›"),
    (348, "{}"),
    (350, "•"),
    (389, "!Irsz¡ÌÍÎÏšž"),
    (400, "°"),
    (444, "cevyçèéêëýÿ"),
    (500, "#$*0123456789?J_abdgkopqx¢£¤¥§«¶»¿ßàáâãäåðòóôõöøþƒ–“”„†‡€"),
    (555, "\""),
    (556, "ShnuñùúûüŠﬁﬂ"),
    (570, "+<=>^~±×÷"),
    (576, "µ"),
    (606, "¬−"),
    (611, "LPTYZÝÞŁŸŽ"),
    (667, "ABCEFKRVXwÀÁÂÃÄÅÇÈÉÊË"),
    (722, "DGNOQUÐÑÒÓÔÕÖØÙÚÛÜæœ"),
    (747, "©®"),
    (750, "¼½¾"),
    (778, "&Hm"),
    (832, "@"),
    (833, "%"),
    (889, "MW"),
    (944, "ÆŒ"),
    (1000, "—…‰™"),
];
static SYMBOL: &[(u16, &str)] = &[
    (167, "⁄"),
    (200, "|"),
    (247, "′"),
    (250, " ,.⋅"),
    (274, "∫"),
    (278, "/:;"),
    (329, "ι〈〉"),
    (333, "!()[]Ι"),
    (384, "⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦"),
    (400, "°"),
    (411, "γ″"),
    (439, "εςτ∋"),
    (444, "?"),
    (460, "•"),
    (480, "{}"),
    (493, "ξ"),
    (494, "δζ∂⎧⎨⎩⎪⎫⎬⎭◊"),
    (500, "#0123456789_ƒ‾∗"),
    (521, "θνφ"),
    (549, "+<=>±×÷βκλοπρχ∃−√∼≅≈≠≡≤≥"),
    (556, "Ρ"),
    (576, "µυ"),
    (592, "Σ"),
    (603, "Γησϕ↑↓⇑⇓∧∨⏐"),
    (611, "ΕΖΤ"),
    (612, "∆"),
    (620, "ϒ"),
    (631, "αϑ"),
    (645, "Ξ"),
    (658, "↵⊥"),
    (667, "Β"),
    (686, "Λψωℑ⌠⌡⎮"),
    (690, "Υ"),
    (713, "¬ϖ∀∇∈∉∑∝∞⊂⊃⊄⊆⊇"),
    (722, "ΑΗΚΝΟΧ"),
    (741, "Θ"),
    (750, "€"),
    (753, "♠♣♥♦"),
    (763, "Φ"),
    (768, "ΠΩ∠∩∪⊕⊗"),
    (778, "&"),
    (786, "™"),
    (790, "©®\u{F8FF}"),
    (795, "Ψℜ"),
    (823, "ℵ∅∏"),
    (833, "%"),
    (863, "∴"),
    (889, "Μ"),
    (987, "℘←→⇐⇒"),
    (1000, "…⎯"),
    (1042, "↔⇔"),
];
static ZAPF_DINGBATS: &[(u16, &str)] = &[
    (138, "❘"),
    (234, "❲❳"),
    (276, "❬❭"),
    (277, "❙"),
    (278, " "),
    (317, "❪❫"),
    (334, "❴❵"),
    (390, "❨❩"),
    (392, "❛❜"),
    (410, "❰❱"),
    (415, "❚"),
    (438, "◗"),
    (458, "↕"),
    (463, "➧"),
    (494, "✝"),
    (509, "❮❯"),
    (537, "✟"),
    (544, "❢❣"),
    (549, "✌"),
    (552, "✞"),
    (571, "✗"),
    (577, "✠"),
    (595, "♦"),
    (626, "♠"),
    (667, "❥"),
    (668, "❝❞"),
    (677, "✘"),
    (682, "✽"),
    (687, "❄"),
    (689, "❆"),
    (690, "✉"),
    (692, "✡"),
    (694, "♥"),
    (695, "✶"),
    (696, "❅➭➮"),
    (701, "✾"),
    (707, "✻❃"),
    (708, "✼"),
    (713, "❉"),
    (719, "☎"),
    (723, "✲"),
    (732, "❡"),
    (744, "✱"),
    (748, "➘➚"),
    (749, "✳"),
    (754, "✜"),
    (755, "✓"),
    (759, "✛✺❑❒"),
    (760, "✚❦❧➲"),
    (761, "■✖"),
    (762, "✕❏❐"),
    (763, "✙"),
    (768, "✸"),
    (771, "➴➶"),
    (776, "♣✷"),
    (784, "❖"),
    (785, "❋"),
    (786, "✢❇"),
    (787, "❈"),
    (788, "①②③④⑤⑥⑦⑧⑨⑩◆✣✤❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓"),
    (789, "✆✪❁❂"),
    (790, "✇✥✴"),
    (791, "●✈❊"),
    (792, "✵✹"),
    (793, "✦"),
    (794, "✧"),
    (815, "❀"),
    (816, "★✮"),
    (823, "✩✬"),
    (826, "✿"),
    (828, "➡"),
    (831, "✯➺"),
    (833, "✭"),
    (834, "➟"),
    (836, "➩➪"),
    (838, "→"),
    (841, "✫"),
    (846, "✔"),
    (855, "✍"),
    (865, "➵"),
    (867, "➫➬"),
    (873, "❍➠➻"),
    (874, "➯➱"),
    (883, "➨"),
    (888, "➷➹"),
    (892, "▲▼"),
    (894, "➔"),
    (910, "❤"),
    (911, "✎✐"),
    (917, "➤"),
    (918, "➛➾"),
    (923, "✰"),
    (924, "➙➢➣"),
    (927, "➜➼"),
    (928, "➝➞"),
    (930, "➥"),
    (931, "➦"),
    (933, "✏"),
    (939, "☞"),
    (945, "✑"),
    (946, "➳"),
    (960, "☛"),
    (961, "✂"),
    (967, "➸"),
    (970, "➽"),
    (974, "✁✃✒"),
    (980, "✄"),
    (1016, "↔"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(name: &str, character: char, expected: Option<f32>) {
        assert_eq!(StandardFont::new(name).and_then(|font| font.width(character)), expected, "{name} {character}");
    }

    #[test]
    fn widths_by_font_and_style() {
        case("Helvetica", 'A', Some(667.0));
        case("Helvetica-BoldOblique", 'A', Some(722.0));
        case("Times-Roman", 'A', Some(722.0));
        case("Times-Italic", 'A', Some(611.0));
        case("Courier-Bold", 'A', Some(600.0));
        case("Symbol", 'α', Some(631.0));
        case("ZapfDingbats", '①', Some(788.0));
    }

    #[test]
    fn names_under_which_producers_know_them() {
        case("Arial,Bold", 'A', Some(722.0));
        case("ArialMT", 'A', Some(667.0));
        case("TimesNewRomanPS-BoldItalicMT", 'A', Some(667.0));
        case("CourierNew", 'i', Some(600.0));
    }

    #[test]
    fn other_fonts_and_characters_have_no_width_here() {
        case("MS-Gothic", 'A', None);
        case("Helvetica", '取', None);
    }
}
