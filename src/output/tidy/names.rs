//! Ids that no two rows of a report share.

use std::collections::BTreeMap;

/// The ids of one report that are taken.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, u32>);

impl Names {
    /// The id itself, or with `.2`, `.3`, … where it is taken.
    pub(super) fn give(&mut self, id: String) -> String {
        let count = self.0.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return id;
        }
        let next = format!("{id}.{count}");
        self.give(next)
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_taken_id_is_counted_on() {
        let mut names = Names::default();
        let ids: Vec<_> = ["s1", "s1", "s2", "s1"].into_iter().map(|id| names.give(id.to_owned())).collect();
        assert_eq!(ids, ["s1", "s1.2", "s2", "s1.3"]);
    }
}
