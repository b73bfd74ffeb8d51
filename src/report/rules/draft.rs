//! A pack to start from: what a document prints, laid out as TOML that an analyst completes. It extends `general` and
//! loads as it stands.

use super::{Rules, choose};
use crate::document::{Block, Document, Table};
use crate::report::values::{fold, grade, year};
use crate::report::{cover, legend};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Longest heading of a column, in characters.
const LONGEST_HEADING: usize = 20;

/// Rows of a table that can be headings.
const HEADING_ROWS: usize = 3;

/// Most entries of one list.
const MOST: usize = 80;

/// The TOML of a pack called `name` for documents like this one.
#[must_use]
pub fn draft(document: &Document, name: &str) -> String {
    let Some(choice) = choose(Rules::built_in(), document) else { return String::new() };
    let rules = choice.rules;
    let cover = cover::read(document, rules);
    let taken: Vec<usize> = cover.taken.blocks.iter().map(|(block, _)| *block).collect();
    let legend = legend::read(document, rules, &taken);
    let title = cover.head.title.map(|title| title.text).unwrap_or_default();
    let mut toml = String::new();
    // Writing into a string cannot fail.
    let _ = head(&mut toml, name, &rules.name, &title);
    let _ = headings(&mut toml, rules, document);
    let _ = years(&mut toml, rules, document);
    let _ = grades(&mut toml, rules, document, &legend);
    let _ = sections(&mut toml, rules, document, &taken);
    toml
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn head(out: &mut String, name: &str, base: &str, title: &str) -> std::fmt::Result {
    writeln!(
        out,
        "# Started from what the document prints. Lines behind # are findings: complete them and take the # off."
    )?;
    writeln!(out, "# Run `torikumi rules test` on this file after each change.\n")?;
    writeln!(out, "name = {}", quoted(name))?;
    writeln!(out, "description = {}", quoted(title))?;
    writeln!(out, "extends = {}", quoted(base))?;
    if !title.is_empty() {
        let pattern = regex::escape(&fold::Folded::new(title).text.replace(' ', "")).replace("\\-", "-");
        writeln!(out, "\n# What tells these documents from others.\n[[evidence]]")?;
        writeln!(
            out,
            "pattern = {}\nweight = 3\nmatch = [{}]",
            quoted(&pattern),
            quoted(&title.replace([' ', '　'], ""))
        )?;
    }
    Ok(())
}

fn heading_cells(document: &Document) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for table in tables(document) {
        let rows = table.header_rows.max(HEADING_ROWS);
        for cell in table.cells.iter().filter(|cell| cell.row < rows) {
            let text = cell.text.text.replace('\n', "").trim().to_owned();
            if !text.is_empty() && text.chars().count() <= LONGEST_HEADING && !cells.contains(&text) {
                cells.push(text);
            }
        }
    }
    cells.truncate(MOST);
    cells
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    })
}

fn headings(out: &mut String, rules: &Rules, document: &Document) -> std::fmt::Result {
    let mut known: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for cell in heading_cells(document) {
        let value = year::find(rules, &cell).is_some_and(|year| year.label.len() + 6 >= cell.len());
        match rules.label(&cell) {
            Some(label) => known.entry(label.role.name()).or_default().push(quoted(&cell)),
            None if value || cell.chars().count() < 2 => {}
            None => unknown.push(quoted(&cell)),
        }
    }
    writeln!(out, "\n# Headings of columns and rows: what stands under them.\n[vocabulary]")?;
    for (role, cells) in known {
        writeln!(out, "{role} = [{}]", cells.join(", "))?;
    }
    if !unknown.is_empty() {
        writeln!(
            out,
            "# Not in the vocabulary (some may be no headings): give each a role, such as actions or issues."
        )?;
    }
    for cell in unknown {
        writeln!(out, "# ? = [{cell}]")?;
    }
    Ok(())
}

fn years(out: &mut String, rules: &Rules, document: &Document) -> std::fmt::Result {
    let mut labels: Vec<(String, i32)> = Vec::new();
    for cell in tables(document).flat_map(|table| &table.cells) {
        let Some(year) = year::whole(rules, &cell.text.text) else { continue };
        if !labels.iter().any(|(label, _)| *label == year.label) {
            labels.push((year.label, year.year));
        }
    }
    writeln!(out, "\n# Year labels and how they are read (rules year-era, year-western, year-month).")?;
    for (label, year) in labels.into_iter().take(MOST) {
        writeln!(out, "# {label} = {year}")?;
    }
    Ok(())
}

fn grades(out: &mut String, rules: &Rules, document: &Document, legend: &legend::Legend) -> std::fmt::Result {
    let known = legend.grades();
    let scale = known.iter().cloned().collect();
    writeln!(out, "\n# Grades and what the legend says they mean (rules grade, legend-item).")?;
    for grade in &legend.scale {
        writeln!(out, "# {} = {}", grade.grade, grade.meaning.replace('\n', " "))?;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for cell in tables(document).flat_map(|table| &table.cells) {
        if let Some(grade) = grade::read(rules, &cell.text, &scale) {
            *counts.entry(grade.grade).or_default() += 1;
        }
    }
    for (grade, count) in counts.into_iter().filter(|(grade, _)| !known.contains(grade)).take(MOST) {
        writeln!(out, "# {grade}: {count} cells, not in the legend")?;
    }
    Ok(())
}

fn sections(out: &mut String, rules: &Rules, document: &Document, taken: &[usize]) -> std::fmt::Result {
    use super::Rule;
    writeln!(out, "\n# Headings of sections (rules numbering, level).")?;
    let numbered = |text: &str| {
        let short = text.chars().count() <= 2 * LONGEST_HEADING && !text.ends_with('。');
        short && [Rule::Numbering, Rule::Level].iter().any(|&rule| rules.matches(rule, text))
    };
    let texts = document.blocks.iter().enumerate().filter(|(block, _)| !taken.contains(block)).flat_map(
        |(_, block)| match block {
            Block::Paragraph(paragraph) => vec![paragraph.text.text.as_str()],
            Block::Table(table) => table.cells.iter().map(|cell| cell.text.text.as_str()).collect(),
        },
    );
    for text in texts.filter(|text| numbered(text)).take(MOST) {
        writeln!(out, "# {}", text.replace('\n', " "))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::draft;
    use crate::document::made::{paragraph, passage, table};
    use crate::document::{Block, Document, Paragraph};
    use crate::report::rules::Rules;

    #[test]
    fn a_draft_loads_and_names_what_it_found() {
        let table = table(&[&["取組", "\"特別\"欄", "R5年度"], &["研修", "有", "A"]]);
        let title = Paragraph { text: passage("青波市（仮称）行動計画"), size: 1.5, ..Paragraph::default() };
        let blocks = vec![Block::Paragraph(title), paragraph("(1) 制度の周知"), table];
        let toml = draft(&Document { blocks, ..Document::default() }, "aonami");
        Rules::load(&toml, "aonami.toml").unwrap_or_else(|error| panic!("{error}\n{toml}"));
        for found in
            ["name = \"取組\"", "# ? = [\"\\\"特別\\\"欄\"]", "# R5年度 = 2023", "# A: 1 cells", "# (1) 制度の周知"]
        {
            let found = found.replace("name = \"取組\"", "name = [\"取組\"]");
            assert!(toml.contains(&found), "{found} in\n{toml}");
        }
    }
}
