//! Takes the tables as written, gives the Frictionless data package that describes them: every column with its type
//! and meaning, keys, references between tables, the reports that they are from, sizes and hashes. It says nothing
//! about a licence, because the reports say nothing.

use super::csv::{File, Header, Options, Start};
use super::tidy::{Column, Edition, FILES, Fact, Kind, Reference, Row, Table, Tidy};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io;

/// The package for `files`, which are the tables in order, as indented JSON.
pub(super) fn write(tidy: &Tidy, files: &[File], options: Options) -> io::Result<Vec<u8>> {
    let resources: Vec<_> =
        FILES.iter().zip(files).map(|(table, file)| resource(table, file, &tidy.rows, options)).collect();
    let package = json!({
        "profile": "tabular-data-package",
        "name": "torikumi",
        "title": "進捗状況報告のデータ（Progress reports as data）",
        "description": format!(
            "Values as printed in the reports that 'sources' lists, each with its place on the page. {GUARD}"
        ),
        "resources": resources,
        "sources": tidy.rows.iter().filter(|row| matches!(row.fact, Fact::Report)).map(|row| source(row, tidy)).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&package)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The name of the table's file.
pub(super) fn path(table: &Table) -> String {
    format!("{}.csv", table.name)
}

const GUARD: &str = "Text cells that a spreadsheet would run as a formula, and those that begin with an apostrophe, \
                     have one apostrophe before them: take it off to get the printed text.";

fn resource(table: &Table, file: &File, rows: &[Row], options: Options) -> Value {
    let header = options.header;
    let held: Vec<&Row> = rows.iter().filter(|row| (table.holds)(row)).collect();
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file.name,
        "title": header.pick(table.title),
        "description": header.pick(table.about),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": if options.start == Start::Mark { "utf-8-sig" } else { "utf-8" },
        "bytes": file.bytes.len(),
        "hash": format!("sha256:{}", hexadecimal(&file.bytes)),
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true },
        "schema": {
            "fields": table.columns().map(|column| field(column, &held, header)).collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": Edition::KEY.map(|name| named(table, name, header)),
            "foreignKeys": table.references.iter().map(|one| foreign_key(table, one, header)).collect::<Vec<_>>(),
        },
    })
}

fn field(column: &Column, rows: &[&Row], header: Header) -> Value {
    let mut constraints = serde_json::Map::new();
    if Edition::KEY.contains(&column.name) {
        constraints.insert("required".to_owned(), true.into());
    }
    if let Kind::Code(codes) = column.kind {
        constraints.insert("enum".to_owned(), codes().into());
    }
    if column.name == "source_sha256" && rows.iter().all(|row| row.edition.source.sha256.len() == 64) {
        constraints.insert("pattern".to_owned(), "[0-9a-f]{64}".into());
    }
    let other = match header {
        Header::English => Header::Japanese,
        Header::Japanese => Header::English,
    };
    json!({
        "name": header.of(column),
        "title": other.of(column),
        "description": header.pick(column.about),
        "type": match column.kind {
            Kind::Text | Kind::Code(_) => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Flag => "boolean",
        },
        "constraints": constraints,
    })
}

fn foreign_key(table: &Table, reference: &Reference, header: Header) -> Value {
    let Some(other) = FILES.iter().find(|other| other.name == reference.table) else { return Value::Null };
    json!({
        "fields": reference.columns.iter().map(|name| named(table, name, header)).collect::<Vec<_>>(),
        "reference": {
            "resource": other.name,
            "fields": reference.others.iter().map(|name| named(other, name, header)).collect::<Vec<_>>(),
        },
    })
}

/// The name that a column of the table has in this header.
fn named(table: &Table, name: &'static str, header: Header) -> &'static str {
    table.columns().find(|column| column.name == name).map_or(name, |column| header.of(column))
}

/// The report of a row: file, hash, rules, account of its characters, and what made its extraction uncertain.
fn source(row: &Row, tidy: &Tidy) -> Value {
    let source = &row.edition.source;
    let warnings: Vec<_> = tidy
        .rows
        .iter()
        .filter(|other| other.edition.source.sha256 == source.sha256 && other.edition.id == row.edition.id)
        .filter_map(|other| match &other.fact {
            Fact::Warning(warning) => Some(warning),
            _ => None,
        })
        .collect();
    json!({
        "title": source.file,
        "report_id": row.edition.id,
        "sha256": source.sha256,
        "mediatype": source.media_type,
        "pages": source.pages,
        "rules": source.rules.pack,
        "coverage": row.edition.coverage,
        "warnings": warnings,
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Header {
    /// The words in the header's language.
    fn pick(self, words: crate::audit::Words) -> &'static str {
        match self {
            Self::English => words.en,
            Self::Japanese => words.ja,
        }
    }
}
