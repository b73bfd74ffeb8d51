//! Takes the name of a glyph, gives the text it stands for (Adobe Glyph List Specification, 2). Names that tell no
//! character (`g12`, `cid3`, `.notdef`) give nothing: which glyph they are is for the font program to say.

use skrifa::raw::ps::agl;

/// The characters of a glyph name, or `None` where it names none.
pub(super) fn text(name: &str) -> Option<String> {
    if name.starts_with('.') {
        return None;
    }
    let text: String = agl::name_to_chars(name).filter(|&c| c != '\0').collect();
    if text.is_empty() { text_of_odd_name(name) } else { Some(text) }
}

/// Spellings outside the list that producers use: `u4E00` in lower case, `uni` with lower-case digits, `Uni4E00`.
fn text_of_odd_name(name: &str) -> Option<String> {
    let base = name.split('.').next()?;
    let digits = ["uni", "Uni", "UNI", "u", "U+", "U"].iter().find_map(|prefix| base.strip_prefix(prefix))?;
    if !(4..=6).contains(&digits.len()) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, 16).ok()?).filter(|&c| c != '\0').map(String::from)
}

/// The glyph index or CID in a name such as `g12`, `gid00012`, `glyph12`, `cid3` or `index7`.
pub(super) fn index(name: &str) -> Option<u32> {
    let base = name.split('.').next()?;
    let digits =
        ["glyph", "index", "gid", "cid", "CID", "g", "G"].iter().find_map(|prefix| base.strip_prefix(prefix))?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(name: &str, expected: Option<&str>) {
        assert_eq!(text(name).as_deref(), expected, "{name}");
    }

    #[test]
    fn names_of_the_list() {
        case("A", Some("A"));
        case("yen", Some("¥"));
        case("bullet", Some("•"));
        case("a9", Some("✠"));
    }

    #[test]
    fn names_that_hold_code_points() {
        case("uni53D6", Some("取"));
        case("uni53D67D44", Some("取組"));
        case("u20BB7", Some("𠮷"));
        case("uni53d6", Some("取"));
        case("u53d6", Some("取"));
    }

    #[test]
    fn variants_and_ligatures() {
        case("uni53D6.vert", Some("取"));
        case("f_f_i", Some("ffi"));
    }

    #[test]
    fn names_without_a_character() {
        case(".notdef", None);
        case("g12", None);
        case("cid1200", None);
        case("uniD800", None);
        case("", None);
    }

    #[test]
    fn names_that_hold_an_index() {
        assert_eq!(index("g12"), Some(12));
        assert_eq!(index("gid00012"), Some(12));
        assert_eq!(index("cid1200"), Some(1200));
        assert_eq!(index("glyph7.alt"), Some(7));
        assert_eq!(index("germandbls"), None);
    }
}
