//! The patterns that audit rules keep in a pack. Those of a pack that the program carries are read when they are first
//! asked for: no report needs them.

use super::{Pattern, form};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Patterns by audit rule and name of their list.
pub(super) type Lists = BTreeMap<String, BTreeMap<String, Vec<Pattern>>>;

/// The lists of a pack.
#[derive(Debug, Default)]
pub(super) struct Audit {
    unread: Option<Unread>,
    lists: OnceLock<Lists>,
}

/// The part of a pack's text that holds them, with what it takes to read it.
#[derive(Debug)]
pub(super) struct Unread {
    pub(super) text: &'static str,
    pub(super) pack: Arc<str>,
    pub(super) parts: BTreeMap<String, String>,
}

impl From<Unread> for Audit {
    fn from(unread: Unread) -> Self {
        Self { unread: Some(unread), lists: OnceLock::new() }
    }
}

impl From<Lists> for Audit {
    fn from(lists: Lists) -> Self {
        Self { unread: None, lists: OnceLock::from(lists) }
    }
}

impl Audit {
    pub(super) fn lists(&self) -> &Lists {
        // What the program carries loads: the tests see to that.
        self.lists.get_or_init(|| self.unread.as_ref().and_then(form::audit).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use crate::report::rules::{BUILT_IN_TEXTS, Rules};

    #[test]
    fn what_is_read_late_is_what_the_pack_says() {
        for (carried, (file, text)) in Rules::built_in().iter().zip(BUILT_IN_TEXTS) {
            let whole = Rules::load(text, file).unwrap();
            let regexes = |rules: &Rules| -> Vec<(String, String, String)> {
                let lists = rules.audit.lists().iter();
                let lists = lists.flat_map(|(id, lists)| lists.iter().map(move |(name, list)| (id, name, list)));
                let all = lists.flat_map(|(id, name, list)| list.iter().map(move |one| (id, name, one.regex())));
                all.map(|(id, name, regex)| (id.clone(), name.clone(), regex.to_owned())).collect()
            };
            assert!(!regexes(&whole).is_empty(), "{file}");
            assert_eq!(regexes(carried), regexes(&whole), "{file}");
        }
    }
}
