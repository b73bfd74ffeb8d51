//! A pack as its TOML file has it, and the way from there to [`Rules`]: parts are put into patterns, the pack that it
//! extends is laid under it, and whatever is wrong is told with its line.

use super::part::{self, Part};
use super::pattern::Example;
use super::tree::{self, Kind, Member, Table, Value, elements};
use super::{AuditList, Evidence, Link, PackError, Pattern, Role, Rule, Rules};
use std::borrow::Cow;

type Result<T> = std::result::Result<T, PackError>;

/// Reads `text`; `known` are the packs that it can extend.
pub(super) fn load(text: &str, file: &str, known: &[Rules]) -> Result<Rules> {
    let table = tree::read(text).map_err(|(at, what)| PackError::at(file, text, at, what))?;
    read(&table, text, file, known)
}

/// What a pattern can say, and what one can that is evidence.
const PATTERN_KEYS: [&str; 4] = ["pattern", "needs", "match", "reject"];
const EVIDENCE_KEYS: [&str; 5] = ["pattern", "needs", "match", "reject", "weight"];

fn read<'t>(table: &Table<'t>, text: &'t str, file: &'t str, known: &[Rules]) -> Result<Rules> {
    let mut reader = Reader { text, file, pack: String::new(), parts: Vec::new() };
    reader.known_keys(
        table,
        &["name", "description", "extends", "part", "vocabulary", "units", "rule", "evidence", "link", "audit"],
        String::new,
    )?;
    let mut rules = reader.base(table, known)?;
    let name = table.get("name").ok_or_else(|| reader.error(0, "the pack needs a name"))?;
    rules.name = reader.string(name)?.to_owned();
    reader.pack.clone_from(&rules.name);
    if let Some(description) = table.get("description") {
        rules.description = reader.string(description)?.to_owned();
    }
    reader.parts(table, known)?;
    reader.vocabulary(table, &mut rules)?;
    reader.patterns(table, &mut rules)?;
    reader.evidence(table, &mut rules)?;
    reader.links(table, &mut rules)?;
    reader.audit(table, &mut rules)?;
    Ok(rules)
}

/// Walks the parsed TOML; keeps what errors and patterns need.
struct Reader<'t> {
    text: &'t str,
    file: &'t str,
    pack: String,
    parts: Vec<Part>,
}

impl<'t> Reader<'t> {
    fn error(&self, offset: usize, what: impl Into<String>) -> PackError {
        PackError::at(self.file, self.text, offset, what)
    }

    fn wrong<T>(&self, value: &Value<'t>, what: &str) -> Result<T> {
        Err(self.error(value.at, what))
    }

    fn known_keys(&self, table: &Table<'t>, keys: &[&str], place: impl Fn() -> String) -> Result<()> {
        match table.members.iter().find(|member| !keys.contains(&member.key.as_ref())) {
            None => Ok(()),
            Some(Member { key, at, .. }) => {
                Err(self.error(*at, format!("{}unknown key {key:?}: known are {}", place(), keys.join(", "))))
            }
        }
    }

    fn string<'v>(&self, value: &'v Value<'t>) -> Result<&'v str> {
        match &value.kind {
            Kind::Text(text) => Ok(text),
            _ => self.wrong(value, "a string is wanted here"),
        }
    }

    fn table<'v>(&self, value: &'v Value<'t>) -> Result<&'v Table<'t>> {
        match &value.kind {
            Kind::Table(table) => Ok(table),
            _ => self.wrong(value, "a table is wanted here"),
        }
    }

    /// The members of the table under `key`, none where there is none.
    fn members<'v>(&self, table: &'v Table<'t>, key: &str) -> Result<&'v [Member<'t>]> {
        let Some(value) = table.get(key) else { return Ok(&[]) };
        Ok(&self.table(value)?.members)
    }

    fn base(&self, table: &Table<'t>, known: &[Rules]) -> Result<Rules> {
        let Some(value) = table.get("extends") else { return Ok(Rules::default()) };
        let name = self.string(value)?;
        let Some(base) = known.iter().find(|pack| pack.name == name) else {
            let names: Vec<_> = known.iter().map(|pack| pack.name.as_str()).collect();
            return self.wrong(value, &format!("extends unknown pack {name:?}: known are {}", names.join(", ")));
        };
        Ok(Rules { extends: Some(name.to_owned()), evidence: Cow::default(), ..base.clone() })
    }

    fn parts(&mut self, table: &Table<'t>, known: &[Rules]) -> Result<()> {
        let base = table.get("extends").and_then(|value| self.string(value).ok());
        if let Some(base) = known.iter().find(|pack| Some(pack.name.as_str()) == base) {
            self.parts = base.parts.to_vec();
        }
        for Member { key, value, .. } in self.members(table, "part")? {
            let regex = self.expand(self.string(value)?, value.at)?;
            part::put(&mut self.parts, key, &regex);
        }
        Ok(())
    }

    /// Puts the parts that `regex` names in their places.
    fn expand(&self, regex: &str, offset: usize) -> Result<String> {
        part::expand(regex, &self.parts).map_err(|what| self.error(offset, what))
    }

    fn vocabulary(&self, table: &Table<'t>, rules: &mut Rules) -> Result<()> {
        let mut words = Vec::new();
        for Member { key, at, value } in self.members(table, "vocabulary")? {
            let role = Role::named(key).ok_or_else(|| self.error(*at, format!("vocabulary: unknown role {key:?}")))?;
            for word in elements(Some(value)) {
                words.push((self.string(word)?, role));
            }
        }
        if !words.is_empty() {
            rules.vocabulary.add(words);
        }
        for unit in elements(table.get("units")) {
            rules.units.to_mut().push(self.string(unit)?.to_owned().into());
        }
        rules.parts = self.parts.clone().into();
        Ok(())
    }

    fn patterns(&self, table: &Table<'t>, rules: &mut Rules) -> Result<()> {
        for Member { key, at, value } in self.members(table, "rule")? {
            let rule = Rule::named(key).ok_or_else(|| self.error(*at, format!("unknown rule {key:?}")))?;
            let patterns = self.pattern_list(value, &format!("rule {key}"))?;
            rules.set_patterns(rule, patterns);
        }
        Ok(())
    }

    fn pattern_list(&self, value: &Value<'t>, name: &str) -> Result<Vec<Pattern>> {
        elements(Some(value)).iter().map(|one| self.pattern(one, name, &PATTERN_KEYS)).collect()
    }

    fn pattern(&self, value: &Value<'t>, name: &str, keys: &[&str]) -> Result<Pattern> {
        let table = self.table(value)?;
        self.known_keys(table, keys, || format!("{name}: "))?;
        let Some(regex) = table.get("pattern") else {
            return self.wrong(value, &format!("{name}: needs a pattern"));
        };
        let must_match = self.examples(table, "match")?;
        let must_not = self.examples(table, "reject")?;
        let needs = elements(table.get("needs")).iter();
        let needs = needs.map(|part| self.string(part).map(str::to_owned)).collect::<Result<_>>()?;
        Ok(self.regex(regex, name)?.needing(needs).with_examples(must_match, must_not))
    }

    fn regex(&self, value: &Value<'t>, name: &str) -> Result<Pattern> {
        let regex = self.expand(self.string(value)?, value.at)?;
        Ok(Pattern::new(name.to_owned(), self.pack.clone(), regex, value.at))
    }

    fn examples(&self, table: &Table<'t>, key: &str) -> Result<Vec<Example>> {
        let values = elements(table.get(key)).iter();
        values.map(|value| Ok(Example { text: self.string(value)?.to_owned(), at: value.at })).collect()
    }

    fn evidence(&self, table: &Table<'t>, rules: &mut Rules) -> Result<()> {
        for (i, value) in elements(table.get("evidence")).iter().enumerate() {
            let pattern = self.pattern(value, &format!("evidence {}", i + 1), &EVIDENCE_KEYS)?;
            let weight = self.table(value)?.get("weight").map_or(Ok(1.0), |w| self.number(w))?;
            rules.evidence.to_mut().push(Evidence { pattern, weight });
        }
        Ok(())
    }

    fn number(&self, value: &Value<'t>) -> Result<f64> {
        match value.kind {
            Kind::Number(number) => Ok(number),
            _ => self.wrong(value, "a number is wanted here"),
        }
    }

    fn links(&self, table: &Table<'t>, rules: &mut Rules) -> Result<()> {
        for value in elements(table.get("link")) {
            let form = self.table(value)?;
            self.known_keys(form, &["name", "indicator", "initiative", "same-denominator"], || "link: ".to_owned())?;
            let need = |key| form.get(key).ok_or_else(|| self.error(value.at, format!("link: needs {key}")));
            let name = self.string(need("name")?)?;
            let what = format!("link {name}");
            let initiative = form.get("initiative").map(|regex| self.regex(regex, &what)).transpose()?;
            let same = matches!(form.get("same-denominator"), Some(Value { kind: Kind::Flag(true), .. }));
            let indicator = self.regex(need("indicator")?, &what)?;
            let links = rules.links.to_mut();
            links.retain(|link| link.name != name);
            links.push(Link { name: name.to_owned().into(), indicator, initiative, same_denominator: same });
        }
        Ok(())
    }

    fn audit(&self, table: &Table<'t>, rules: &mut Rules) -> Result<()> {
        for Member { key: id, value, .. } in self.members(table, "audit")? {
            for Member { key: name, value, .. } in &self.table(value)?.members {
                let patterns = self.pattern_list(value, &format!("audit {id} {name}"))?;
                let list =
                    AuditList { id: id.to_string().into(), name: name.to_string().into(), patterns: patterns.into() };
                let lists = rules.audit.to_mut();
                match lists.binary_search_by(|known| known.key().cmp(&list.key())) {
                    Ok(at) => lists[at] = list,
                    Err(at) => lists.insert(at, list),
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::report::rules::Rules;

    #[track_caller]
    fn refused(pack: &str, message: &str) {
        assert_eq!(Rules::load(pack, "pack.toml").unwrap_err().to_string(), message);
    }

    #[test]
    fn errors_name_line_rule_and_example() {
        let pack =
            "name = \"p\"\n[rule.year-era]\npattern = \"R[0-9]+年度\"\nmatch = [\n  \"R3年度\",\n  \"R2年\",\n]\n";
        refused(pack, "pack.toml:6: rule year-era: example \"R2年\" must match and does not");
        let pack = "name = \"p\"\n[rule.mark]\npattern = \"※\"\nreject = [\"※C\"]\n";
        refused(pack, "pack.toml:4: rule mark: example \"※C\" must not match and does");
    }

    #[test]
    fn a_broken_pack_is_refused_with_its_line() {
        refused(
            "name = \"p\"\ncolour = 1\n",
            "pack.toml:2: unknown key \"colour\": known are name, description, extends, part, vocabulary, units, rule, evidence, link, audit",
        );
        refused("name = \"p\"\n[rule.colour]\npattern = \"x\"\n", "pack.toml:2: unknown rule \"colour\"");
        refused(
            "name = \"p\"\n\n[rule.mark]\npattern = \"(\"\n",
            "pack.toml:4: rule mark: broken regex: unclosed group",
        );
        refused(
            "name = \"p\"\n[rule.mark]\npatern = \"x\"\n",
            "pack.toml:3: rule mark: unknown key \"patern\": known are pattern, needs, match, reject",
        );
        refused(
            "name = \"p\"\nextends = \"q\"\n",
            "pack.toml:2: extends unknown pack \"q\": known are general, koganei",
        );
        refused("name = \"p\"\n[rule.mark]\npattern = \"${x}\"\n", "pack.toml:3: no part is called \"x\"");
        refused("name = \"p\"\n[vocabulary]\ncolour = [\"色\"]\n", "pack.toml:3: vocabulary: unknown role \"colour\"");
        refused("", "pack.toml:1: the pack needs a name");
        assert!(Rules::load("name = ", "pack.toml").unwrap_err().to_string().starts_with("pack.toml:1: "));
    }

    #[test]
    fn a_pack_extends_another() {
        let pack =
            Rules::load("name = \"p\"\nextends = \"general\"\n[vocabulary]\ngrade = [\"色\"]\n", "p.toml").unwrap();
        assert!(pack.label("色").is_some() && pack.label("評価").is_some());
    }
}
