//! Takes a code of Windows Shift-JIS or a character that has one, gives its CID in Adobe-Japan1, which follows the order
//! of that code. It spares loading the tables of predefined CMaps, which takes longer than reading a short report. What
//! is rare is left to the tables.

use encoding_rs::SHIFT_JIS;

/// Cells of the code by their CIDs: first and last cell, counted from 8140, and the CID of the first. The frames of row 8
/// follow no order.
const RUNS: [(u16, u16, u16); 59] = [
    (0, 107, 633),
    (119, 126, 741),
    (135, 141, 749),
    (153, 167, 756),
    (175, 182, 771),
    (187, 187, 779),
    (203, 212, 780),
    (220, 245, 790),
    (252, 277, 816),
    (282, 364, 842),
    (376, 461, 925),
    (470, 493, 1011),
    (502, 525, 1035),
    (564, 596, 1059),
    (612, 644, 1092),
    (1128, 1157, 7555),
    (1159, 1160, 7585),
    (1161, 1161, 8038),
    (1162, 1162, 7588),
    (1163, 1163, 8040),
    (1164, 1164, 7590),
    (1165, 1165, 8042),
    (1166, 1167, 7592),
    (1168, 1168, 8044),
    (1169, 1170, 7595),
    (1171, 1171, 8043),
    (1172, 1173, 7598),
    (1174, 1174, 8047),
    (1175, 1181, 7601),
    (1190, 1190, 8323),
    (1191, 1194, 7608),
    (1195, 1195, 8055),
    (1196, 1206, 7613),
    (1207, 1207, 762),
    (1208, 1208, 761),
    (1209, 1209, 769),
    (1210, 1216, 7624),
    (1217, 1217, 768),
    (1218, 1219, 7631),
    (1410, 4374, 1125),
    (4418, 7805, 4090),
    (7806, 7807, 8284),
    (8272, 8386, 8359),
    (8387, 8387, 1993),
    (8388, 8631, 8474),
    (8634, 8643, 8092),
    (8644, 8644, 751),
    (8645, 8647, 8005),
    (10716, 10725, 8092),
    (10726, 10735, 7575),
    (10736, 10736, 751),
    (10737, 10739, 8005),
    (10740, 10740, 7618),
    (10741, 10741, 7610),
    (10742, 10742, 8055),
    (10743, 10743, 768),
    (10744, 10858, 8359),
    (10859, 10859, 1993),
    (10860, 11103, 8474),
];

/// Characters that the Unicode CMaps show in another form than Shift-JIS does, or than each other.
const IN_OTHER_FORM: &str = "¢£¬‘’“”∥匇寬昞昻栁瑢絜靕\u{f929}\u{f9dc}\u{fa10}\u{fa11}\u{fa15}\u{fa24}";

/// Cells under one first byte.
const CELLS: u16 = 188;

/// The CID of a code of two bytes.
pub(super) fn cid_of_pair(code: u32) -> Option<u32> {
    let [lead, trail] = u16::try_from(code).ok()?.to_be_bytes();
    let row = match lead {
        0x81..=0x9F => lead - 0x81,
        0xE0..=0xFC => lead - 0xC1,
        _ => return None,
    };
    let cell = match trail {
        0x40..=0x7E => trail - 0x40,
        0x80..=0xFC => trail - 0x41,
        _ => return None,
    };
    let place = u16::from(row) * CELLS + u16::from(cell);
    let run = RUNS.partition_point(|(_, last, _)| *last < place);
    let (first, _, cid) = RUNS.get(run).filter(|(first, ..)| *first <= place)?;
    Some(u32::from(cid + (place - first)))
}

/// The CID of a character in horizontal text of proportional Latin letters.
pub(super) fn cid_of(character: char) -> Option<u32> {
    match character {
        '\\' | '|' | '~' => return None,
        ' '..='}' => return Some(u32::from(character) - 0x20 + 1),
        '｡'..='ﾟ' => return Some(u32::from(character) - 0xFF61 + 327),
        _ => {}
    }
    let mut text = [0; 4];
    let (code, _, is_unknown) = SHIFT_JIS.encode(character.encode_utf8(&mut text));
    match code.as_ref() {
        &[lead, trail] if !is_unknown && !IN_OTHER_FORM.contains(character) => {
            cid_of_pair(u32::from(u16::from_be_bytes([lead, trail])))
        }
        _ => None,
    }
}

/// The CID of a code of one byte in `90ms-RKSJ`, whose Latin letters are half-width.
pub(super) fn half_width_cid(code: u32) -> Option<u32> {
    match code {
        0..=0x1F => Some(231),
        0x20..=0x7D => Some(code - 0x20 + 231),
        0x7E => Some(631),
        0xA0..=0xDF => Some(code - 0xA0 + 326),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::predefined::Predefined;
    use super::*;

    #[test]
    fn cids_are_those_of_the_tables() {
        for name in ["90ms-RKSJ-H", "90msp-RKSJ-H"] {
            let table = Predefined::new(name.as_bytes()).unwrap();
            for code in 0..=0xFFFF {
                if let Some(cid) = cid_of_pair(code) {
                    assert_eq!(table.listed_cid(code, 2), Some(cid), "{name} {code:#X}");
                }
            }
        }
        for name in ["UniJIS-UCS2-H", "UniJIS-UTF16-H"] {
            let table = Predefined::new(name.as_bytes()).unwrap();
            for character in '\0'..='\u{FFFF}' {
                if let Some(cid) = cid_of(character) {
                    assert_eq!(table.listed_cid(u32::from(character), 2), Some(cid), "{name} {character}");
                }
            }
        }
    }

    #[test]
    fn half_width_cids_are_those_of_the_tables() {
        for name in ["90ms-RKSJ-H", "90ms-RKSJ-V"] {
            let table = Predefined::new(name.as_bytes()).unwrap();
            for code in 0..=0xFF {
                assert_eq!(half_width_cid(code), table.listed_cid(code, 1), "{name} {code:#X}");
            }
        }
    }

    #[test]
    fn hardly_any_character_of_the_code_is_left_to_the_tables() {
        let pairs = (0x8140..=0xFCFC).filter(|code| cid_of_pair(*code).is_some());
        let characters = ('\u{A0}'..='\u{FFFF}').filter(|character| cid_of(*character).is_some());
        assert!(pairs.count() > 7600 && characters.count() > 7300);
    }
}
