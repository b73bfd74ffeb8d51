//! Takes the lines of a block of plain text, parts it where a numbered heading stands in it without blank lines around,
//! as in texts that are written to be read aloud. Blocks without such a heading stay whole.

/// A heading is at most so many characters long.
const LONGEST_HEADING: usize = 40;
/// Labels of headings have at most so many digits.
const MOST_DIGITS: usize = 2;

/// The parts of the block, in order: headings and, below them, each line by itself but for those that a program broke,
/// of which `is_full` tells.
pub(super) fn parts(lines: Vec<String>, is_full: impl Fn(&str) -> bool) -> Vec<Vec<String>> {
    let style_at = |at: usize| lines.get(at).and_then(|line| style(line).filter(|_| !is_full(line)));
    let mut headings = Vec::with_capacity(lines.len());
    for at in 0..lines.len() {
        // The last line has nothing below it, and lines numbered alike are a list.
        let is_list = style_at(at + 1) == style_at(at) || at > 0 && style_at(at - 1) == style_at(at);
        headings.push(style_at(at).is_some() && at + 1 < lines.len() && !is_list);
    }
    let mut parts: Vec<Vec<String>> = Vec::new();
    let (mut below, mut ended) = (false, true);
    for (line, is_heading) in lines.into_iter().zip(headings) {
        below |= is_heading;
        let before = parts.last().and_then(|part| part.last());
        let goes_on = !below || before.is_some_and(|last| is_full(last) && !last.trim_end().ends_with('。'));
        match parts.last_mut().filter(|_| goes_on && !ended && !is_heading) {
            Some(part) => part.push(line),
            None => parts.push(vec![line]),
        }
        ended = is_heading;
    }
    parts
}

/// The way in which a heading is numbered: `１　`, `（1）`, `ア　`, `第２`; `None` for other lines.
fn style(line: &str) -> Option<&'static str> {
    let line = line.trim();
    // Commas part the cells of a table.
    if line.chars().count() > LONGEST_HEADING || line.contains(',') || line.ends_with(['。', '：', ':', '、']) {
        return None;
    }
    let is_space = |c: char| matches!(c, ' ' | '\u{3000}' | '.' | '．' | '、');
    if let Some(inner) = line.strip_prefix(['(', '（']) {
        let (label, title) = inner.split_once([')', '）'])?;
        let is_label = is_number(label) || is_letter(label);
        return (is_label && !title.trim().is_empty()).then_some("()");
    }
    if let Some(title) = line.strip_prefix(|c| ('①'..='⑳').contains(&c)) {
        // Without a space it is more often an item of a list.
        return (title.starts_with(is_space) && !title.trim().is_empty()).then_some("①");
    }
    let parted = line.find(|c: char| !c.is_ascii_digit() && c != '-').map(|end| line.split_at(end));
    if let Some((label, title)) = parted.filter(|(label, _)| label.contains('-')) {
        let is_label = label.split('-').all(is_number) && title.starts_with(is_space);
        return (is_label && !title.trim().starts_with(|c: char| c.is_numeric())).then_some("1-1");
    }
    let label = line.strip_prefix('第').unwrap_or(line);
    let end = label.find(|c: char| !is_number(c.encode_utf8(&mut [0; 4])) && !is_letter(c.encode_utf8(&mut [0; 4])))?;
    let (label, title) = label.split_at_checked(end)?;
    let name = title.trim_start_matches(is_space);
    if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    match label {
        _ if label.is_empty() => None,
        _ if line.starts_with('第') => {
            let is_part = title.starts_with(|c| is_space(c) || "章節項編部".contains(c));
            (is_part && is_number(label)).then_some("第")
        }
        _ if name.len() == title.len() => None,
        _ if is_number(label) => Some("1"),
        _ if is_letter(label) => Some("ア"),
        _ => None,
    }
}

/// One or two digits, Roman ones too.
fn is_number(label: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || ('Ⅰ'..='Ⅻ').contains(&c);
    (1..=MOST_DIGITS).contains(&label.chars().count()) && label.chars().all(is_digit)
}

/// One letter of a syllabary.
fn is_letter(label: &str) -> bool {
    let mut letters = label.chars();
    letters.next().is_some_and(|c| ('ア'..='ン').contains(&c)) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[track_caller]
    fn case(lines: &str, expected: &[&str]) {
        let found = parts(lines.split('/').map(str::to_owned).collect(), |line| line.chars().count() > 30);
        assert_eq!(found.iter().map(|part| part.join("/")).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn headings_part_a_block() {
        case("（1）取得率/・目標　30％/・実績　42％", &["（1）取得率", "・目標　30％", "・実績　42％"]);
        case(
            "ア　研修の実施/担当：人事課/講師を招いて/研修を実施した。",
            &["ア　研修の実施", "担当：人事課", "講師を招いて", "研修を実施した。"],
        );
        let full = "あ".repeat(31);
        case(&format!("ア　研修/{full}/続き"), &["ア　研修", &format!("{full}/続き")]);
        case(
            "計画/１　取組/（1）周知/ア　冊子/配布した。",
            &["計画", "１　取組", "（1）周知", "ア　冊子", "配布した。"],
        );
        case("第２ 休暇/取得を促す。", &["第２ 休暇", "取得を促す。"]);
        case("ア　年次有給休暇/担当：全課", &["ア　年次有給休暇", "担当：全課"]);
        case("1-2 研修/計画：１回/実績：１回", &["1-2 研修", "計画：１回", "実績：１回"]);
        case("① 研修/◇目標　１回/◇実績　１回", &["① 研修", "◇目標　１回", "◇実績　１回"]);
        case(&format!("１　研修/{full}。/評価：Ａ"), &["１　研修", &format!("{full}。"), "評価：Ａ"]);
    }

    #[test]
    fn other_blocks_stay_whole() {
        for block in [
            "取組内容 ①周知/②促進/【目標】50%",
            "１　周知/２　促進/３　研修",
            "Ａ：よい/Ｂ：わるい",
            "10月から試行し、/38人が利用した。",
            "1.5倍に増えた/取組を続ける",
            "第２次計画/進捗状況",
            "３ 休暇の取得,,/冊子,A,B",
            "（注）対象者/（1）のとおり",
        ] {
            case(block, &[block]);
        }
        let full = format!("１　{}/続き", "あ".repeat(30));
        case(&full, &[&full]);
    }
}
