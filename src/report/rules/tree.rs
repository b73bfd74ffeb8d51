//! A pack's TOML as a tree of values that know where they stand.

use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with the offset in the file where it begins.
#[derive(Debug, Clone)]
pub(super) struct Value<'t> {
    pub(super) at: usize,
    pub(super) kind: Kind<'t>,
}

#[derive(Debug, Clone)]
pub(super) enum Kind<'t> {
    Text(Cow<'t, str>),
    Number(f64),
    Flag(bool),
    List(Vec<Value<'t>>),
    Table(Table<'t>),
    /// Something that no pack has a use for, such as a date.
    Other,
}

/// Members, ordered by their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Table<'t> {
    pub(super) members: Vec<Member<'t>>,
}

#[derive(Debug, Clone)]
pub(super) struct Member<'t> {
    pub(super) key: Cow<'t, str>,
    /// Where the key begins.
    pub(super) at: usize,
    pub(super) value: Value<'t>,
}

impl<'t> Table<'t> {
    pub(super) fn get(&self, key: &str) -> Option<&Value<'t>> {
        self.members.iter().find(|member| member.key == key).map(|member| &member.value)
    }
}

/// The elements of a list, none where there is no value; a value that is no list counts as a list of one.
pub(super) fn elements<'v, 't>(value: Option<&'v Value<'t>>) -> &'v [Value<'t>] {
    match value.map(|value| (value, &value.kind)) {
        Some((_, Kind::List(list))) => list,
        Some((value, _)) => std::slice::from_ref(value),
        None => &[],
    }
}

/// Reads any TOML; the error has its offset and what is wrong.
pub(super) fn read(text: &str) -> Result<Table<'_>, (usize, String)> {
    match DeTable::parse(text) {
        Ok(parsed) => Ok(table(parsed.into_inner())),
        Err(problem) => Err((problem.span().map_or(0, |span| span.start), problem.message().to_owned())),
    }
}

fn table(parsed: DeTable<'_>) -> Table<'_> {
    let members = parsed.into_iter().map(|(key, of)| {
        let at = key.span().start;
        Member { key: key.into_inner(), at, value: value(of) }
    });
    Table { members: members.collect() }
}

fn value(parsed: Spanned<DeValue<'_>>) -> Value<'_> {
    let at = parsed.span().start;
    let kind = match parsed.into_inner() {
        DeValue::String(text) => Kind::Text(text),
        DeValue::Integer(digits) => number(digits.as_str()),
        DeValue::Float(digits) => number(digits.as_str()),
        DeValue::Boolean(flag) => Kind::Flag(flag),
        DeValue::Array(list) => Kind::List(list.into_iter().map(value).collect()),
        DeValue::Table(of) => Kind::Table(table(of)),
        DeValue::Datetime(_) => Kind::Other,
    };
    Value { at, kind }
}

fn number(digits: &str) -> Kind<'static> {
    let number = digits.replace('_', "").parse::<f64>().ok();
    number.filter(|n| n.is_finite()).map_or(Kind::Other, Kind::Number)
}
