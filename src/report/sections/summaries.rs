//! Finds the front matrices that a detail can belong to by what their headings print, so that no pair of sections is
//! looked at twice in a long document.

use super::{Draft, Kind};
use crate::report::heading::Heading;
use crate::report::values::fold::key;
use std::collections::{BTreeMap, BTreeSet};

/// A title or label that more front matrices have tells none of them from the others.
const MOST_ALIKE: usize = 64;

/// The places of the summaries among the drafts, by the titles and labels of their headings.
#[derive(Debug, Default)]
pub(super) struct Summaries {
    titles: BTreeMap<String, Vec<usize>>,
    labels: BTreeMap<String, Vec<usize>>,
    numbers: BTreeMap<u32, Vec<usize>>,
}

impl Summaries {
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let mut all = Self::default();
        let summaries = drafts.iter().enumerate().filter(|(_, draft)| draft.kind == Kind::Summary);
        for (at, heading) in summaries.filter_map(|(at, draft)| Some((at, draft.heading.as_ref()?))) {
            all.titles.entry(title(heading)).or_default().push(at);
            if let Some(label) = label(heading) {
                all.labels.entry(label).or_default().push(at);
                if let Some(number) = heading.number() {
                    all.numbers.entry(number).or_default().push(at);
                }
            }
        }
        all
    }

    /// Those with the label or the number of the heading.
    pub(super) fn labelled(&self, heading: &Heading) -> impl Iterator<Item = usize> {
        let label = label(heading);
        let number = label.is_some().then(|| heading.number()).flatten();
        let labels = label.and_then(|label| few(self.labels.get(&label)));
        let numbers = number.and_then(|number| few(self.numbers.get(&number)));
        labels.into_iter().chain(numbers).flatten().copied()
    }

    /// Those with the title, the label or the number of a detail, in the order of the document.
    pub(super) fn beside(&self, detail: &Draft) -> BTreeSet<usize> {
        let Some(heading) = &detail.heading else { return BTreeSet::new() };
        let titled = few(self.titles.get(&title(heading))).into_iter().flatten().copied();
        titled.chain(self.labelled(heading)).collect()
    }
}

/// The places that one title or label has, unless it says nothing.
fn few(places: Option<&Vec<usize>>) -> Option<&Vec<usize>> {
    places.filter(|places| places.len() <= MOST_ALIKE)
}

fn title(heading: &Heading) -> String {
    key(&heading.title.text).into_owned()
}

fn label(heading: &Heading) -> Option<String> {
    heading.label.as_ref().map(|label| key(&label.text).into_owned())
}
