//! Why a figure has no number: read from what is printed instead of it, never guessed from anything else.

/// The reasons, in the order of their documentation.
pub(super) const REASONS: [&str; 6] =
    ["blank", "not_applicable", "not_surveyed", "suppressed", "undecided", "unstated"];

/// Words that name a reason; a sign such as `－` names none, because each document gives it a meaning of its own.
const WORDS: [(&str, &[&str]); 4] = [
    ("not_applicable", &["該当なし", "該当無し", "該当者なし", "対象者なし", "対象なし", "n/a", "非該当"]),
    ("not_surveyed", &["調査なし", "未調査", "調査未実施", "把握不可", "未把握", "不明", "不詳", "未集計"]),
    ("suppressed", &["x", "秘匿", "非公表"]),
    ("undecided", &["未定", "未設定", "調整中"]),
];

/// Why the printed text is no number.
pub(super) fn reason(printed: &str) -> &'static str {
    let text: String = printed.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
    let text = text.trim_matches(['(', ')']);
    if text.is_empty() {
        return "blank";
    }
    WORDS.iter().find(|(_, words)| words.contains(&text)).map_or("unstated", |(reason, _)| reason)
}

fn fold(c: char) -> char {
    match c {
        'Ｘ' | 'ｘ' => 'x',
        'Ｎ' | 'ｎ' => 'n',
        'Ａ' | 'ａ' => 'a',
        '／' => '/',
        '（' => '(',
        '）' => ')',
        other => other.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::{REASONS, WORDS, reason};

    #[track_caller]
    fn case(printed: &str, expected: &str) {
        assert_eq!(reason(printed), expected, "{printed}");
    }

    #[test]
    fn words_name_the_reason_and_signs_name_none() {
        case("該当 なし", "not_applicable");
        case("Ｎ／Ａ", "not_applicable");
        case("（未調査）", "not_surveyed");
        case("X", "suppressed");
        case("未定", "undecided");
        case("　", "blank");
        case("－", "unstated");
        case("実績値は翌年度に公表", "unstated");
    }

    #[test]
    fn every_reason_is_documented() {
        assert!(WORDS.iter().all(|(reason, _)| REASONS.contains(reason)));
    }
}
