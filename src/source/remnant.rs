//! Takes the text of one cell or line as a converter left it, gives it clean: tags that it did not understand are gone,
//! and the items of a list that it wrote on one line stand on lines of their own.

use super::entity;

/// Signs that begin an item of a list.
const MARKS: &str = "・○●◯◎■□◆◇※①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/// The cleaned text, `\n` before list items and at line breaks.
pub(super) fn clean(text: &str) -> String {
    let text = without_tags(text);
    let text = entity::decode(&text);
    let mut lines = Vec::new();
    for line in text.split('\n') {
        items(line.trim(), &mut lines);
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// Whether `text` begins like an item of a list.
pub(super) fn is_item(text: &str) -> bool {
    text.starts_with(|c| MARKS.contains(c)) || text.starts_with('【')
}

/// The text with `<br>`, `<li>` and their kin as line ends and all other tags taken out. A `<` that begins no tag stays.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let last_end = text.rfind('>').map_or(0, |end| text.len() - end);
    while let Some(at) = rest.find('<').filter(|at| rest.len() - at > last_end && last_end > 0) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let name: String = from.chars().skip(1).take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        let is_tag = name.chars().any(|c| c.is_ascii_alphabetic());
        match from.find('>').filter(|_| is_tag) {
            Some(end) => {
                if matches!(name.trim_matches('/').to_ascii_lowercase().as_str(), "br" | "li" | "p" | "div") {
                    out.push('\n');
                }
                rest = &from[end + 1..];
            }
            None => {
                out.push('<');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Divides a line before each list sign that follows white space and begins a phrase of its own.
fn items(line: &str, into: &mut Vec<String>) {
    let mut start = 0;
    let mut after_space = false;
    for (at, c) in line.char_indices() {
        let following = &line[at + c.len_utf8()..];
        let is_phrase =
            following.chars().take(2).filter(|c| c.is_alphanumeric() || "「『（(".contains(*c)).count() == 2;
        if after_space && MARKS.contains(c) && is_phrase {
            into.push(line[start..at].trim().to_owned());
            start = at;
        }
        after_space = c.is_whitespace();
    }
    into.push(line[start..].trim().to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn lists_on_one_line() {
        case(
            "<ul style=\"list-style-type: none\"> ・冊子を配布した。 ・研修を実施した。 ",
            "・冊子を配布した。\n・研修を実施した。",
        );
        case("・年3回、送付した。 ・連携した。 ※R4年度未実施。", "・年3回、送付した。\n・連携した。\n※R4年度未実施。");
        case("<li>配布</li><li>研修</li>", "配布\n研修");
    }

    #[test]
    fn marks_and_middle_dots_inside_a_phrase_stay() {
        case("A ※", "A ※");
        case("※ C", "※ C");
        case("係わる研修・説明会", "係わる研修・説明会");
        case("前年 ○ 当年 ◎", "前年 ○ 当年 ◎");
    }

    #[test]
    fn signs_that_are_no_tags_stay() {
        case("10 < 20 かつ a<b", "10 < 20 かつ a<b");
        case("達成率&lt;50&#37;&gt;", "達成率<50%>");
        case("改行<br/>する<BR>", "改行\nする");
    }
}
