//! Takes reports and findings, gives bytes: one file for each format. It decides nothing and leaves files and
//! terminal to the command line.

pub mod csv;
mod datapackage;
pub mod explanation;
pub mod findings;
pub mod findings_csv;
pub mod findings_html;
pub mod findings_json;
pub mod findings_md;
pub mod findings_sarif;
pub mod findings_text;
mod indented;
pub mod inspection;
pub mod json;
#[cfg(feature = "review")]
pub mod review;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod tables;
pub mod text;
pub mod tidy;
#[cfg(feature = "xlsx")]
pub mod xlsx;
