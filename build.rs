//! Reads the rule packs that the program carries and writes them as constants, patterns taken apart, so that no start of
//! the program reads them again. How texts are folded and patterns are parsed is the program's own code.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::print_stdout,
    reason = "the program's modules; cargo reads what is printed"
)]

#[path = "src/report/rules/matcher/filter.rs"]
mod filter;
#[path = "src/report/values/fold.rs"]
mod fold;
#[path = "src/report/rules/name.rs"]
mod name;
#[path = "src/report/rules/matcher/parse.rs"]
mod parse;
#[path = "src/report/rules/part.rs"]
mod part;
#[path = "src/report/rules/matcher/program.rs"]
mod program;
#[path = "src/report/rules/role.rs"]
mod role;
#[path = "src/report/rules/rule.rs"]
mod rule;
#[path = "src/report/rules/matcher/set.rs"]
mod set;
#[path = "src/report/values/sieve.rs"]
mod sieve;
#[path = "src/report/rules/tree.rs"]
mod tree;
#[path = "src/report/rules/words.rs"]
mod words;

/// Where the modules look for each other.
mod report {
    pub mod values {
        pub(crate) use crate::{fold, sieve};
    }
}

use part::Part;
use role::Role;
use rule::Rule;
use sieve::Sieve;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::{env, error, fs, path::Path};
use tree::{Kind, Table, Value, elements};
use words::Words;

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

const FOLDER: &str = "src/report/rules";
/// Each after the one that it extends.
const PACKS: [&str; 2] = ["general", "koganei"];

fn main() -> Result<()> {
    let mut constants = Constants::default();
    let mut packs: Vec<Pack> = Vec::new();
    for name in PACKS {
        let file = format!("{FOLDER}/{name}.toml");
        println!("cargo:rerun-if-changed={file}");
        let text = fs::read_to_string(&file)?;
        let table = tree::read(&text).map_err(|(at, what)| format!("{file}: byte {at}: {what}"))?;
        let pack = Pack::read(&table, &packs, &mut constants).map_err(|problem| format!("{file}: {problem}"))?;
        packs.push(pack);
    }
    link_at_fixed_address();
    let folder = env::var("OUT_DIR")?;
    let Constants { matchers, sets, mut others, .. } = constants;
    let count = matchers.len();
    let matchers = matchers.join(",\n");
    let matchers = format!(
        "{sets}\n/// The patterns, taken apart.\npub(in crate::report::rules) static CARRIED: [Matcher; {count}] = [\n{matchers}\n];\n"
    );
    let constants: Vec<_> = packs.iter().map(|pack| pack.constant.as_str()).collect();
    write!(
        others,
        "\n/// Each after the one that it extends.\npub(super) static PACKS: [Carried; {}] = [\n{}\n];\n",
        packs.len(),
        constants.join(",\n")
    )?;
    fs::write(Path::new(&folder).join("matchers.rs"), matchers)?;
    fs::write(Path::new(&folder).join("packs.rs"), others)?;
    Ok(())
}

/// Links the program at a fixed address where that is known to work, as Go and C programs often are. At a random address
/// the loader mends some 56,000 pointers of tables (fonts, regular expressions, command line) before the first line of
/// the program runs, which takes a tenth of the time of a short report. Libraries, heap and stack stay where chance puts
/// them.
fn link_at_fixed_address() {
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    let is_static = env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|all| all.split(',').any(|one| one == "crt-static"));
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        println!("cargo:rustc-link-arg-bin=torikumi=-no-pie");
    }
}

/// Constants written so far.
#[derive(Default)]
struct Constants {
    matchers: Vec<String>,
    /// What matchers refer to.
    sets: String,
    /// All that packs refer to.
    others: String,
    count: usize,
}

impl Constants {
    /// Writes a list as a constant and gives a reference to it.
    fn list(&mut self, of: &str, members: &[String]) -> Result<String> {
        if members.is_empty() {
            return Ok("&[]".to_owned());
        }
        self.count += 1;
        let (number, count, members) = (self.count, members.len(), members.join(",\n"));
        writeln!(self.others, "static LIST_{number}: [{of}; {count}] = [\n{members}\n];")?;
        Ok(format!("&LIST_{number}"))
    }

    /// Takes a pattern apart and gives its number.
    fn matcher(&mut self, regex: &str) -> Result<usize> {
        let parsed = parse::parse(regex).ok_or_else(|| format!("the matcher does not know {regex}"))?;
        let (number, program, filter) = (self.matchers.len(), parsed.program, parsed.filter);
        let steps = program.steps.iter().map(|step| format!("Step::{step:?}")).collect::<Vec<_>>().join(", ");
        let set = |set: &set::Set| format!("Set {{ ascii: {}, beyond: Borrowed(&{:?}) }}", set.ascii, set.beyond);
        let sets = program.sets.iter().map(set).collect::<Vec<_>>().join(", ");
        let name = |name: &Option<&str>| name.map_or("None".to_owned(), |name| format!("Some({})", borrowed(name)));
        let names = parsed.names.iter().map(name).collect::<Vec<_>>().join(", ");
        writeln!(self.sets, "static SETS_{number}: [Set; {}] = [{sets}];", program.sets.len())?;
        writeln!(self.sets, "static NAMES_{number}: [Option<Cow<'static, str>>; {}] = [{names}];", parsed.names.len())?;
        self.matchers.push(format!(
            "Matcher {{ program: Program {{ steps: Borrowed(&[{steps}]), texts: Borrowed({:?}), sets: Borrowed(&SETS_{number}) }}, \
             filter: Filter {{ part: {:?}, all: {:?}, one_of: Borrowed(&{:?}) }}, names: Borrowed(&NAMES_{number}) }}",
            program.texts, filter.part, filter.all, filter.one_of
        ));
        Ok(number)
    }
}

fn borrowed(text: &str) -> String {
    format!("Borrowed({text:?})")
}

/// A pack with what it takes over from the one that it extends.
#[derive(Default)]
struct Pack {
    name: String,
    words: Words,
    parts: Vec<Part>,
    units: Vec<String>,
    /// By name.
    links: Vec<(String, String)>,
    audit: BTreeMap<(String, String), String>,
    constant: String,
}

impl Pack {
    fn read(table: &Table<'_>, known: &[Self], constants: &mut Constants) -> Result<Self> {
        let text_of = |key| table.get(key).map(text).transpose();
        let extends = text_of("extends")?;
        let base = extends.and_then(|name| known.iter().find(|pack| pack.name == name));
        let mut pack = Self { name: text_of("name")?.ok_or("needs a name")?.to_owned(), ..Self::default() };
        if let Some(base) = base {
            pack.words = base.words.clone();
            pack.parts.clone_from(&base.parts);
            pack.units.clone_from(&base.units);
            pack.links.clone_from(&base.links);
            pack.audit.clone_from(&base.audit);
        }
        let parts = pack.parts(table, constants)?;
        let words = pack.words(table, constants)?;
        let units = pack.units(table, constants)?;
        let patterns = pack.patterns(table, constants)?;
        let evidence = pack.evidence(table, constants)?;
        let links = pack.links(table, constants)?;
        let audit = pack.audit(table, constants)?;
        pack.constant = format!(
            "Carried {{ name: {:?}, description: {:?}, extends: {extends:?}, {words}, parts: {parts}, units: {units}, \
             patterns: {patterns}, evidence: {evidence}, links: {links}, audit: {audit} }}",
            pack.name,
            text_of("description")?.unwrap_or_default(),
        );
        Ok(pack)
    }

    fn parts(&mut self, table: &Table<'_>, constants: &mut Constants) -> Result<String> {
        let own = members(table, "part")?;
        for (name, value) in &own {
            let regex = part::expand(text(value)?, &self.parts)?;
            part::put(&mut self.parts, name, &regex);
        }
        let all = if own.is_empty() { &[][..] } else { &self.parts };
        let all: Vec<_> =
            all.iter().map(|(name, regex)| format!("({}, {})", borrowed(name), borrowed(regex))).collect();
        constants.list("Part", &all)
    }

    fn words(&mut self, table: &Table<'_>, constants: &mut Constants) -> Result<String> {
        let mut own = Vec::new();
        for (name, value) in members(table, "vocabulary")? {
            let role = Role::named(name).ok_or_else(|| format!("vocabulary: unknown role {name:?}"))?;
            for word in elements(Some(value)) {
                own.push((text(word)?, role));
            }
        }
        if own.is_empty() {
            return Ok("words: &[], endings: &[]".to_owned());
        }
        self.words.add(own);
        let word = |(key, role): &words::Word| format!("({}, Role::{role:?})", borrowed(key));
        let words: Vec<_> = self.words.words.iter().map(word).collect();
        Ok(format!("words: {}, endings: &{:?}", constants.list("Word", &words)?, self.words.endings))
    }

    fn units(&mut self, table: &Table<'_>, constants: &mut Constants) -> Result<String> {
        let own = elements(table.get("units")).iter().map(text).collect::<Result<Vec<_>>>()?;
        if own.is_empty() {
            return Ok("&[]".to_owned());
        }
        self.units.extend(own.into_iter().map(borrowed));
        constants.list("Cow<'static, str>", &self.units)
    }

    fn patterns(&self, table: &Table<'_>, constants: &mut Constants) -> Result<String> {
        let mut rules = Vec::new();
        for (name, value) in members(table, "rule")? {
            let rule = Rule::named(name).ok_or_else(|| format!("unknown rule {name:?}"))?;
            rules.push(format!("(Rule::{rule:?}, {})", self.pattern_list(value, &format!("rule {name}"), constants)?));
        }
        constants.list("(Rule, &[Pattern])", &rules)
    }

    fn pattern_list(&self, value: &Value<'_>, name: &str, constants: &mut Constants) -> Result<String> {
        let patterns = elements(Some(value)).iter().map(|value| self.pattern(value, name, constants));
        let patterns = patterns.collect::<Result<Vec<_>>>()?;
        constants.list("Pattern", &patterns)
    }

    fn pattern(&self, value: &Value<'_>, name: &str, constants: &mut Constants) -> Result<String> {
        let Kind::Table(table) = &value.kind else { return Err(format!("{name}: a table is wanted").into()) };
        let regex = table.get("pattern").ok_or_else(|| format!("{name}: needs a pattern"))?;
        let need = |value| text(value).map(|need| format!("({:?}, {})", Sieve::of(need), borrowed(need)));
        let needs = elements(table.get("needs")).iter().map(need).collect::<Result<Vec<_>>>()?;
        let needs = constants.list("Need", &needs)?;
        self.regex(regex, name, &needs, constants)
    }

    fn regex(&self, value: &Value<'_>, name: &str, needs: &str, constants: &mut Constants) -> Result<String> {
        let regex = part::expand(text(value)?, &self.parts)?;
        let number = constants.matcher(&regex)?;
        Ok(format!("Pattern::carried([{name:?}, {:?}, {regex:?}], {needs}, &MATCHERS[{number}])", self.name))
    }

    fn evidence(&self, table: &Table<'_>, constants: &mut Constants) -> Result<String> {
        let mut evidence = Vec::new();
        for (i, value) in elements(table.get("evidence")).iter().enumerate() {
            let Kind::Table(table) = &value.kind else { return Err("evidence: a table is wanted".into()) };
            let weight = match table.get("weight").map(|weight| &weight.kind) {
                None => 1.0,
                Some(Kind::Number(weight)) => *weight,
                Some(_) => return Err("evidence: the weight is a number".into()),
            };
            let pattern = self.pattern(value, &format!("evidence {}", i + 1), constants)?;
            evidence.push(format!("Evidence {{ pattern: {pattern}, weight: {weight:?} }}"));
        }
        constants.list("Evidence", &evidence)
    }

    fn links(&mut self, table: &Table<'_>, constants: &mut Constants) -> Result<String> {
        let own = elements(table.get("link"));
        for value in own {
            let Kind::Table(link) = &value.kind else { return Err("link: a table is wanted".into()) };
            let name = text(link.get("name").ok_or("link: needs name")?)?;
            let mut regex = |value| self.regex(value, &format!("link {name}"), "&[]", constants);
            let indicator = regex(link.get("indicator").ok_or("link: needs indicator")?)?;
            let initiative = link.get("initiative").map(regex).transpose()?;
            let initiative = initiative.map_or("None".to_owned(), |pattern| format!("Some({pattern})"));
            let same = matches!(link.get("same-denominator"), Some(Value { kind: Kind::Flag(true), .. }));
            let link = format!(
                "Link {{ name: {}, indicator: {indicator}, initiative: {initiative}, same_denominator: {same} }}",
                borrowed(name)
            );
            self.links.retain(|(known, _)| known != name);
            self.links.push((name.to_owned(), link));
        }
        let all = self.links.iter().filter(|_| !own.is_empty()).map(|(_, link)| link.clone());
        constants.list("Link", &all.collect::<Vec<_>>())
    }

    fn audit(&mut self, table: &Table<'_>, constants: &mut Constants) -> Result<String> {
        let own = members(table, "audit")?;
        for (id, value) in &own {
            let Kind::Table(lists) = &value.kind else { return Err(format!("audit {id}: a table is wanted").into()) };
            for member in &lists.members {
                let patterns = self.pattern_list(&member.value, &format!("audit {id} {}", member.key), constants)?;
                self.audit.insert(((*id).to_owned(), member.key.to_string()), patterns);
            }
        }
        let all = self.audit.iter().filter(|_| !own.is_empty());
        let all = all.map(|((id, name), patterns)| {
            let (id, name) = (borrowed(id), borrowed(name));
            format!("AuditList {{ id: {id}, name: {name}, patterns: Borrowed({patterns}) }}")
        });
        constants.list("AuditList", &all.collect::<Vec<_>>())
    }
}

fn text<'v>(value: &'v Value<'_>) -> Result<&'v str> {
    match &value.kind {
        Kind::Text(text) => Ok(text),
        _ => Err("a string is wanted".into()),
    }
}

/// The members of the table under `key`, none where there is none.
fn members<'v, 't>(table: &'v Table<'t>, key: &str) -> Result<Vec<(&'v str, &'v Value<'t>)>> {
    match table.get(key).map(|value| &value.kind) {
        None => Ok(Vec::new()),
        Some(Kind::Table(table)) => Ok(table.members.iter().map(|member| (&*member.key, &member.value)).collect()),
        Some(_) => Err(format!("{key}: a table is wanted").into()),
    }
}
