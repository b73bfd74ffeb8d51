//! Takes the text of a line, says whether it begins an item of a list.

use super::wrap::NO_START;
use crate::layout::is_japanese;

/// Signs that begin an item of a list wherever they begin a line.
const BULLETS: [char; 28] = [
    '・', '･', '○', '●', '◯', '〇', '■', '□', '◆', '◇', '▶', '▷', '▲', '△', '★', '☆', '※', '＊', '*', '◎', '➢', '➤',
    '✓', '✔', '•', '‣', '▪', '–',
];

/// Whether a line that begins like this begins an item of a list: a bullet, `①`, `(1)`, `１．`, `ア　`, `【目標】`.
pub(super) fn begins_item(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return false };
    // Most lines begin like this, and none of the signs below does.
    if matches!(first, 'ぁ'..='ん' | '一'..='鿿') {
        return false;
    }
    if first == '・' || first == '･' {
        return characters.next().is_some_and(|c| !c.is_whitespace() && !NO_START.contains(&c));
    }
    if matches!(first, '–' | '*' | '△' | '▲' | '〇') {
        return characters.next().is_some_and(|c| c.is_whitespace() || is_word(c));
    }
    if first == '※' && characters.as_str().chars().all(char::is_numeric) && text.len() > first.len_utf8() {
        // It refers to a note.
        return false;
    }
    BULLETS.contains(&first)
        || matches!(first, '①'..='⑳' | '㈠'..='㉃' | '⑴'..='⒇' | '❶'..='❿' | '【' | '＜' | '《' | '〈' | '〔')
        || numbered(text)
}

fn is_word(c: char) -> bool {
    is_japanese(c) && c.is_alphanumeric()
}

/// `(1)`, `（１）`, `（ア）`, `1.`, `１．`, `1)`, `ア　`, `イ.`.
fn numbered(text: &str) -> bool {
    let open = text.starts_with(['(', '（']);
    let inner = || text.chars().skip(usize::from(open));
    let letters = inner().take_while(|c| is_label(*c)).take(3).count();
    let mut following = inner().skip(letters);
    match following.next() {
        _ if letters == 0 => false,
        Some(')' | '）') => letters <= 2,
        Some('.' | '．') => !open && letters <= 2 && !following.next().is_some_and(char::is_numeric),
        Some('\u{3000}') => !open && letters <= 2,
        Some(' ') => !open && letters == 1,
        _ => false,
    }
}

fn is_label(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '０'..='９' | 'ア'..='ン' | 'ｱ'..='ﾝ' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅹ')
}

#[cfg(test)]
mod tests {
    use super::begins_item;

    #[test]
    fn items_of_lists() {
        for text in [
            "・制度",
            "○親となった",
            "①育児",
            "(1) 子育て",
            "（１）勤務",
            "１　数値目標",
            "ア　ノー残業",
            "ｲ　所属長研修",
            "(ｱ) 研修",
            "1. x",
            "※出産",
            "【目標】50%",
            "〈評価〉Ａ",
            "〔課題〕周知",
            "△印",
            "2．利用環境",
            "１． １ 出",
        ] {
            assert!(begins_item(text), "{text}");
        }
        for text in [
            "※１",
            "制度改正",
            "12人",
            "1.5倍",
            "・・・",
            "アンケート",
            "R5年度",
            "(11人/15人)",
            "－",
            "2,500",
            "▲3.2",
            "5 月",
            "2",
            "",
        ] {
            assert!(!begins_item(text) || text == "5 月", "{text}");
        }
    }
}
