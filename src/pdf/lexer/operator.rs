//! Which words are operators of content streams.

/// Whether the word is an operator of the specification (ISO 32000-2, annex A).
pub(in crate::pdf) fn is_operator(word: &[u8]) -> bool {
    matches!(
        word,
        b"b" | b"B"
            | b"b*"
            | b"B*"
            | b"BDC"
            | b"BI"
            | b"BMC"
            | b"BT"
            | b"BX"
            | b"c"
            | b"cm"
            | b"CS"
            | b"cs"
            | b"d"
            | b"d0"
            | b"d1"
            | b"Do"
            | b"DP"
            | b"EI"
            | b"EMC"
            | b"ET"
            | b"EX"
            | b"f"
            | b"F"
            | b"f*"
            | b"G"
            | b"g"
            | b"gs"
            | b"h"
            | b"i"
            | b"ID"
            | b"j"
            | b"J"
            | b"K"
            | b"k"
            | b"l"
            | b"m"
            | b"M"
            | b"MP"
            | b"n"
            | b"q"
            | b"Q"
            | b"re"
            | b"RG"
            | b"rg"
            | b"ri"
            | b"s"
            | b"S"
            | b"SC"
            | b"sc"
            | b"SCN"
            | b"scn"
            | b"sh"
            | b"T*"
            | b"Tc"
            | b"Td"
            | b"TD"
            | b"Tf"
            | b"Tj"
            | b"TJ"
            | b"TL"
            | b"Tm"
            | b"Tr"
            | b"Ts"
            | b"Tw"
            | b"Tz"
            | b"v"
            | b"w"
            | b"W"
            | b"W*"
            | b"y"
            | b"'"
            | b"\""
    )
}

/// Longest operator that a run-together word such as `Q0.5` or `ETq` begins with, where the rest can go on as tokens.
pub(super) fn operator_prefix(word: &[u8]) -> Option<usize> {
    (1..=word.len().min(3)).rev().find(|&length| {
        let (head, tail) = word.split_at(length);
        let begins_number = tail.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        is_operator(head) && (begins_number || is_operator(tail))
    })
}
