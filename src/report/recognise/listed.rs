//! Lines numbered ①, ②, … between the heading of a section and its table: headings would have something below each of
//! them; these list what the section aims at.

use super::{Line, Reader};
use crate::document::Passage;
use crate::report::heading::Heading;
use crate::report::trace::{Decision, Reading};

impl Reader<'_, '_> {
    /// Takes such a list off the end of the lines before a table.
    pub(super) fn take_listed(&mut self, head: &mut Vec<Line>) {
        let rules = self.context.rules;
        let numbers =
            head.iter().rev().map_while(|line| number(&line.text).filter(|_| Heading::could_be(rules, &line.text)));
        let numbers: Vec<u32> = numbers.collect();
        let in_order = numbers.iter().rev().copied().eq(1..=numbers.len() as u32);
        let start = head.len() - numbers.len();
        let over = start.checked_sub(1).and_then(|over| head.get(over)).map(|line| &line.text);
        let titled = over.is_some_and(|text| {
            Heading::could_be(rules, text) && Heading::read(rules, text).label.is_some() && number(text).is_none()
        });
        if numbers.len() < 2 || !in_order || !titled {
            return;
        }
        for line in head.split_off(start) {
            let because = "it is one of several numbered lines that follow one another below a heading";
            self.context.trace.decide(&line.text, || Decision::new(Reading::Objectives, because));
            self.listed.push(line.text);
        }
    }

    /// What no section takes is prose.
    pub(super) fn drop_listed(&mut self) {
        for line in std::mem::take(&mut self.listed) {
            self.prose(line, "it is one of several numbered lines that follow one another, and no section does");
        }
    }
}

/// The number in a circle that a line begins with.
fn number(line: &Passage) -> Option<u32> {
    let first = line.text.trim_start().chars().next()?;
    ('①'..='⑳').contains(&first).then(|| u32::from(first) - u32::from('①') + 1)
}
