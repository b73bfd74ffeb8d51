//! The six published tables: which rows and columns each has, what its key is and what it refers to.

use super::{Column, Edition, Fact, Group, Row, column as columns};
use crate::audit::Words;

/// A table: a choice of columns and of rows.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its stable name; its file is called after it.
    pub name: &'static str,
    /// Its title.
    pub title: Words,
    /// What it holds.
    pub about: Words,
    /// Its columns, in groups and runs of groups that tables share.
    pub columns: &'static [&'static [&'static [Column]]],
    /// Whether a row stands in it.
    pub holds: fn(&Row) -> bool,
    /// What it refers to.
    pub references: &'static [Reference],
}

/// Columns whose cells are those of a row of another table.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// The columns. Where there are several, none is ever empty: readers disagree about keys that are empty in part.
    pub columns: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
    /// Its columns.
    pub others: &'static [&'static str],
}

impl Table {
    /// Its columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().copied().flatten().copied().flatten()
    }
}

impl Edition {
    /// Columns that together are the key of every table.
    pub const KEY: [&'static str; 2] = ["source_sha256", "id"];
}

/// What every value carries: its key, its edition, and what in the report it belongs to.
const VALUE: &[&[Column]] =
    &[columns::ID, columns::EDITION, columns::SECTION, columns::INITIATIVE, columns::ROLE, columns::INDICATOR];

/// The tables that are written as files, the one with everything first.
pub const FILES: [Table; 6] = [
    Table {
        name: "observations",
        title: Words { ja: "全ての値", en: "Observations" },
        about: Words {
            ja: "印字された値を一行に一つずつ、全て収めた表。",
            en: "Every printed value, one in each row.",
        },
        columns: &[VALUE, &[columns::SERIES, columns::ITEM, columns::OBSERVATION, columns::TARGET, columns::PLACE]],
        holds: |row| matches!(row.fact, Fact::Value(_)),
        references: &[],
    },
    Table {
        name: "grades",
        title: Words { ja: "評価", en: "Grades" },
        about: Words {
            ja: "評価。意味はその報告書の凡例による。",
            en: "Grades, with what the report's own legend says that they mean.",
        },
        columns: &[VALUE, &[columns::ITEM, columns::GRADE, columns::PLACE]],
        holds: |row| holds(row, Group::Grades),
        references: &[OBSERVED, EXPLAINED],
    },
    Table {
        name: "indicators",
        title: Words { ja: "指標", en: "Indicators" },
        about: Words {
            ja: "指標の実績、目標、基準値を一行に一つずつ収めた表。",
            en: "Figures, targets and baselines of the indicators, one in each row.",
        },
        columns: &[&[
            columns::ID,
            columns::EDITION,
            columns::INDICATOR,
            columns::ROLE,
            columns::SERIES,
            columns::ITEM,
            columns::FIGURE,
            columns::TARGET,
            columns::PLACE,
        ]],
        holds: |row| holds(row, Group::Figures),
        references: &[OBSERVED],
    },
    Table {
        name: "narratives",
        title: Words { ja: "文章", en: "Narratives" },
        about: Words {
            ja: "実施状況、主な取組、課題等の文章。表の外の文章と注も含む。",
            en: "Texts: status, actions, issues and the like, notes, and paragraphs outside tables.",
        },
        columns: &[VALUE, &[columns::ITEM, columns::TEXT, columns::PLACE]],
        holds: |row| holds(row, Group::Narratives),
        references: &[OBSERVED],
    },
    Table {
        name: "legend",
        title: Words { ja: "凡例", en: "Legend" },
        about: Words { ja: "評価の凡例。", en: "What the grades mean, as each report says." },
        columns: &[&[columns::ID, columns::EDITION, columns::LEGEND, columns::PLACE]],
        holds: |row| matches!(row.fact, Fact::Legend(_)),
        references: &[],
    },
    Table {
        name: "findings",
        title: Words { ja: "点検結果", en: "Findings" },
        about: Words {
            ja: "点検の結果。印字された事実の食い違いを示す照会であって、判定ではない。",
            en: "What the audit found: enquiries about printed facts, not verdicts.",
        },
        columns: &[&[
            columns::ID,
            columns::EDITION,
            columns::SECTION,
            columns::INITIATIVE,
            columns::FINDING,
            columns::PLACE,
        ]],
        holds: |row| matches!(row.fact, Fact::Finding(_)),
        references: &[],
    },
];

const OBSERVED: Reference = Reference { columns: &Edition::KEY, table: "observations", others: &Edition::KEY };
const EXPLAINED: Reference = Reference { columns: &["legend_id"], table: "legend", others: &["id"] };

fn holds(row: &Row, group: Group) -> bool {
    matches!(&row.fact, Fact::Value(value) if value.item.group() == group)
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::collections::BTreeSet;

    #[test]
    fn every_table_has_each_column_once_by_either_name_and_explains_it() {
        for table in FILES {
            let names: BTreeSet<_> = table.columns().map(|column| column.name).collect();
            let ja: BTreeSet<_> = table.columns().map(|column| column.ja).collect();
            assert_eq!((names.len(), ja.len()), (table.columns().count(), table.columns().count()), "{}", table.name);
            assert!(table.columns().all(|column| !column.about.ja.is_empty() && column.about.en.ends_with('.')));
            for reference in table.references {
                let other = FILES.iter().find(|other| other.name == reference.table).unwrap();
                assert!(reference.columns.iter().all(|name| names.contains(name)));
                assert!(reference.others.iter().all(|name| other.columns().any(|column| column.name == *name)));
            }
        }
    }
}
