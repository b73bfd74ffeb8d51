//! Takes the name of a predefined CMap (ISO 32000-2, Table 116, and those that later producers use), gives how its
//! codes divide, their CID, and their text where the code itself tells it. The tables behind the names are loaded only
//! when a CID is asked for.

use std::sync::OnceLock;

use encoding_rs::SHIFT_JIS;
use hayro_cmap::{BfString, CMap, CMapName, load_embedded};

use super::super::code_space::{CodeRange, CodeSpace};
use super::jis;
use crate::pdf::Decoding;

/// A character collection of Adobe whose CIDs have known text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf::font) enum Collection {
    Japan1,
    Gb1,
    Cns1,
    Korea1,
}

/// How the codes of a CMap are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    /// The code is the CID.
    Identity,
    Ucs2,
    Utf8,
    Utf16,
    Utf32,
    ShiftJis,
    /// Extended Unix code of Japanese.
    EucJp,
    /// One byte, or two of which the first is 81 or more.
    DoubleByte,
    /// GB 18030: one, two or four bytes.
    Gb18030,
    /// CNS 11643 as extended Unix code: one, two or four bytes.
    EucTw,
    /// Row and cell, or another code of two bytes.
    TwoBytes,
}

/// A predefined CMap.
#[derive(Debug)]
pub(in crate::pdf::font) struct Predefined {
    name: Vec<u8>,
    coding: Coding,
    collection: Option<Collection>,
    table: OnceLock<Option<Box<CMap>>>,
}

impl Collection {
    pub(in crate::pdf::font) fn new(registry: &[u8], ordering: &[u8]) -> Option<Self> {
        match (registry, ordering) {
            (b"Adobe", b"Japan1" | b"Japan2") => Some(Self::Japan1),
            (b"Adobe", b"GB1") => Some(Self::Gb1),
            (b"Adobe", b"CNS1") => Some(Self::Cns1),
            (b"Adobe", b"Korea1") => Some(Self::Korea1),
            _ => None,
        }
    }

    /// The text of a CID.
    pub(in crate::pdf::font) fn text(self, cid: u32) -> Option<String> {
        static TABLES: [OnceLock<Option<Box<CMap>>>; 4] = [const { OnceLock::new() }; 4];
        let (index, name) = match self {
            Self::Japan1 => (0, CMapName::AdobeJapan1Ucs2),
            Self::Gb1 => (1, CMapName::AdobeGb1Ucs2),
            Self::Cns1 => (2, CMapName::AdobeCns1Ucs2),
            Self::Korea1 => (3, CMapName::AdobeKorea1Ucs2),
        };
        let table: &OnceLock<Option<Box<CMap>>> = TABLES.get(index)?;
        match table.get_or_init(|| table_of(name)).as_ref()?.lookup_bf_string(cid)? {
            BfString::Char(character) => Some(String::from(character)),
            BfString::String(text) => Some(text),
        }
    }
}

fn table_of(name: CMapName<'_>) -> Option<Box<CMap>> {
    CMap::parse(load_embedded(name)?, load_embedded).map(Box::new)
}

impl Predefined {
    /// The CMap of that name, `None` if no such CMap is known.
    pub(in crate::pdf::font) fn new(name: &[u8]) -> Option<Self> {
        let (coding, collection) = kind(without_direction(name))?;
        Some(Self { name: name.to_vec(), coding, collection, table: OnceLock::new() })
    }

    /// Whether there is a CMap of that name.
    pub(in crate::pdf::font) fn is_known(name: &[u8]) -> bool {
        kind(without_direction(name)).is_some()
    }

    /// `Identity-H`.
    pub(in crate::pdf::font) fn identity() -> Self {
        Self { name: b"Identity-H".to_vec(), coding: Coding::Identity, collection: None, table: OnceLock::new() }
    }

    /// Whether its Shift-JIS is that of Windows: the others add characters of their own or show older forms, which
    /// their tables tell better than code page 932. Those without a table are told by nothing else.
    fn is_windows(&self) -> bool {
        self.pairs_are_full_width() || self.stand_in() != self.name
    }

    /// Whether its codes of two bytes have no CID below that of the full-width space, 633.
    pub(in crate::pdf::font) fn pairs_are_full_width(&self) -> bool {
        self.name.starts_with(b"90ms-RKSJ") || self.name.starts_with(b"90msp-RKSJ")
    }

    pub(super) fn is_vertical(&self) -> bool {
        self.name.ends_with(b"-V") || self.name == b"V"
    }

    pub(super) fn is_ucs2(&self) -> bool {
        self.name.ends_with(b"-UCS2")
    }

    pub(super) fn collection(&self) -> Option<Collection> {
        self.collection
    }

    pub(super) fn code_space(&self) -> CodeSpace {
        let ranges: &[(&[u8], &[u8])] = match self.coding {
            Coding::Identity | Coding::Ucs2 | Coding::TwoBytes => return CodeSpace::TwoBytes,
            Coding::Utf8 => &[
                (b"\x00", b"\x7F"),
                (b"\xC2\x80", b"\xDF\xBF"),
                (b"\xE0\x80\x80", b"\xEF\xBF\xBF"),
                (b"\xF0\x80\x80\x80", b"\xF4\xBF\xBF\xBF"),
            ],
            Coding::Utf16 => {
                &[(b"\x00\x00", b"\xD7\xFF"), (b"\xD8\x00\xDC\x00", b"\xDB\xFF\xDF\xFF"), (b"\xE0\x00", b"\xFF\xFF")]
            }
            Coding::Utf32 => &[(b"\x00\x00\x00\x00", b"\x00\x10\xFF\xFF")],
            Coding::ShiftJis => {
                &[(b"\x00", b"\x80"), (b"\x81\x40", b"\x9F\xFC"), (b"\xA0", b"\xDF"), (b"\xE0\x40", b"\xFC\xFC")]
            }
            Coding::EucJp => &[(b"\x00", b"\x80"), (b"\x8E\xA0", b"\x8E\xDF"), (b"\xA1\xA1", b"\xFE\xFE")],
            Coding::DoubleByte => &[(b"\x00", b"\x80"), (b"\x81\x40", b"\xFE\xFE"), (b"\xFF", b"\xFF")],
            Coding::Gb18030 => {
                &[(b"\x00", b"\x7F"), (b"\x81\x30\x81\x30", b"\xFE\x39\xFE\x39"), (b"\x81\x40", b"\xFE\xFE")]
            }
            Coding::EucTw => {
                &[(b"\x00", b"\x80"), (b"\x8E\xA1\xA1\xA1", b"\x8E\xA7\xFE\xFE"), (b"\xA1\xA1", b"\xFE\xFE")]
            }
        };
        CodeSpace::Ranges(ranges.iter().filter_map(|(low, high)| CodeRange::new(low, high)).collect())
    }

    /// The text that a code tells by itself, and on which rung of the ladder that stands.
    pub(in crate::pdf::font) fn text(&self, code: u32, bytes: u8) -> Option<(String, Decoding)> {
        match self.coding {
            Coding::ShiftJis if self.is_windows() => Some((shift_jis(code, bytes)?, Decoding::Cp932)),
            _ => Some((String::from(self.character(code, bytes)?), Decoding::UnicodeCMap)),
        }
    }

    /// The text of a code that its table leaves out: Shift-JIS of any maker is likely to mean what Windows means.
    pub(in crate::pdf::font) fn likely_text(&self, code: u32, bytes: u8) -> Option<(String, Decoding)> {
        (self.coding == Coding::ShiftJis).then(|| Some((shift_jis(code, bytes)?, Decoding::Cp932)))?
    }

    /// The character of a code that is Unicode.
    fn character(&self, code: u32, bytes: u8) -> Option<char> {
        let code_bytes = code.to_be_bytes();
        let code_bytes = code_bytes.get(4_usize.checked_sub(usize::from(bytes))?..)?;
        match self.coding {
            Coding::Ucs2 | Coding::Utf16 => {
                let units =
                    code_bytes.chunks(2).map(|unit| unit.iter().fold(0, |unit, &byte| unit << 8 | u16::from(byte)));
                char::decode_utf16(units).next()?.ok()
            }
            Coding::Utf8 => str::from_utf8(code_bytes).ok()?.chars().next(),
            Coding::Utf32 => char::from_u32(code),
            _ => None,
        }
    }

    /// The text of a code that is a CID, in the CMaps that map CIDs to Unicode.
    pub(super) fn text_of_ucs2(&self, code: u32) -> Option<String> {
        if self.is_ucs2() { self.collection?.text(code) } else { None }
    }

    pub(super) fn cid(&self, code: u32, bytes: u8) -> Option<u32> {
        if self.coding == Coding::Identity {
            return Some(code);
        }
        if self.coding == Coding::ShiftJis && bytes == 1 && self.name.starts_with(b"90ms-") {
            return jis::half_width_cid(code);
        }
        self.usual_cid(code, bytes).or_else(|| self.listed_cid(code, bytes))
    }

    /// The CID of a code that needs no table.
    fn usual_cid(&self, code: u32, bytes: u8) -> Option<u32> {
        if self.collection != Some(Collection::Japan1) || self.is_vertical() {
            return None;
        }
        if self.pairs_are_full_width() && bytes == 2 {
            return jis::cid_of_pair(code);
        }
        let character = self.character(code, bytes)?;
        let is_half_width = self.name.starts_with(b"UniJIS-UCS2-HW") && character.is_ascii();
        if is_half_width { None } else { jis::cid_of(character) }
    }

    /// The CID of a code by its table.
    pub(super) fn listed_cid(&self, code: u32, bytes: u8) -> Option<u32> {
        let table = self.table.get_or_init(|| table_of(CMapName::from_bytes(self.stand_in()))).as_ref()?;
        if self.stand_in() == self.name {
            return table.lookup_cid_code(code, bytes);
        }
        let (code, bytes) = match self.character(code, bytes) {
            Some(character) => utf16_code(character),
            None => (code, bytes),
        };
        table.lookup_cid_code(code, bytes)
    }

    /// The name of the table that gives the CIDs: itself, or for names without a table of their own the nearest one,
    /// which differs in the forms of some glyphs but not in their widths.
    fn stand_in(&self) -> &[u8] {
        if !matches!(CMapName::from_bytes(&self.name), CMapName::Custom(_)) {
            return &self.name;
        }
        match (self.coding, self.collection, self.is_vertical()) {
            (Coding::ShiftJis, _, false) => b"Ext-RKSJ-H",
            (Coding::ShiftJis, _, true) => b"Ext-RKSJ-V",
            (Coding::EucJp, ..) => b"EUC-H",
            (Coding::TwoBytes, ..) => b"H",
            (_, Some(Collection::Gb1), _) => b"UniGB-UTF16-H",
            (_, Some(Collection::Cns1), _) => b"UniCNS-UTF16-H",
            (_, Some(Collection::Korea1), _) => b"UniKS-UTF16-H",
            (_, _, false) => b"UniJIS-UTF16-H",
            (_, _, true) => b"UniJIS-UTF16-V",
        }
    }
}

fn without_direction(name: &[u8]) -> &[u8] {
    name.strip_suffix(b"-H").or_else(|| name.strip_suffix(b"-V")).unwrap_or(name)
}

/// What the name of a CMap says, without the ending for the direction of writing.
fn kind(base: &[u8]) -> Option<(Coding, Option<Collection>)> {
    use Collection::{Cns1, Gb1, Japan1, Korea1};
    let kind = match base {
        b"Identity" => (Coding::Identity, None),
        b"Adobe-Japan1" | b"Adobe-Japan1-UCS2" => (Coding::Identity, Some(Japan1)),
        b"Adobe-GB1" | b"Adobe-GB1-UCS2" => (Coding::Identity, Some(Gb1)),
        b"Adobe-CNS1" | b"Adobe-CNS1-UCS2" => (Coding::Identity, Some(Cns1)),
        b"Adobe-Korea1" | b"Adobe-Korea1-UCS2" => (Coding::Identity, Some(Korea1)),
        b"H" | b"V" | b"78" | b"Add" | b"Ext" | b"NWP" => (Coding::TwoBytes, Some(Japan1)),
        b"EUC" | b"78-EUC" => (Coding::EucJp, Some(Japan1)),
        b"GB-EUC" | b"GBpc-EUC" | b"GBK-EUC" | b"GBKp-EUC" => (Coding::DoubleByte, Some(Gb1)),
        b"GBK2K" => (Coding::Gb18030, Some(Gb1)),
        b"B5pc" | b"HKscs-B5" | b"ETen-B5" | b"ETenms-B5" => (Coding::DoubleByte, Some(Cns1)),
        b"CNS-EUC" => (Coding::EucTw, Some(Cns1)),
        b"KSC-EUC" | b"KSCms-UHC" | b"KSCms-UHC-HW" | b"KSCpc-EUC" => (Coding::DoubleByte, Some(Korea1)),
        _ if base.ends_with(b"-RKSJ") => (Coding::ShiftJis, Some(Japan1)),
        _ => return unicode_kind(base),
    };
    Some(kind)
}

fn unicode_kind(base: &[u8]) -> Option<(Coding, Option<Collection>)> {
    let collection = match base.strip_prefix(b"Uni")? {
        rest if rest.starts_with(b"JIS") => Collection::Japan1,
        rest if rest.starts_with(b"GB") => Collection::Gb1,
        rest if rest.starts_with(b"CNS") => Collection::Cns1,
        rest if rest.starts_with(b"KS") => Collection::Korea1,
        _ => return None,
    };
    let contains = |part: &[u8]| base.windows(part.len()).any(|window| window == part);
    let coding = [
        (&b"-UCS2"[..], Coding::Ucs2),
        (b"-UTF16", Coding::Utf16),
        (b"-UTF32", Coding::Utf32),
        (b"-UTF8", Coding::Utf8),
    ]
    .into_iter()
    .find_map(|(part, coding)| contains(part).then_some(coding))?;
    Some((coding, Some(collection)))
}

/// Code page 932, except that the single byte 5C shows a yen sign in all Japanese fonts and CMaps.
fn shift_jis(code: u32, bytes: u8) -> Option<String> {
    if code == 0x5C && bytes == 1 {
        return Some(String::from('¥'));
    }
    let code = code.to_be_bytes();
    let code = code.get(4_usize.checked_sub(usize::from(bytes))?..)?;
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(code)?;
    Some(text.into_owned())
}

/// A character as a code of the UTF-16 CMaps.
fn utf16_code(character: char) -> (u32, u8) {
    let mut units = [0; 2];
    match *character.encode_utf16(&mut units) {
        [high, low] => (u32::from(high) << 16 | u32::from(low), 4),
        [unit] => (u32::from(unit), 2),
        _ => (0, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_two_bytes_have_no_half_width_cid() {
        for name in ["90ms-RKSJ-H", "90ms-RKSJ-V", "90msp-RKSJ-H", "90msp-RKSJ-V"] {
            let table = table_of(CMapName::from_bytes(name.as_bytes())).unwrap();
            for code in 0x8140..=0xFFFF {
                let cid = table.lookup_cid_code(code, 2);
                assert!(cid.is_none_or(|cid| cid >= 633), "{name} {code:#X} {cid:?}");
            }
        }
    }

    #[test]
    fn usual_text_needs_no_table() {
        for name in ["UniJIS-UCS2-H", "UniJIS-UTF16-H", "UniJISX0213-UTF32-H", "UniJIS-UCS2-HW-H"] {
            let cmap = Predefined::new(name.as_bytes()).unwrap();
            let bytes = if cmap.coding == Coding::Utf32 { 4 } else { 2 };
            let cids: Vec<_> = "あ亜ア①％㈱ﾊ".chars().map(|c| cmap.cid(u32::from(c), bytes)).collect();
            assert_eq!(cids, [843, 1125, 926, 7555, 715, 7618, 368].map(Some), "{name}");
            assert!(cmap.table.get().is_none(), "{name}");
        }
    }

    #[test]
    fn what_is_not_usual_is_left_to_the_table() {
        for (name, code, cid) in [
            ("UniJIS-UCS2-H", 0x51DE, Some(14352)),
            ("UniJIS-UCS2-HW-H", 0x41, Some(264)),
            ("UniJIS-UCS2-V", 0x3001, Some(7887)),
            ("UniJIS-UCS2-H", 0xE000, None),
        ] {
            assert_eq!(Predefined::new(name.as_bytes()).unwrap().cid(code, 2), cid, "{name} {code:#X}");
        }
    }
}
