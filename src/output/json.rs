//! The report as JSON, and the JSON Schema of that form, generated from the same types.

use super::indented;
use crate::report::Report;
use schemars::generate::SchemaSettings;
use std::io::{self, Write};

/// Writes the report as indented JSON in UTF-8 with a line end, members in the order of the types. The same report
/// always gives the same bytes.
///
/// # Errors
/// What `out` reports.
pub fn write_report(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    indented::write(report, out)
}

/// Writes the JSON Schema (draft 2020-12) of [`Report`], with the descriptions of the types.
///
/// # Errors
/// What `out` reports.
pub fn write_schema(out: &mut dyn Write) -> io::Result<()> {
    indented::write(&SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Report>(), out)
}

/// Writes the report as one line of JSON, for streams of reports (NDJSON).
///
/// # Errors
/// What `out` reports.
pub fn write_line(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, report)?;
    out.write_all(b"\n")
}

/// Writes any value as indented JSON with a line end.
///
/// # Errors
/// What `out` reports, or the value's own way to serialise.
pub fn write(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    indented::write(value, out)
}
