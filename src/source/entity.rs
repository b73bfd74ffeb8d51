//! Takes text with character references of HTML, gives it with the characters themselves. Only the names that occur in
//! text of offices are known; others stay as written.

use std::borrow::Cow;

const LONGEST: usize = 10;
const NAMED: [(&str, &str); 22] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("emsp", "\u{2003}"),
    ("ensp", "\u{2002}"),
    ("minus", "−"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("times", "×"),
    ("rarr", "→"),
    ("larr", "←"),
    ("uarr", "↑"),
    ("darr", "↓"),
    ("middot", "·"),
    ("yen", "¥"),
    ("deg", "°"),
    ("plusmn", "±"),
    ("copy", "©"),
];

/// The text with its references resolved.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let from = &rest[at + 1..];
        let end = from.bytes().take(LONGEST).position(|b| b == b';');
        match end.and_then(|end| from.get(..end).zip(from.get(end + 1..))) {
            Some((name, after)) if push(name, &mut out) => rest = after,
            _ => {
                out.push('&');
                rest = from;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn push(name: &str, out: &mut String) -> bool {
    let number = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
        Some(decimal) => decimal.parse().ok(),
        None => None,
    };
    if let Some(character) = number.and_then(char::from_u32).filter(|c| !c.is_control() || *c == '\n') {
        out.push(character);
        return true;
    }
    let named = NAMED.iter().find(|(known, _)| *known == name);
    if let Some((_, text)) = named {
        out.push_str(text);
    }
    named.is_some()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references() {
        assert_eq!(decode("A&amp;B &#12354;&#x3042; &rarr;"), "A&B ああ →");
        assert_eq!(decode("R&D; A&B &unknown; &#xD800; &"), "R&D; A&B &unknown; &#xD800; &");
    }
}
