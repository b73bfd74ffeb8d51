//! The names that things have in a pack, as tables of each thing with its name.

/// The name of `thing`.
pub(super) fn of<T: PartialEq>(names: &[(T, &'static str)], thing: &T) -> &'static str {
    names.iter().find(|(of, _)| of == thing).map_or("", |(_, name)| name)
}

/// The thing called `name`.
pub(super) fn thing<T: Copy>(names: &[(T, &'static str)], name: &str) -> Option<T> {
    names.iter().find(|(_, of)| *of == name).map(|(found, _)| *found)
}
