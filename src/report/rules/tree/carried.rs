//! The TOML that the program's own packs use: comments, `[a.b]` and `[[a.b]]`, keys without dots, strings without
//! escapes, lists, inline tables, whole and decimal numbers, `true` and `false`.

use super::{Kind, Member, Table, Value};
use std::borrow::Cow;

/// Lists and tables inside each other.
const DEEPEST: usize = 8;

/// Reads a pack that the program carries; `None` where it uses more of TOML than is known here. Lists called as one of
/// `empty` are left empty.
pub(in crate::report::rules) fn carried<'t>(text: &'t str, empty: &'static [&'static str]) -> Option<Table<'t>> {
    carried_until(text, empty, "\0").filter(|(_, rest)| rest.is_empty()).map(|(table, _)| table)
}

/// Reads a pack up to the line that begins with `until`, and gives what it left.
pub(in crate::report::rules) fn carried_until<'t>(
    text: &'t str,
    empty: &'static [&'static str],
    until: &str,
) -> Option<(Table<'t>, &'t str)> {
    let mut reader = Reader { text, at: 0, empty };
    let mut root = Table::default();
    let mut path: Vec<&str> = Vec::new();
    loop {
        reader.blank();
        match reader.peek() {
            None => break,
            Some(b'[') if reader.rest().starts_with(until) => break,
            Some(b'[') => path = reader.header(&mut root)?,
            Some(_) => {
                let member = reader.member(0)?;
                let table = path.iter().try_fold(&mut root, |table, key| last(table, key))?;
                table.members.push(member);
            }
        }
    }
    sort(&mut root)?;
    Some((root, reader.rest()))
}

/// The table under `key`, the last one where it is a list of tables.
fn last<'a, 't>(table: &'a mut Table<'t>, key: &str) -> Option<&'a mut Table<'t>> {
    let member = table.members.iter_mut().rfind(|member| member.key == key)?;
    match &mut member.value.kind {
        Kind::Table(table) => Some(table),
        Kind::List(list) => match &mut list.last_mut()?.kind {
            Kind::Table(table) => Some(table),
            _ => None,
        },
        _ => None,
    }
}

/// Puts members in the order of their keys; `None` where a key stands twice.
fn sort(table: &mut Table<'_>) -> Option<()> {
    table.members.sort_by(|a, b| a.key.cmp(&b.key));
    if table.members.windows(2).any(|pair| pair[0].key == pair[1].key) {
        return None;
    }
    for member in &mut table.members {
        match &mut member.value.kind {
            Kind::Table(table) => sort(table)?,
            Kind::List(list) => list.iter_mut().try_for_each(|value| match &mut value.kind {
                Kind::Table(table) => sort(table),
                _ => Some(()),
            })?,
            _ => {}
        }
    }
    Some(())
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    empty: &'static [&'static str],
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Passes over spaces, ends of lines and comments.
    fn blank(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                _ => return,
            }
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text up to `end`, which is taken too.
    fn up_to(&mut self, end: u8) -> Option<&'t str> {
        let rest = self.rest();
        let text = rest.get(..rest.bytes().position(|byte| byte == end)?)?;
        self.at += text.len() + 1;
        Some(text)
    }

    /// A key in quotation marks or without.
    fn key(&mut self) -> Option<&'t str> {
        if self.takes(b'"') {
            return self.up_to(b'"').filter(|key| !key.contains('\\'));
        }
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        self.at += end;
        Some(&rest[..end]).filter(|key| !key.is_empty())
    }

    /// `[a.b]` or `[[a.b]]`: makes room for its members and gives the way there.
    fn header(&mut self, root: &mut Table<'t>) -> Option<Vec<&'t str>> {
        let at = self.at;
        self.at += 1;
        let one_of_several = self.takes(b'[');
        let mut path = vec![self.key()?];
        while self.takes(b'.') {
            path.push(self.key()?);
        }
        let closed = self.takes(b']') && (!one_of_several || self.takes(b']'));
        let (key, outer) = path.split_last().filter(|_| closed)?;
        let mut table = root;
        for key in outer {
            if last(table, key).is_none() {
                table.add(key, at, Kind::Table(Table::default()));
            }
            table = last(table, key)?;
        }
        let new = || Kind::Table(Table::default());
        match table.members.iter_mut().find(|member| member.key == *key) {
            None if one_of_several => table.add(key, at, Kind::List(vec![Value { at, kind: new() }])),
            None => table.add(key, at, new()),
            Some(Member { value: Value { kind: Kind::List(list), .. }, .. }) if one_of_several => {
                list.push(Value { at, kind: new() });
            }
            Some(_) => return None,
        }
        Some(path)
    }

    /// `key = value`
    fn member(&mut self, depth: usize) -> Option<Member<'t>> {
        let at = self.at;
        let key = self.key()?;
        self.blank();
        if !self.takes(b'=') {
            return None;
        }
        self.blank();
        let value = if self.empty.contains(&key) && self.peek() == Some(b'[') {
            let start = self.at;
            self.pass_list(depth)?;
            Value { at: start, kind: Kind::List(Vec::new()) }
        } else {
            self.value(depth)?
        };
        Some(Member { key: Cow::Borrowed(key), at, value })
    }

    /// Passes over a list. Of one of strings in one line only the end is looked at.
    fn pass_list(&mut self, depth: usize) -> Option<()> {
        let line = self.rest().split('\n').next().unwrap_or_default();
        if (line.ends_with("\"]") || line.ends_with("']")) && !line[1..].contains('[') {
            self.at += line.len();
            return Some(());
        }
        self.several(b']', |reader| reader.value(depth + 1).map(drop)).map(drop)
    }

    fn value(&mut self, depth: usize) -> Option<Value<'t>> {
        let at = self.at;
        if depth > DEEPEST {
            return None;
        }
        let kind = match self.peek()? {
            b'\'' | b'"' => Kind::Text(Cow::Borrowed(self.string()?)),
            b'[' => Kind::List(self.several(b']', |reader| reader.value(depth + 1))?),
            b'{' => Kind::Table(Table { members: self.several(b'}', |reader| reader.member(depth + 1))? }),
            _ => self.word()?,
        };
        Some(Value { at, kind })
    }

    fn string(&mut self) -> Option<&'t str> {
        let quote = self.peek()?;
        self.at += 1;
        let text = self.up_to(quote)?;
        // An empty string before a third mark begins one of several lines.
        let known = self.peek() != Some(quote) && (quote == b'\'' || !text.contains('\\'));
        known.then_some(text)
    }

    /// Values or members with commas between them, up to `end`.
    fn several<T>(&mut self, end: u8, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.at += 1;
        let mut all = Vec::new();
        loop {
            self.blank();
            if self.takes(end) {
                return Some(all);
            }
            all.push(one(self)?);
            self.blank();
            if !self.takes(b',') {
                return self.takes(end).then_some(all);
            }
        }
    }

    /// `true`, `false` or a number.
    fn word(&mut self) -> Option<Kind<'t>> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
        self.at += end;
        match &rest[..end] {
            "true" => Some(Kind::Flag(true)),
            "false" => Some(Kind::Flag(false)),
            digits if digits.starts_with(|c: char| c.is_ascii_digit()) => digits.parse().ok().map(Kind::Number),
            _ => None,
        }
    }
}

impl<'t> Table<'t> {
    fn add(&mut self, key: &'t str, at: usize, kind: Kind<'t>) {
        self.members.push(Member { key: Cow::Borrowed(key), at, value: Value { at, kind } });
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::BUILT_IN_TEXTS;
    use super::super::read;
    use super::{Kind, Table, carried};

    #[test]
    fn the_packs_are_read_as_the_toml_crate_reads_them() {
        for (file, text) in BUILT_IN_TEXTS {
            assert!(carried(text, &[]) == Some(read(text).unwrap()), "{file}");
        }
    }

    #[test]
    fn what_is_known_is_read_the_same_way() {
        for text in [
            "",
            "# a\n a = 'x' # b\n\"b c\" = [1, 2.5, [true],\n # c\n]\n",
            "[a]\nb = 1\n[a.c]\nd = {e = '', f = [\"g\"]}\n",
            "[[a.b]]\nc = 1\n[[a.b]]\n[a.d]\n",
        ] {
            assert!(carried(text, &[]) == Some(read(text).unwrap()), "{text}");
        }
    }

    /// The same table with nothing in the lists that are passed over.
    fn without<'t>(mut table: Table<'t>, keys: &[&str]) -> Table<'t> {
        for member in &mut table.members {
            let passed = keys.contains(&member.key.as_ref());
            match &mut member.value.kind {
                Kind::List(list) if passed => list.clear(),
                Kind::List(list) => list.iter_mut().for_each(|value| {
                    if let Kind::Table(table) = &mut value.kind {
                        *table = without(std::mem::take(table), keys);
                    }
                }),
                Kind::Table(table) => *table = without(std::mem::take(table), keys),
                _ => {}
            }
        }
        table
    }

    #[test]
    fn the_examples_of_the_packs_are_passed_over() {
        for (file, text) in BUILT_IN_TEXTS {
            let whole = read(text).unwrap();
            assert!(carried(text, &["match", "reject"]) == Some(without(whole, &["match", "reject"])), "{file}");
        }
    }

    #[test]
    fn lists_that_are_not_wanted_are_passed_over() {
        let table = carried("a = ['[', [1]]\n[b]\na = 'a'\nc = [{a = [1], d = 2}]\n", &["a"]);
        assert!(table == Some(read("a = []\n[b]\na = 'a'\nc = [{a = [], d = 2}]\n").unwrap()));
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        for text in
            ["a = \"\\n\"", "a = '''b'''", "a.b = 1", "a = 1\na = 2", "[a]\n[a]", "a = -1", "a", "a = 1979-05-27"]
        {
            assert!(carried(text, &[]).is_none(), "{text}");
        }
    }
}
