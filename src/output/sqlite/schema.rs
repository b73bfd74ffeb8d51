//! The database's tables, made from the columns of the tidy tables: entities by their own ids, values below them.

use super::super::tidy::column::{
    EDITION, FIGURE, FINDING, GRADE, ID, INDICATOR, INITIATIVE, ITEM, LEGEND, PLACE, ROLE, SECTION, SERIES, TARGET,
    TEXT,
};
use super::super::tidy::{Column, Fact, Group, Kind, Reading, Row, Value};
use super::column::{FILE, WARNING};
use std::fmt::Write;

/// Version of the tables, views and columns: to be raised with every change to what [`statements`] gives.
pub(super) const VERSION: i32 = 1;
/// Marks the file as one of this program's: `tori`.
pub(super) const APPLICATION: i32 = 0x746f_7269;

const VIEWS: &str = include_str!("views.sql");

/// A table of the database. Its key is the report's number together with its first column.
pub(super) struct Relation {
    pub(super) name: &'static str,
    columns: &'static [&'static [Column]],
    /// Columns that name rows of other tables: by which column, in which table, under which name there.
    parents: &'static [(&'static str, &'static str, &'static str)],
    pub(super) holds: fn(&Row) -> bool,
}

const SECTION_ID: &[Column] = SECTION.split_at(1).0;
const INITIATIVE_ID: &[Column] = INITIATIVE.split_at(1).0;
const INDICATOR_ID: &[Column] = INDICATOR.split_at(1).0;
const SERIES_ID: &[Column] = SERIES.split_at(1).0;
/// A grade without its meaning, which stands in the legend.
const GRADED: &[Column] = GRADE.split_at(GRADE.len() - 1).0;

const OF_SECTION: (&str, &str, &str) = ("section_id", "section", "section_id");
const OF_INITIATIVE: (&str, &str, &str) = ("initiative_id", "initiative", "initiative_id");
const OF_INDICATOR: (&str, &str, &str) = ("indicator_id", "indicator", "indicator_id");
const OF_SERIES: (&str, &str, &str) = ("series_id", "series", "series_id");
const OF_LEGEND: (&str, &str, &str) = ("legend_id", "legend", "id");

/// The columns of the table of reports that are taken from tidy rows.
pub(super) const REPORT: &[&[Column]] = &[EDITION, FILE];

/// All tables but that of reports; whatever is named by another stands before it.
pub(super) const RELATIONS: [Relation; 10] = [
    Relation {
        name: "legend",
        columns: &[ID, LEGEND, PLACE],
        parents: &[],
        holds: |row| matches!(row.fact, Fact::Legend(_)),
    },
    Relation {
        name: "section",
        columns: &[SECTION, PLACE],
        parents: &[],
        holds: |row| matches!(row.fact, Fact::Section),
    },
    Relation {
        name: "initiative",
        columns: &[INITIATIVE, SECTION_ID, ROLE, PLACE],
        parents: &[OF_SECTION],
        holds: |row| matches!(row.fact, Fact::Initiative),
    },
    Relation {
        name: "indicator",
        columns: &[INDICATOR, ROLE, PLACE],
        parents: &[],
        holds: |row| matches!(row.fact, Fact::Indicator),
    },
    Relation {
        name: "series",
        columns: &[SERIES, INDICATOR_ID, TARGET, PLACE],
        parents: &[OF_INDICATOR],
        holds: |row| matches!(row.fact, Fact::Series),
    },
    Relation {
        name: "grade",
        columns: &[ID, SECTION_ID, INITIATIVE_ID, INDICATOR_ID, ITEM, GRADED, PLACE],
        parents: &[OF_SECTION, OF_INITIATIVE, OF_INDICATOR, OF_LEGEND],
        holds: |row| value_of(row, Group::Grades).is_some(),
    },
    Relation {
        name: "figure",
        columns: &[ID, INDICATOR_ID, SERIES_ID, ITEM, FIGURE, PLACE],
        parents: &[OF_INDICATOR, OF_SERIES],
        // A target is a column of its row of figures.
        holds: |row| value_of(row, Group::Figures).is_some_and(|value| !matches!(value.reading, Reading::Target(_))),
    },
    Relation {
        name: "narrative",
        columns: &[ID, SECTION_ID, INITIATIVE_ID, INDICATOR_ID, ITEM, TEXT, PLACE],
        parents: &[OF_SECTION, OF_INITIATIVE, OF_INDICATOR],
        holds: |row| value_of(row, Group::Narratives).is_some(),
    },
    Relation {
        name: "finding",
        columns: &[ID, SECTION_ID, INITIATIVE_ID, INDICATOR_ID, FINDING, PLACE],
        parents: &[OF_SECTION, OF_INITIATIVE, OF_INDICATOR],
        holds: |row| matches!(row.fact, Fact::Finding(_)),
    },
    Relation {
        name: "warning",
        columns: &[ID, WARNING, PLACE],
        parents: &[],
        holds: |row| matches!(row.fact, Fact::Warning(_)),
    },
];

fn value_of(row: &Row, group: Group) -> Option<&Value> {
    match &row.fact {
        Fact::Value(value) if value.item.group() == group => Some(value),
        _ => None,
    }
}

impl Relation {
    /// Its columns, in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().flat_map(|group| group.iter())
    }

    /// The statement that adds a row: the report's number, then the columns.
    pub(super) fn insertion(&self) -> String {
        insertion(self.name, self.columns().map(|column| column.name))
    }

    fn definition(&self) -> String {
        let mut sql =
            format!("CREATE TABLE {} (\n  report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE", self.name);
        for column in self.columns() {
            let _ = write!(sql, ",\n  \"{}\" {}", column.name, storage(column));
        }
        if let Some(key) = self.columns().next() {
            let _ = write!(sql, ",\n  PRIMARY KEY (report, \"{}\")", key.name);
        }
        for (column, table, other) in self.parents {
            let _ = write!(sql, ",\n  FOREIGN KEY (report, \"{column}\") REFERENCES {table} (report, \"{other}\")");
            sql.push_str(" ON DELETE CASCADE");
        }
        sql.push_str("\n) WITHOUT ROWID;\n");
        sql
    }
}

/// A statement that adds a row: the report's number, then `columns`.
pub(super) fn insertion(table: &str, columns: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<String> = columns.map(|name| format!(", \"{name}\"")).collect();
    let places = ", ?".repeat(names.len());
    format!("INSERT INTO {table} (report{}) VALUES (?{places})", names.concat())
}

/// What makes an empty database one of this version.
pub(super) fn statements() -> String {
    let mut sql = "CREATE TABLE report (\n  report INTEGER PRIMARY KEY".to_owned();
    for column in REPORT.iter().flat_map(|group| group.iter()) {
        let unique = if column.name == "source_sha256" { " NOT NULL UNIQUE" } else { "" };
        let _ = write!(sql, ",\n  \"{}\" {}{unique}", column.name, storage(column));
    }
    sql.push_str(",\n  program TEXT NOT NULL,\n  content_sha256 TEXT NOT NULL\n);\n");
    for relation in &RELATIONS {
        sql.push_str(&relation.definition());
    }
    sql.push_str(VIEWS);
    let _ = write!(sql, "PRAGMA application_id = {APPLICATION};\nPRAGMA user_version = {VERSION};\n");
    sql
}

fn storage(column: &Column) -> &'static str {
    match column.kind {
        Kind::Text | Kind::Code(_) => "TEXT",
        Kind::Integer | Kind::Flag => "INTEGER",
        Kind::Number => "REAL",
    }
}
