//! The public bodies of the country with their 全国地方公共団体コード. `governments.txt` has one line for each
//! prefecture: its two digits and name, then three digits and name of each municipality and ward. The check digit is
//! computed (JIS X 0401 and 0402; modulus 11 with the weights 6 5 4 3 2).

const TABLE: &str = include_str!("governments.txt");

const PREFECTURES: usize = 47;

/// The lines of the table, told apart when the program is built.
static LINES: [&str; PREFECTURES] = {
    let mut lines = [""; PREFECTURES];
    let (mut rest, mut count) = (TABLE, 0);
    while count < PREFECTURES {
        let mut end = 0;
        while rest.as_bytes()[end] != b'\n' {
            end += 1;
        }
        (lines[count], rest) = rest.split_at(end);
        rest = rest.split_at(1).1;
        count += 1;
    }
    lines
};

/// The last characters of all names.
const ENDINGS: [char; 8] = ['都', '道', '府', '県', '市', '区', '町', '村'];

/// Longest name of a body in characters: さいたま市中央区 and its like, with room.
const LONGEST_NAME: usize = 14;

/// Longest name of a 郡 in characters, 郡 included.
const LONGEST_DISTRICT: usize = 6;

/// A body of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Body {
    prefecture: &'static str,
    prefecture_digits: &'static str,
    digits: &'static str,
}

impl Body {
    fn code(&self) -> String {
        let five = format!("{}{}", self.prefecture_digits, self.digits);
        let weighted = five.bytes().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| u32::from(digit - b'0') * weight);
        let check = (11 - weighted.sum::<u32>() % 11) % 10;
        format!("{five}{check}")
    }
}

/// The bodies called `name`: several where prefectures share a name.
fn called(name: &str) -> Vec<Body> {
    let mut found = Vec::new();
    if !name.ends_with(ENDINGS) {
        return found;
    }
    for line in LINES.into_iter().filter(|line| line.contains(name)) {
        let mut entries = line.split(' ').filter_map(|entry| {
            let digits = entry.bytes().take_while(u8::is_ascii_digit).count();
            Some((entry.get(..digits)?, entry.get(digits..)?))
        });
        let Some((prefecture_digits, prefecture)) = entries.next() else { continue };
        if prefecture == name {
            found.push(Body { prefecture, prefecture_digits, digits: "000" });
        }
        let of_name = entries.filter(|(_, of)| *of == name);
        found.extend(of_name.map(|(digits, _)| Body { prefecture, prefecture_digits, digits }));
    }
    found
}

/// The six digits of the body called `name`. A name that several prefectures have is told apart by the prefecture
/// that stands before it in `name` or that `elsewhere` names; `None` when unknown or still ambiguous.
#[must_use]
pub fn code(name: &str, elsewhere: &str) -> Option<String> {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let (named, bare) = match prefecture_before(&name) {
        Some(prefecture) => (Some(prefecture), without_district(name.strip_prefix(prefecture).unwrap_or(&name))),
        None => (None, name.as_str()),
    };
    let bodies = called(bare);
    let narrowed: Vec<_> = match (named, bodies.len()) {
        (Some(prefecture), _) => bodies.iter().filter(|body| body.prefecture == prefecture).collect(),
        (None, 0 | 1) => bodies.iter().collect(),
        (None, _) => bodies.iter().filter(|body| elsewhere.contains(body.prefecture)).collect(),
    };
    match narrowed.as_slice() {
        [one] => Some(one.code()),
        _ => None,
    }
}

/// 池田町 of 揖斐郡池田町.
fn without_district(name: &str) -> &str {
    match name.split_once('郡') {
        Some((_, rest)) if !called(rest).is_empty() => rest,
        _ => name,
    }
}

/// The prefecture whose name `name` begins with, if something follows.
fn prefecture_before(name: &str) -> Option<&'static str> {
    LINES
        .into_iter()
        .filter_map(|line| line.split(' ').next()?.get(2..))
        .find(|prefecture| name.strip_prefix(prefecture).is_some_and(|rest| !called(without_district(rest)).is_empty()))
}

/// The longest name of a public body that `text` begins with, the names of its prefecture and district before it
/// included.
#[must_use]
pub fn name_at_start(text: &str) -> Option<&str> {
    let longest = |text: &str| {
        let ends: Vec<_> = text.char_indices().map(|(i, c)| i + c.len_utf8()).take(LONGEST_NAME).collect();
        ends.into_iter().rev().find(|&end| text.get(..end).is_some_and(|name| !called(name).is_empty()))
    };
    let first = longest(text)?;
    let is_prefecture = called(text.get(..first)?).iter().any(|body| body.digits == "000");
    let rest = text.get(first..).filter(|_| is_prefecture).unwrap_or_default();
    let district = rest.char_indices().take(LONGEST_DISTRICT).find(|(_, c)| *c == '郡').map(|(i, c)| i + c.len_utf8());
    let after = |start: usize| rest.get(start..).and_then(longest).map(|end| start + end);
    let second = after(0).or_else(|| after(district?)).unwrap_or(0);
    text.get(..first + second)
}

#[cfg(test)]
mod tests {
    use super::{ENDINGS, LINES, TABLE, code, name_at_start};

    #[track_caller]
    fn case(name: &str, elsewhere: &str, expected: Option<&str>) {
        assert_eq!(code(name, elsewhere).as_deref(), expected, "{name}");
    }

    #[test]
    fn every_line_is_a_prefecture() {
        assert_eq!(LINES.join("\n") + "\n", TABLE);
    }

    #[test]
    fn every_name_ends_as_names_do() {
        assert_eq!(TABLE.split_whitespace().find(|entry| !entry.ends_with(ENDINGS)), None);
    }

    #[test]
    fn codes_with_check_digit() {
        case("小金井市", "", Some("132101"));
        case("札幌市", "", Some("011002"));
        case("東京都", "", Some("130001"));
        case("千代田区", "", Some("131016"));
        case("横浜市", "", Some("141003"));
        case("大阪市", "", Some("271004"));
        case("福岡県福岡市", "", Some("401307"));
        case("沖縄市", "", Some("472115"));
        case("札幌市中央区", "", Some("011011"));
    }

    #[test]
    fn a_shared_name_needs_its_prefecture() {
        case("池田町", "", None);
        case("池田町", "岐阜県の計画", Some("214043"));
        case("岐阜県池田町", "", Some("214043"));
        case("岐阜県揖斐郡池田町", "", Some("214043"));
        case("府中市", "", None);
        case("府中市", "東京都", Some("132063"));
        case("青波市", "", None);
        case("", "", None);
    }

    #[test]
    fn the_longest_name_is_taken() {
        assert_eq!(name_at_start("四日市市総務部"), Some("四日市市"));
        assert_eq!(name_at_start("東村山市職員課"), Some("東村山市"));
        assert_eq!(name_at_start("京都市行財政局"), Some("京都市"));
        assert_eq!(name_at_start("岐阜県池田町総務課"), Some("岐阜県池田町"));
        assert_eq!(name_at_start("岐阜県揖斐郡池田町企画課"), Some("岐阜県揖斐郡池田町"));
        assert_eq!(name_at_start("東京都総務局"), Some("東京都"));
        assert_eq!(name_at_start("青波市総務部"), None);
    }
}
