//! A pack as its TOML file has it, and the way from there to [`Rules`]: parts are put into patterns, the pack that it
//! extends is laid under it, and whatever is wrong is told with its line.

use super::pattern::Example;
use super::{Evidence, Link, PackError, Pattern, Role, Rule, Rules};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Result<T> = std::result::Result<T, PackError>;
type Value<'i> = Spanned<DeValue<'i>>;

/// Reads `text`; `known` are the packs that it can extend.
pub(super) fn load(text: &str, file: &str, known: &[Rules]) -> Result<Rules> {
    let mut reader = Reader {
        text,
        file,
        pack: String::new(),
        parts: BTreeMap::new(),
        line_ends: text.match_indices('\n').map(|(at, _)| at).collect(),
    };
    let table = DeTable::parse(text).map_err(|problem| {
        let at = problem.span().map_or(0, |span| span.start);
        reader.error(at, problem.message())
    })?;
    let table = table.get_ref();
    reader.known_keys(
        table,
        &["name", "description", "extends", "part", "vocabulary", "units", "rule", "evidence", "link", "audit"],
        "",
    )?;
    let mut rules = reader.base(table, known)?;
    let name = member(table, "name").ok_or_else(|| reader.error(0, "the pack needs a name"))?;
    rules.name = reader.string(name)?.to_owned();
    rules.name.clone_into(&mut reader.pack);
    if let Some(description) = member(table, "description") {
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
    parts: BTreeMap<String, String>,
    /// Offset of each line's end: hundreds of patterns and examples want their line.
    line_ends: Vec<usize>,
}

fn member<'v, 'i>(table: &'v DeTable<'i>, key: &str) -> Option<&'v Value<'i>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
}

impl Reader<'_> {
    fn error(&self, offset: usize, what: impl Into<String>) -> PackError {
        PackError::at(self.file, self.text, offset, what)
    }

    fn wrong<T>(&self, value: &Value<'_>, what: &str) -> Result<T> {
        Err(self.error(value.span().start, what))
    }

    fn known_keys(&self, table: &DeTable<'_>, keys: &[&str], place: &str) -> Result<()> {
        match table.iter().find(|(name, _)| !keys.contains(&name.get_ref().as_ref())) {
            None => Ok(()),
            Some((name, _)) => {
                let what = format!("{place}unknown key {:?}: known are {}", name.get_ref(), keys.join(", "));
                Err(self.error(name.span().start, what))
            }
        }
    }

    fn string<'v>(&self, value: &'v Value<'_>) -> Result<&'v str> {
        value.get_ref().as_str().map_or_else(|| self.wrong(value, "a string is wanted here"), Ok)
    }

    fn table<'v, 'i>(&self, value: &'v Value<'i>) -> Result<&'v DeTable<'i>> {
        value.get_ref().as_table().map_or_else(|| self.wrong(value, "a table is wanted here"), Ok)
    }

    /// The elements of a list; a value that is no list counts as a list of one.
    fn list<'v, 'i>(value: &'v Value<'i>) -> Vec<&'v Value<'i>> {
        value.get_ref().as_array().map_or_else(|| vec![value], |array| array.iter().collect())
    }

    /// The members of the table under `key`, none where there is none.
    fn members<'v, 'i>(&self, table: &'v DeTable<'i>, key: &str) -> Result<Vec<(&'v str, usize, &'v Value<'i>)>> {
        let Some(value) = member(table, key) else { return Ok(Vec::new()) };
        let table = self.table(value)?;
        Ok(table.iter().map(|(name, value)| (name.get_ref().as_ref(), name.span().start, value)).collect())
    }

    fn base(&self, table: &DeTable<'_>, known: &[Rules]) -> Result<Rules> {
        let Some(value) = member(table, "extends") else { return Ok(Rules::default()) };
        let name = self.string(value)?;
        let Some(base) = known.iter().find(|pack| pack.name == name) else {
            let names: Vec<_> = known.iter().map(|pack| pack.name.as_str()).collect();
            return self.wrong(value, &format!("extends unknown pack {name:?}: known are {}", names.join(", ")));
        };
        Ok(Rules { extends: Some(name.to_owned()), evidence: Vec::new(), ..base.clone() })
    }

    fn parts(&mut self, table: &DeTable<'_>, known: &[Rules]) -> Result<()> {
        let base = member(table, "extends").and_then(|value| value.get_ref().as_str());
        if let Some(base) = known.iter().find(|pack| Some(pack.name.as_str()) == base) {
            self.parts.clone_from(&base.parts);
        }
        for (name, _, value) in self.members(table, "part")? {
            let regex = self.expand(self.string(value)?, value.span().start)?;
            self.parts.insert(name.to_owned(), format!("(?:{regex})"));
        }
        Ok(())
    }

    /// Puts the parts that `regex` names as `${part}` in their places.
    fn expand(&self, regex: &str, offset: usize) -> Result<String> {
        let mut whole = String::new();
        let mut rest = regex;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) =
                after.split_once('}').ok_or_else(|| self.error(offset, "${ without its }: write ${part}"))?;
            let part = self.parts.get(name).ok_or_else(|| self.error(offset, format!("no part is called {name:?}")))?;
            whole.push_str(before);
            whole.push_str(part);
            rest = after;
        }
        whole.push_str(rest);
        Ok(whole)
    }

    fn vocabulary(&self, table: &DeTable<'_>, rules: &mut Rules) -> Result<()> {
        for (name, at, value) in self.members(table, "vocabulary")? {
            let role = Role::named(name).ok_or_else(|| self.error(at, format!("vocabulary: unknown role {name:?}")))?;
            for word in Self::list(value) {
                rules.vocabulary.add(self.string(word)?, role);
            }
        }
        for unit in member(table, "units").map(Self::list).unwrap_or_default() {
            rules.units.push(self.string(unit)?.to_owned());
        }
        rules.parts.clone_from(&self.parts);
        Ok(())
    }

    fn patterns(&self, table: &DeTable<'_>, rules: &mut Rules) -> Result<()> {
        for (name, at, value) in self.members(table, "rule")? {
            let rule = Rule::named(name).ok_or_else(|| self.error(at, format!("unknown rule {name:?}")))?;
            let patterns = self.pattern_list(value, &format!("rule {name}"))?;
            rules.patterns.insert(rule, patterns.into());
        }
        Ok(())
    }

    fn pattern_list(&self, value: &Value<'_>, name: &str) -> Result<Vec<Pattern>> {
        Self::list(value).into_iter().map(|one| self.pattern(one, name, &[])).collect()
    }

    fn pattern(&self, value: &Value<'_>, name: &str, more_keys: &[&str]) -> Result<Pattern> {
        let table = self.table(value)?;
        let keys: Vec<_> = ["pattern", "needs", "match", "reject"].iter().chain(more_keys).copied().collect();
        self.known_keys(table, &keys, &format!("{name}: "))?;
        let Some(regex) = member(table, "pattern") else {
            return self.wrong(value, &format!("{name}: needs a pattern"));
        };
        let must_match = self.examples(table, "match")?;
        let must_not = self.examples(table, "reject")?;
        let needs = member(table, "needs").map(Self::list).unwrap_or_default();
        let needs = needs.into_iter().map(|part| Ok(self.string(part)?.to_owned())).collect::<Result<_>>()?;
        Ok(self.regex(regex, name)?.needing(needs).with_examples(must_match, must_not))
    }

    fn regex(&self, value: &Value<'_>, name: &str) -> Result<Pattern> {
        let offset = value.span().start;
        let regex = self.expand(self.string(value)?, offset)?;
        Ok(Pattern::new(name.to_owned(), &self.pack, regex, self.line_of(offset)))
    }

    /// 1-based line of a byte offset.
    fn line_of(&self, offset: usize) -> usize {
        1 + self.line_ends.partition_point(|end| *end < offset)
    }

    fn examples(&self, table: &DeTable<'_>, key: &str) -> Result<Vec<Example>> {
        let values = member(table, key).map(Self::list).unwrap_or_default();
        let example = |value: &Value<'_>| {
            Ok(Example { text: self.string(value)?.to_owned(), line: self.line_of(value.span().start) })
        };
        values.into_iter().map(example).collect()
    }

    fn evidence(&self, table: &DeTable<'_>, rules: &mut Rules) -> Result<()> {
        for (i, value) in member(table, "evidence").map(Self::list).unwrap_or_default().into_iter().enumerate() {
            let pattern = self.pattern(value, &format!("evidence {}", i + 1), &["weight"])?;
            let weight = member(self.table(value)?, "weight").map_or(Ok(1.0), |w| self.number(w))?;
            rules.evidence.push(Evidence { pattern, weight });
        }
        Ok(())
    }

    fn number(&self, value: &Value<'_>) -> Result<f64> {
        let text = value.get_ref().as_float().map(|f| f.as_str().to_owned());
        let text = text.or_else(|| value.get_ref().as_integer().map(|i| i.as_str().to_owned()));
        let number = text.and_then(|text| text.replace('_', "").parse::<f64>().ok()).filter(|n| n.is_finite());
        number.map_or_else(|| self.wrong(value, "a number is wanted here"), Ok)
    }

    fn links(&self, table: &DeTable<'_>, rules: &mut Rules) -> Result<()> {
        for value in member(table, "link").map(Self::list).unwrap_or_default() {
            let form = self.table(value)?;
            self.known_keys(form, &["name", "indicator", "initiative", "same-denominator"], "link: ")?;
            let need =
                |key| member(form, key).ok_or_else(|| self.error(value.span().start, format!("link: needs {key}")));
            let name = self.string(need("name")?)?.to_owned();
            let what = format!("link {name}");
            let initiative = member(form, "initiative").map(|regex| self.regex(regex, &what)).transpose()?;
            let same = member(form, "same-denominator").and_then(|flag| flag.get_ref().as_bool()).unwrap_or(false);
            let indicator = self.regex(need("indicator")?, &what)?;
            rules.links.retain(|link| link.name != name);
            rules.links.push(Link { name, indicator, initiative, same_denominator: same });
        }
        Ok(())
    }

    fn audit(&self, table: &DeTable<'_>, rules: &mut Rules) -> Result<()> {
        for (id, _, value) in self.members(table, "audit")? {
            let lists = rules.audit.entry(id.to_owned()).or_default();
            for (list, patterns) in self.table(value)? {
                let name = list.get_ref().to_string();
                let patterns = self.pattern_list(patterns, &format!("audit {id} {name}"))?;
                lists.insert(name, patterns);
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
