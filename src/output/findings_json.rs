//! Findings as JSON: one object for one report or comparison, a list for several.

use serde::Serialize;
use std::io::{self, Write};

/// Writes audits or a comparison as indented JSON with a line end.
///
/// # Errors
/// What `out` reports.
pub fn write<T: Serialize>(all: &[T], out: &mut dyn Write) -> io::Result<()> {
    match all {
        [one] => serde_json::to_writer_pretty(&mut *out, one)?,
        all => serde_json::to_writer_pretty(&mut *out, all)?,
    }
    out.write_all(b"\n")
}
