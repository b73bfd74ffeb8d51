//! The packs that the program carries, read when it was built: reading them takes longer than reading a short report.
//! The build script writes them; the tests hold them against their TOML.

use super::matcher::CARRIED as MATCHERS;
use super::part::Part;
use super::pattern::Need;
use super::words::{Word, Words};
use super::{AuditList, Evidence, Link, Pattern, Role, Rule, Rules};
use crate::report::values::sieve::Sieve;
use std::borrow::Cow::{self, Borrowed};

/// What a pack's own text says, and not the one that it extends.
pub(super) struct Carried {
    name: &'static str,
    description: &'static str,
    extends: Option<&'static str>,
    words: &'static [Word],
    endings: &'static [(char, u32)],
    parts: &'static [Part],
    units: &'static [Cow<'static, str>],
    patterns: &'static [(Rule, &'static [Pattern])],
    evidence: &'static [Evidence],
    links: &'static [Link],
    audit: &'static [AuditList],
}

impl Carried {
    /// The pack ready for use, laid over the one of `packs` that it extends.
    pub(super) fn rules(&self, packs: &[Rules]) -> Rules {
        let base = self.extends.and_then(|name| packs.iter().find(|pack| pack.name == name));
        let mut rules = base.cloned().unwrap_or_default();
        rules.name = self.name.to_owned();
        rules.description = self.description.to_owned();
        rules.extends = self.extends.map(str::to_owned);
        rules.evidence = Borrowed(self.evidence);
        if !self.words.is_empty() {
            rules.vocabulary = Words { words: Borrowed(self.words), endings: Borrowed(self.endings) };
        }
        for (rule, patterns) in self.patterns {
            rules.set_patterns(*rule, *patterns);
        }
        over(&mut rules.parts, self.parts);
        over(&mut rules.units, self.units);
        over(&mut rules.links, self.links);
        over(&mut rules.audit, self.audit);
        rules
    }
}

/// Takes what a pack says in the place of what the one that it extends says.
fn over<T: Clone>(all: &mut Cow<'static, [T]>, own: &'static [T]) {
    if !own.is_empty() {
        *all = Borrowed(own);
    }
}

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

#[cfg(test)]
mod tests {
    use crate::report::rules::{BUILT_IN_TEXTS, Pattern, Rule, Rules};

    /// What a list of patterns says.
    fn said(patterns: &[Pattern]) -> Vec<String> {
        patterns.iter().map(|pattern| pattern.said()).collect()
    }

    #[test]
    fn what_was_read_at_the_build_is_what_the_packs_say() {
        assert_eq!(Rules::built_in().len(), BUILT_IN_TEXTS.len());
        for (carried, (file, text)) in Rules::built_in().iter().zip(BUILT_IN_TEXTS) {
            let read = Rules::load(text, file).unwrap();
            assert_eq!(
                (&carried.name, &carried.description, &carried.extends),
                (&read.name, &read.description, &read.extends)
            );
            assert_eq!(carried.vocabulary.words, read.vocabulary.words);
            assert_eq!(carried.vocabulary.endings, read.vocabulary.endings);
            assert_eq!((&carried.parts, &carried.units), (&read.parts, &read.units));
            assert!(Rule::all().all(|rule| said(carried.patterns(rule)) == said(read.patterns(rule))), "{file}");
            let evidence = |rules: &Rules| -> Vec<_> {
                rules.evidence.iter().map(|evidence| (evidence.pattern.said(), evidence.weight)).collect()
            };
            assert_eq!(evidence(carried), evidence(&read));
            let links = |rules: &Rules| -> Vec<_> {
                let initiative = |link: &super::Link| link.initiative.as_ref().map(Pattern::said);
                let link = |link| {
                    let super::Link { name, indicator, same_denominator, .. }: &super::Link = link;
                    (name.clone(), indicator.said(), initiative(link), *same_denominator)
                };
                rules.links.iter().map(link).collect()
            };
            assert_eq!(links(carried), links(&read));
            let audit = |rules: &Rules| -> Vec<_> {
                let list = |list: &super::AuditList| (list.id.clone(), list.name.clone(), said(&list.patterns));
                rules.audit.iter().map(list).collect()
            };
            assert_eq!(audit(carried), audit(&read));
            assert!(
                !audit(carried).is_empty()
                    && !links(carried).is_empty()
                    && !said(carried.patterns(Rule::Grade)).is_empty()
            );
        }
    }
}
