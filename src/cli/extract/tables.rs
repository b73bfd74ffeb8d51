//! Forms that all reports of a run make together: a folder of tables, a database. Nothing appears before all reports
//! are there, and nothing at all where no report could be read.

use super::format::{Gathering, Open};
use crate::cli::{complain, folder};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use torikumi::audit::{Audit, audit, audit_with};
use torikumi::output::csv::{self, Header, Start};
use torikumi::output::tidy::{Added, Fact, Tidy};
use torikumi::report::Report;
use torikumi::report::rules::Rules;

/// Options of tables.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Tables (--format csv)")]
pub(crate) struct Options {
    /// Names of the columns [default: en]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    header: Option<Language>,
    /// Leave the byte order mark away that Excel needs and other programs may stumble over
    #[arg(long)]
    no_bom: bool,
}

/// A language of column names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    /// 年度, 評価
    Ja,
    /// fiscal_year, grade_norm
    En,
}

impl Options {
    /// Whether any was given.
    pub(super) fn given(&self) -> bool {
        self.header.is_some() || self.no_bom
    }

    fn form(&self) -> csv::Options {
        csv::Options {
            header: if self.header == Some(Language::Ja) { Header::Japanese } else { Header::English },
            start: if self.no_bom { Start::Bare } else { Start::Mark },
        }
    }
}

/// What the audit finds by the wording of these rules, else by that of the pack that read the report.
pub(super) fn findings(report: &Report, rules: Option<&Rules>) -> Audit {
    rules.map_or_else(|| audit(report), |rules| audit_with(report, rules))
}

/// A folder of CSV files with their data package.
struct Folder {
    path: PathBuf,
    form: csv::Options,
    rules: Option<Rules>,
    tidy: Tidy,
    /// Which file each report id was first met in.
    editions: BTreeMap<String, String>,
}

/// Begins a folder of tables.
pub(super) fn open_folder(options: &Options, rules: Option<&Rules>) -> Open {
    let (form, rules) = (options.form(), rules.cloned());
    Box::new(move |path| {
        let path = named(path)?.to_owned();
        folder::check(&path)?;
        Ok(Box::new(Folder { path, form, rules, tidy: Tidy::new(), editions: BTreeMap::new() }))
    })
}

fn named(path: Option<&Path>) -> io::Result<&Path> {
    path.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "this form needs a name: add -o"))
}

impl Gathering for Folder {
    fn take(&mut self, report: &Report) -> io::Result<()> {
        let before = self.tidy.rows.len();
        if self.tidy.add(report, &findings(report, self.rules.as_ref())) == Added::Known {
            return Ok(());
        }
        let added = self.tidy.rows.iter().skip(before).find(|row| matches!(row.fact, Fact::Report));
        let Some(id) = added.map(|row| row.edition.id.clone()) else { return Ok(()) };
        if let Some(other) = self.editions.get(&id) {
            let what = format!("has the report id {id}, as {other} has: source_sha256 tells their rows apart");
            complain(&report.source.file, &what);
        } else {
            self.editions.insert(id, report.source.file.clone());
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        if self.tidy.rows.is_empty() {
            return Ok(());
        }
        folder::write(&self.path, &csv::files(&self.tidy, self.form)?)
    }
}

/// A database of reports.
#[cfg(feature = "sqlite")]
struct Reports {
    database: torikumi::output::sqlite::Database,
    rules: Option<Rules>,
}

/// Opens a database of reports.
#[cfg(feature = "sqlite")]
pub(super) fn open_database(rules: Option<&Rules>) -> Open {
    let rules = rules.cloned();
    Box::new(move |path| {
        let database = torikumi::output::sqlite::Database::open(named(path)?)?;
        Ok(Box::new(Reports { database, rules }))
    })
}

#[cfg(feature = "sqlite")]
impl Gathering for Reports {
    fn take(&mut self, report: &Report) -> io::Result<()> {
        self.database.add(report, &findings(report, self.rules.as_ref()))?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(self.database.finish()?)
    }
}
