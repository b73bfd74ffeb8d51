//! The lines right below a table that belong to it: a note on one of its indicators, the unit of its figures.

use super::Reader;
use crate::document::Passage;
use crate::report::rules::Rule;
use crate::report::trace::{Decision, Reading};
use crate::report::values::fold::key;
use crate::report::{Indicator, legend};

/// Fewest characters of what a note is about that tell the one indicator that has them in its name.
const SHORTEST_TOPIC: usize = 4;

/// Brackets that a line on units can stand in.
const BRACKETS: [char; 8] = ['（', '）', '(', ')', '［', '］', '[', ']'];

impl Reader<'_, '_> {
    /// A note: that of the only indicator of the table right above it or of the one that it names, else a footnote.
    pub(super) fn note(&mut self, line: &Passage) {
        if let Some((at, because)) = self.note_of(line)
            && let Some(indicator) = self.indicators.get_mut(at)
        {
            self.context.ledger.place(line);
            indicator.notes.push(self.context.whole(line));
            self.context.trace.decide(line, || Decision::new(Reading::Note, because));
            return;
        }
        match legend::note(self.context.document, self.context.rules, line) {
            Some(note) => {
                self.context.ledger.place(line);
                self.footnotes.push(note);
                self.context.trace.decide(line, || Decision::new(Reading::Note, "rule note matches"));
            }
            None => self.prose(line.clone(), "rule note matches, but it gives no mark with a text"),
        }
    }

    /// The indicator that a note is about, with how that is known.
    fn note_of(&self, line: &Passage) -> Option<(usize, &'static str)> {
        let read = self.indicators.get(self.noted.clone()).filter(|_| self.lines.is_empty())?;
        if read.len() == 1 {
            let because = "rule note matches, and it stands under the only indicator of the table before";
            return Some((self.noted.start, because));
        }
        let note = self.context.rules.find(Rule::Note, &line.text)?.group("text").map(|text| key(text).into_owned())?;
        let names: Vec<String> = read.iter().map(name).collect();
        let mut named = (self.noted.clone()).zip(&names).filter(|(_, name)| is_named(&note, name));
        let (at, own) = named.next().filter(|_| named.next().is_none())?;
        // What is said first may hold for all.
        let first = note.split_inclusive('。').next().filter(|first| is_named(first, own));
        first?;
        Some((at, "rule note matches, and it names one indicator of the table right above it"))
    }

    /// Takes a line that only says the unit, right below a table of figures of which none has one.
    pub(super) fn unit_under(&mut self, line: &Passage) -> bool {
        let unit = self.context.rules.unit_in(&line.text).filter(|_| {
            let inside = line.text.trim().trim_matches(BRACKETS);
            inside.starts_with("単位") && !inside.contains(BRACKETS)
        });
        let read = self.indicators.get_mut(self.noted.clone()).filter(|_| self.lines.is_empty());
        let (Some(unit), Some(read)) = (unit, read.filter(|read| !read.is_empty())) else { return false };
        let of_none = |indicator: &Indicator| {
            indicator.series.iter().all(|series| {
                let target = series.target.as_ref().is_none_or(|target| target.unit.is_none());
                series.unit.is_none() && target && series.years.iter().all(|measure| measure.unit.is_none())
            })
        };
        if !read.iter().all(of_none) {
            return false;
        }
        for series in read.iter_mut().flat_map(|indicator| &mut indicator.series) {
            series.unit = Some(unit.clone());
            for measure in series.years.iter_mut().filter(|measure| measure.value.is_some()) {
                measure.unit = Some(unit.clone());
            }
            if let Some(target) = series.target.as_mut().filter(|target| target.value.is_some()) {
                target.unit = Some(unit.clone());
            }
        }
        self.context.ledger.structure(line);
        let because = "it only says the unit, right below a table of figures without one";
        self.context.trace.decide(line, || Decision::new(Reading::Unit, because));
        true
    }
}

fn name(indicator: &Indicator) -> String {
    indicator.name.as_ref().map(|name| key(&name.text).into_owned()).unwrap_or_default()
}

/// Whether a note has a name in it (both as keys), or tells of a part of that name: 年次有給休暇は暦年….
fn is_named(note: &str, name: &str) -> bool {
    let bare = name.split('(').next().filter(|bare| !bare.is_empty()).unwrap_or(name);
    let mut told = note.match_indices('は').filter_map(|(at, _)| note[..at].rsplit(['、', '。', 'は']).next());
    let is_part = |topic: &str| topic.chars().count() >= SHORTEST_TOPIC && name.contains(topic);
    !bare.is_empty() && note.contains(bare) || told.any(is_part)
}
