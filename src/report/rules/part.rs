//! Named parts of regexes, which patterns take in as `${name}`.

/// A name with its regex, in brackets.
pub(super) type Part = (std::borrow::Cow<'static, str>, std::borrow::Cow<'static, str>);

/// Adds a part, or puts it in the place of the one called so.
pub(super) fn put(parts: &mut Vec<Part>, name: &str, regex: &str) {
    parts.retain(|(known, _)| known != name);
    parts.push((name.to_owned().into(), format!("(?:{regex})").into()));
}

/// Puts the parts that `regex` names in their places.
///
/// # Errors
///
/// What is wrong, as a sentence.
pub(super) fn expand(regex: &str, parts: &[Part]) -> Result<String, String> {
    let mut whole = String::with_capacity(regex.len());
    let mut rest = regex;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').ok_or("${ without its }: write ${part}")?;
        let part = parts.iter().find(|(known, _)| known == name);
        let (_, part) = part.ok_or_else(|| format!("no part is called {name:?}"))?;
        whole.push_str(before);
        whole.push_str(part);
        rest = after;
    }
    whole.push_str(rest);
    Ok(whole)
}
