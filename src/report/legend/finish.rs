//! Takes the groups of items that were gathered, gives the legend: its scales in order, each once, and what was no
//! legend after all goes back to its line.

use super::{FEWEST, Group, Legend, Reader, item, order};
use crate::document::{Document, Passage};
use crate::report::ScaleGrade;
use crate::report::values::fold::key;

impl Reader<'_> {
    /// The legend of what was gathered.
    pub(super) fn finish(self, document: &Document) -> Legend {
        let mut legend = Legend { cells: self.cells, explained: self.explained, ..Legend::default() };
        let (groups, dropped): (Vec<_>, Vec<_>) = self.groups.into_iter().partition(|g| g.items.len() >= FEWEST);
        let dropped: Vec<Passage> = dropped
            .into_iter()
            .flat_map(|group| group.heading.into_iter().chain(group.items.into_iter().map(|item| item.whole)))
            .collect();
        let mut scales: Vec<Vec<ScaleGrade>> = Vec::new();
        let several = distinct(&groups) > 1;
        for group in groups {
            let heading = group.heading.as_ref().map(|heading| item::heading(&heading.text));
            legend.taken.structure.extend(group.heading);
            let items = if group.ordered { group.items } else { order::columns(group.items) };
            let mut scale = Vec::new();
            for item in items {
                legend.taken.placed.push(item.whole.clone());
                if item.is_no_grade(self.rules) {
                    // A legend that each page repeats says it once.
                    if !legend.explained.iter().any(|(_, text)| text.text == item.whole.text) {
                        legend.explained.push((item.block, item.whole));
                    }
                    continue;
                }
                scale.push(ScaleGrade {
                    grade: item.grade.text.clone(),
                    meaning: item.meaning.text.clone(),
                    scale: heading.clone().filter(|_| several),
                    at: document.places(&item.whole, true),
                });
            }
            if !scales.iter().any(|before| same(before, &scale)) {
                scales.push(scale);
            }
        }
        legend.scale = scales.into_iter().flatten().collect();
        legend.taken.structure.extend(self.labels);
        for (block, used, mut rest) in self.taken {
            // A heading without items, or one item alone, is no legend: its line goes back.
            let (back, kept): (Vec<_>, Vec<_>) =
                used.into_iter().partition(|line| dropped.iter().any(|gone| within(gone, line)));
            back.iter().for_each(|line| rest.append("\n", line));
            if !kept.is_empty() || back.is_empty() {
                legend.taken.structure.extend(kept);
                legend.taken.blocks.push((block, rest));
            }
        }
        legend
    }
}

/// Whether `part` was cut from `line`.
fn within(part: &Passage, line: &Passage) -> bool {
    match (part.origins.first(), line.origins.first(), line.origins.last()) {
        (Some(of), Some(first), Some(last)) => (first.glyph..=last.glyph).contains(&of.glyph),
        _ => line.text.contains(&part.text),
    }
}

fn distinct(groups: &[Group]) -> usize {
    let keys = |group: &Group| -> Vec<String> {
        group.items.iter().map(|item| (key(&item.grade.text) + key(&item.meaning.text)).into_owned()).collect()
    };
    let mut seen: Vec<Vec<String>> = groups.iter().map(keys).collect();
    seen.sort();
    seen.dedup();
    seen.len()
}

fn same(a: &[ScaleGrade], b: &[ScaleGrade]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.grade == b.grade && a.meaning == b.meaning)
}
