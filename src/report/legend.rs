//! Legends: what each grade means, as lists, boxes of several columns, sentences or tables, wherever they stand; and
//! the notes that marks point at.
//!
//! Items are gathered line by line; a heading or a sign that was there already begins the next legend. The order is
//! that of a reader: where the columns of a box came row by row, the columns are put one after the other.

mod above;
mod finish;
mod item;
mod list;
mod order;
mod table;

use super::cover::Taken;
use super::rules::{Rule, Rules};
use super::values::fold::{Folded, key, same_key};
use super::{Footnote, ScaleGrade, Text, lines};
use crate::document::{Block, Document, Passage};
use item::Item;

/// Fewest items that make a legend.
const FEWEST: usize = 2;

/// The grades of a document with what they were read from.
#[derive(Debug, Clone, Default)]
pub struct Legend {
    /// The grades in the legend's reading order.
    pub scale: Vec<ScaleGrade>,
    /// What it says beside its grades, as signs that stand where nothing was graded, with the block that it stands in.
    pub explained: Vec<(usize, Passage)>,
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

    /// What it says beside its grades in a block.
    pub(super) fn explained_in(&self, block: usize) -> impl Iterator<Item = &Passage> {
        self.explained.iter().filter(move |(of, _)| *of == block).map(|(_, text)| text)
    }

    /// What stays with the grades where the legend is `alone`: of such a document nothing is prose.
    pub(super) fn told(&self, document: &Document, alone: bool) -> Vec<Text> {
        let told = self.explained.iter().filter(|_| alone);
        told.map(|(_, text)| Text { text: text.text.clone(), at: document.places(text, false) }).collect()
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
        explained: Vec::new(),
        taken: Vec::new(),
        labels: Vec::new(),
        block: 0,
        listed: false,
    };
    let lists = list::lists(document, rules, before);
    let mut next = 0;
    for (block, content) in document.blocks.iter().enumerate() {
        if block < next {
            continue;
        }
        if before.contains(&block) {
            reader.close();
            continue;
        }
        reader.block = block;
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
                Some(table::Found { scales, left, whole: true, .. }) => {
                    reader.labels.extend(found.cells.iter().map(|cell| cell.text.clone()));
                    reader.explained.extend(left.into_iter().map(|text| (block, text)));
                    reader.table(scales);
                }
                Some(table::Found { scales, cell, .. }) => {
                    reader.close();
                    for (heading, items) in scales {
                        reader.open = Group { heading, ..Group::default() };
                        reader.put(items);
                        reader.close();
                    }
                    reader.cells.extend(cell.map(|cell| (block, cell)));
                    reader.labels.extend(cell.and_then(|cell| found.cells.get(cell)).map(|cell| cell.text.clone()));
                }
                None => reader.close(),
            },
        }
    }
    reader.close();
    reader.finish(document)
}

struct Reader<'r> {
    rules: &'r Rules,
    groups: Vec<Group>,
    open: Group,
    cells: Vec<(usize, usize)>,
    /// What tables say beside their legends.
    explained: Vec<(usize, Passage)>,
    /// For each block that items or headings came from: the lines that they did not take.
    taken: Vec<(usize, Vec<Passage>, Passage)>,
    /// Text of tables that are legends: what is no item in it is a heading.
    labels: Vec<Passage>,
    /// The block that is read.
    block: usize,
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
                if self.parts(block, &line) {
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
        // Ⅰ and ① are signs of their own, and no digits.
        let is_number = |item: &Item| key(&item.grade.text).chars().all(|c| c.is_ascii_digit());
        let [item] = items else { return true };
        !is_number(item) || self.open.items.iter().all(is_number)
    }

    /// Whether a line, or what of it stands before another heading in brackets, is part of a legend. Signs of something
    /// else that follow in it are told beside the legend.
    fn parts(&mut self, block: usize, line: &Passage) -> bool {
        if !line.text.contains('【') {
            return self.line(line);
        }
        let parts = item::headed_parts(line);
        let Some((first, others)) = parts.split_first().filter(|(_, others)| !others.is_empty()) else {
            return self.line(line);
        };
        if !self.line(first) {
            return self.line(line);
        }
        for other in others {
            if !self.line(other) {
                self.close();
                self.explained.push((block, other.clone()));
            }
        }
        true
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
        let (lead, items) = if items.is_empty() { self.word(line, &folded) } else { (lead, items) };
        let note = || items.len() < FEWEST && self.rules.matches_folded(Rule::Note, &folded);
        if items.is_empty() || note() || !self.goes_on(&items) {
            return false;
        }
        if !lead.is_blank() {
            self.close();
            self.open.heading = Some(lead);
        }
        let mut items = items;
        if let Some(remark) = item::remark(self.rules, &mut items) {
            self.explained.push((self.block, remark));
        }
        self.open.inline |= items.len() > 1;
        for item in items {
            self.add(item);
        }
        true
    }

    /// A word of one character below signs that are told in the same way: 終：… after Ｃ：….
    fn word(&self, line: &Passage, folded: &Folded) -> (Passage, Vec<Item>) {
        if self.open.items.len() < FEWEST || self.open.inline || self.open.ordered {
            return (Passage::default(), Vec::new());
        }
        let alike = |item: &Item| {
            let sign = item.separator();
            !sign.is_empty() && self.open.items.iter().all(|before| before.separator() == sign)
        };
        match item::in_folded(self.rules, line, folded, true) {
            (lead, items) if matches!(items.as_slice(), [item] if item::is_short_word(&item.grade.text) && alike(item)) => {
                (lead, items)
            }
            _ => (Passage::default(), Vec::new()),
        }
    }

    fn add(&mut self, item: Item) {
        if self.open.items.iter().any(|before| same_key(&before.grade.text, &item.grade.text)) {
            self.close();
        }
        self.put(vec![item]);
    }

    /// Items of the open group, which stand in the block that is read.
    fn put(&mut self, items: Vec<Item>) {
        let block = self.block;
        self.open.items.extend(items.into_iter().map(|item| Item { block, ..item }));
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
        self.put(items);
        self.open.ordered = true;
        self.close();
    }

    /// Takes a table that is nothing but legends.
    fn table(&mut self, scales: Vec<table::Scale>) {
        if scales.len() > 1 && self.open.items.is_empty() {
            // It stands over all of them, and each has a heading of its own.
            self.labels.extend(self.open.heading.take());
        }
        for (heading, items) in scales {
            if heading.is_some() || !self.open.items.is_empty() {
                self.close();
                self.open.heading = heading;
            }
            self.put(items);
            self.open.ordered = true;
            self.close();
        }
        self.taken.push((self.block, Vec::new(), Passage::default()));
    }

    fn close(&mut self) {
        let group = std::mem::take(&mut self.open);
        if group.heading.is_some() || !group.items.is_empty() {
            self.groups.push(group);
        }
    }
}

/// Whether a line tells several signs with their meanings.
#[must_use]
pub fn is_line(rules: &Rules, line: &Passage) -> bool {
    item::in_line(rules, line, false).1.len() >= FEWEST
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
