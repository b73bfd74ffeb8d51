//! Legends: what each grade means, as lists, boxes of several columns, sentences or tables, wherever they stand; and
//! the notes that marks point at.
//!
//! Items are gathered line by line; a heading or a sign that was there already begins the next legend. The order is
//! that of a reader: where the columns of a box came row by row, the columns are put one after the other.

mod above;
mod item;
mod order;
mod table;

use super::cover::Taken;
use super::rules::{Rule, Rules};
use super::values::fold::{Folded, key, same_key};
use super::{Footnote, ScaleGrade, lines};
use crate::document::{Block, Document, Passage};
use item::Item;

/// Fewest items that make a legend.
const FEWEST: usize = 2;
/// Fewest lines of a list of signs that stands without a heading.
const FEWEST_LISTED: usize = 3;

/// The grades of a document with what they were read from.
#[derive(Debug, Clone, Default)]
pub struct Legend {
    /// The grades in the legend's reading order.
    pub scale: Vec<ScaleGrade>,
    /// Signs that the legend explains as "not graded".
    pub not_graded: Vec<String>,
    /// Cells that hold nothing but a legend, as (block, index of the cell).
    pub cells: Vec<(usize, usize)>,
    /// What it took from the document.
    pub taken: Taken,
}

impl Legend {
    /// The grades without their meanings, for [`super::values::grade::read`].
    #[must_use]
    pub fn grades(&self) -> Vec<String> {
        let mut grades: Vec<String> = Vec::new();
        for grade in &self.scale {
            if !grades.contains(&grade.grade) {
                grades.push(grade.grade.clone());
            }
        }
        grades
    }
}

/// Items that stand together under one heading.
#[derive(Debug, Default)]
struct Group {
    heading: Option<Passage>,
    items: Vec<Item>,
    /// Whether the items came from a table, whose columns are known.
    ordered: bool,
    /// Whether several items stood in one line, so that a line of a weaker form is none of them.
    inline: bool,
}

/// Reads the legends of `document`, the blocks `before` (ascending indices) aside.
#[must_use]
pub fn read(document: &Document, rules: &Rules, before: &[usize]) -> Legend {
    let mut reader = Reader {
        rules,
        groups: Vec::new(),
        open: Group::default(),
        cells: Vec::new(),
        taken: Vec::new(),
        labels: Vec::new(),
        listed: false,
    };
    let lists = lists(document, rules, before);
    let mut next = 0;
    for (block, content) in document.blocks.iter().enumerate() {
        if block < next {
            continue;
        }
        if before.contains(&block) {
            reader.close();
            continue;
        }
        match content {
            Block::Paragraph(paragraph) => {
                if let Some(items) = reader.above(document, block) {
                    next = block + 2 * items.len();
                    reader.row(block, items);
                    continue;
                }
                reader.listed = lists.binary_search(&block).is_ok();
                reader.lines(document, block, &paragraph.text);
            }
            Block::Table(found) => match table::read(rules, found, reader.open.heading.is_some()) {
                Some(table::Found { heading, items, whole: true, .. }) => {
                    reader.labels.extend(found.cells.iter().map(|cell| cell.text.clone()));
                    reader.table(block, heading, items);
                }
                Some(table::Found { heading, items, cell, .. }) => {
                    reader.close();
                    reader.open = Group { heading, items, ..Group::default() };
                    reader.cells.extend(cell.map(|cell| (block, cell)));
                    reader.labels.extend(cell.and_then(|cell| found.cells.get(cell)).map(|cell| cell.text.clone()));
                    reader.close();
                }
                None => reader.close(),
            },
        }
    }
    reader.close();
    reader.finish(document)
}

/// The paragraphs, ascending, of lists of different signs that need no heading: each line is a sign and its meaning.
fn lists(document: &Document, rules: &Rules, before: &[usize]) -> Vec<usize> {
    let sign = |block: usize, content: &Block| match content {
        Block::Paragraph(paragraph) if !before.contains(&block) && !paragraph.text.text.contains('\n') => {
            let found = rules.find(Rule::LegendLine, &paragraph.text.text)?;
            // Letters and digits number headings, too.
            found.group("grade").filter(|sign| !sign.is_ascii()).map(str::to_owned)
        }
        _ => None,
    };
    let mut lists = Vec::new();
    let mut run: Vec<(usize, String)> = Vec::new();
    let ends = document.blocks.iter().enumerate().map(|(block, content)| (block, sign(block, content)));
    for (block, sign) in ends.chain([(document.blocks.len(), None)]) {
        let goes_on = sign.as_ref().is_some_and(|sign| run.iter().all(|(_, known)| known != sign));
        if !goes_on {
            let list = std::mem::take(&mut run);
            lists.extend(list.iter().filter(|_| list.len() >= FEWEST_LISTED).map(|(block, _)| *block));
        }
        run.extend(sign.map(|sign| (block, sign)));
    }
    lists
}

struct Reader<'r> {
    rules: &'r Rules,
    groups: Vec<Group>,
    open: Group,
    cells: Vec<(usize, usize)>,
    /// For each block that items or headings came from: the lines that they did not take.
    taken: Vec<(usize, Vec<Passage>, Passage)>,
    /// Text of tables that are legends: what is no item in it is a heading.
    labels: Vec<Passage>,
    /// Whether the paragraph is one of a list of signs.
    listed: bool,
}

impl Reader<'_> {
    fn lines(&mut self, document: &Document, block: usize, text: &Passage) {
        let mut used = Vec::new();
        let mut rest = Passage::default();
        for joined in text.lines() {
            let sentence = item::opening_sentence(self.rules, &joined);
            let (before, joined) = sentence.map_or((None, joined.clone()), |start| {
                (Some(joined.slice(0..start)), joined.slice(start..joined.text.len()))
            });
            if let Some(before) = before {
                self.close();
                rest.append("\n", &before);
            }
            for line in self.unjoined(document, joined) {
                if self.line(&line) {
                    used.push(line);
                } else {
                    self.close();
                    rest.append("\n", &line);
                }
            }
        }
        if !used.is_empty() {
            self.taken.push((block, used, rest));
        }
    }

    /// A joined line taken apart again where its printed lines are a heading and items; what follows an item without
    /// being one goes on with it.
    fn unjoined(&self, document: &Document, line: Passage) -> Vec<Passage> {
        let printed = lines::printed(document, &line);
        let is_heading = |part: &Passage| self.rules.matches(Rule::LegendHeading, &part.text);
        let headed = self.open.heading.is_some() || printed.first().is_some_and(is_heading);
        let begins = |part: &Passage| is_heading(part) || item::begins(self.rules, &part.text, headed);
        if printed.len() < FEWEST || !printed.first().is_some_and(begins) {
            return vec![line];
        }
        let mut lines: Vec<Passage> = Vec::new();
        for part in printed {
            match lines.last_mut() {
                Some(last) if !begins(&part) && !is_heading(last) => last.append("", &part),
                _ => lines.push(part),
            }
        }
        lines
    }

    /// Whether a single item can belong to those before it: a number below letters or circles is that of a heading.
    fn goes_on(&self, items: &[Item]) -> bool {
        let is_number = |item: &Item| item.grade.text.chars().all(char::is_numeric);
        let [item] = items else { return true };
        !is_number(item) || self.open.items.iter().all(is_number)
    }

    /// Whether the line is part of a legend.
    fn line(&mut self, line: &Passage) -> bool {
        let folded = Folded::new(&line.text);
        if self.rules.matches_folded(Rule::LegendHeading, &folded) {
            self.close();
            self.open.heading = Some(line.clone());
            return true;
        }
        let headed = self.listed || self.open.heading.is_some() && !self.open.inline && !self.open.ordered;
        let (lead, items) = item::in_folded(self.rules, line, &folded, headed);
        let note = || items.len() < FEWEST && self.rules.matches_folded(Rule::Note, &folded);
        if items.is_empty() || note() || !self.goes_on(&items) {
            return false;
        }
        if !lead.is_blank() {
            self.close();
            self.open.heading = Some(lead);
        }
        self.open.inline |= items.len() > 1;
        for item in items {
            self.add(item);
        }
        true
    }

    fn add(&mut self, item: Item) {
        if self.open.items.iter().any(|before| same_key(&before.grade.text, &item.grade.text)) {
            self.close();
        }
        self.open.items.push(item);
    }

    /// Under a heading, signs with their meanings below them.
    fn above(&self, document: &Document, block: usize) -> Option<Vec<Item>> {
        let headed = self.open.heading.is_some() && self.open.items.is_empty();
        headed.then(|| above::items(document, block)).flatten()
    }

    /// Takes signs and meanings that stand in paragraphs of their own, from `block` on.
    fn row(&mut self, block: usize, items: Vec<Item>) {
        let texts = items.iter().map(|item| &item.grade).chain(items.iter().map(|item| &item.meaning));
        self.taken.extend((block..).zip(texts).map(|(block, text)| (block, vec![text.clone()], Passage::default())));
        self.open.items = items;
        self.open.ordered = true;
        self.close();
    }

    fn table(&mut self, block: usize, heading: Option<Passage>, items: Vec<Item>) {
        if heading.is_some() || !self.open.items.is_empty() {
            self.close();
            self.open.heading = heading;
        }
        self.open.items = items;
        self.open.ordered = true;
        self.taken.push((block, Vec::new(), Passage::default()));
        self.close();
    }

    fn close(&mut self) {
        let group = std::mem::take(&mut self.open);
        if group.heading.is_some() || !group.items.is_empty() {
            self.groups.push(group);
        }
    }

    fn finish(self, document: &Document) -> Legend {
        let mut legend = Legend { cells: self.cells, ..Legend::default() };
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
                    legend.not_graded.push(item.grade.text.clone());
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

/// A line that is a note: its mark and its text.
#[must_use]
pub fn note(document: &Document, rules: &Rules, line: &Passage) -> Option<Footnote> {
    let found = rules.find(Rule::Note, &line.text)?;
    let text = line.slice(found.range_of("text")?);
    let mark = line.slice(found.range_of("mark")?);
    let at = document.places(&text, true);
    Some(Footnote { mark: mark.text, text: text.text, at })
}

#[cfg(test)]
mod tests;
