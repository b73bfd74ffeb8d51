//! Takes reports with their audits, keeps them in one SQLite database over editions and bodies. All reports of a run
//! are one transaction: they are all there when [`Database::finish`] returns, and none before. A new database appears
//! under its name only then.
//!
//! A file that is there already (by its SHA-256) is left as it is when nothing about it would change, and replaced when
//! a newer program or other rules read it otherwise; any other file is an addition. Entities have the ids of the tidy
//! tables as keys, together with the number of their report, and values refer to them by foreign keys. The views are
//! `grades_by_year`, `indicator_history` and `open_findings`; [`QUERIES`] uses them.

use super::tidy::{Added, Cell, Fact, Row, Tidy};
use crate::audit::Audit;
use crate::report::Report;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OpenFlags, OptionalExtension, ToSql, params_from_iter};
use schema::{APPLICATION, RELATIONS, REPORT, VERSION};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::time::Duration;

mod column;
mod error;
mod schema;

pub use error::Error;

/// Five questions that the views answer, as SQL with a comment line before each.
pub const QUERIES: &str = include_str!("queries.sql");

/// How long another program may hold the database before it counts as locked.
const PATIENCE: Duration = Duration::from_secs(3);

/// A database that reports are being added to.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    /// The temporary file of a database that is new, and the name that it is to have.
    fresh: Option<(tempfile::TempPath, PathBuf)>,
    state: State,
}

/// How the transaction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing was added.
    Clean,
    /// Reports were added.
    Filled,
    /// A report was added in part.
    Broken,
}

impl Database {
    /// Opens the database at `path`, or begins a new one, and claims it: no other program can write it until this one
    /// is done.
    ///
    /// # Errors
    /// When the file is no database of this version, or is locked, or its folder cannot be written.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if path.is_dir() {
            return Err(Error::Folder);
        }
        if std::fs::metadata(path).is_ok_and(|file| file.len() > 0) {
            let connection = connect(path)?;
            check(&connection)?;
            connection.execute_batch("BEGIN IMMEDIATE")?;
            return Ok(Self { connection, fresh: None, state: State::Clean });
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".torikumi-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?.into_temp_path();
        let connection = connect(&file)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        connection.execute_batch(&schema::statements())?;
        Ok(Self { connection, fresh: Some((file, path.to_owned())), state: State::Clean })
    }

    /// Adds the report, in the place of an earlier reading of the same file.
    ///
    /// # Errors
    /// When the database cannot take it; nothing of the run is written then.
    pub fn add(&mut self, report: &Report, audit: &Audit) -> Result<Added, Error> {
        let content = fingerprint(report, audit)?;
        let find = "SELECT report, content_sha256 FROM report WHERE source_sha256 = ?";
        let known: Option<(i64, String)> = self
            .connection
            .query_row(find, [&report.source.sha256], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if known.as_ref().is_some_and(|(_, known)| *known == content) {
            return Ok(Added::Known);
        }
        if self.state == State::Broken {
            return Err(Error::Broken);
        }
        self.state = State::Broken;
        let number = known.map(|(number, _)| number);
        if let Some(number) = number {
            self.connection.execute("DELETE FROM report WHERE report = ?", [number])?;
        }
        self.fill(report, audit, number, &content)?;
        self.state = State::Filled;
        Ok(Added::New)
    }

    /// Writes everything that was added; where that is nothing, no database begins.
    ///
    /// # Errors
    /// When it cannot be written; the database is then as it was before.
    pub fn finish(self) -> Result<(), Error> {
        match self.state {
            State::Clean => return Ok(()),
            State::Broken => return Err(Error::Broken),
            State::Filled => self.connection.execute_batch("COMMIT")?,
        }
        self.connection.close().map_err(|(_, error)| error)?;
        if let Some((file, path)) = self.fresh {
            std::fs::File::options().write(true).open(&file)?.sync_all()?;
            file.persist(path).map_err(|failure| failure.error)?;
        }
        Ok(())
    }

    fn fill(&self, report: &Report, audit: &Audit, number: Option<i64>, content: &str) -> Result<(), Error> {
        let mut tidy = Tidy::new();
        tidy.add(report, audit);
        let mut number = number;
        for row in &tidy.rows {
            match (&row.fact, number) {
                (Fact::Report, _) => number = Some(self.report(row, number, content)?),
                (_, Some(number)) => self.row(row, number)?,
                (_, None) => {}
            }
        }
        Ok(())
    }

    fn report(&self, row: &Row, number: Option<i64>, content: &str) -> Result<i64, Error> {
        let columns = || REPORT.iter().flat_map(|group| group.iter());
        let names = columns().map(|column| column.name).chain(["program", "content_sha256"]);
        let mut values = vec![number.map_or(Stored(Cell::Empty), |number| Stored(Cell::Integer(number)))];
        values.extend(columns().map(|column| Stored((column.cell)(row))));
        values.push(Stored(Cell::Text(PROGRAM.into())));
        values.push(Stored(Cell::Text(content.into())));
        let mut statement = self.connection.prepare_cached(&schema::insertion("report", names))?;
        Ok(statement.insert(params_from_iter(values))?)
    }

    fn row(&self, row: &Row, number: i64) -> Result<(), Error> {
        let Some(relation) = RELATIONS.iter().find(|relation| (relation.holds)(row)) else { return Ok(()) };
        let mut values = vec![Stored(Cell::Integer(number))];
        values.extend(relation.columns().map(|column| Stored((column.cell)(row))));
        self.connection.prepare_cached(&relation.insertion())?.execute(params_from_iter(values))?;
        Ok(())
    }
}

const PROGRAM: &str = concat!("torikumi ", env!("CARGO_PKG_VERSION"));

fn connect(path: &Path) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(RELATIONS.len() + 1);
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// Whether the database is one of this version.
fn check(connection: &Connection) -> Result<(), Error> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    if number("application_id")? != APPLICATION {
        return Err(Error::Foreign);
    }
    match number("user_version")? {
        VERSION => Ok(()),
        found => Err(Error::Version { found }),
    }
}

/// What a reading of a file comes to, whatever the file is called: it changes with the program and its rules.
fn fingerprint(report: &Report, audit: &Audit) -> Result<String, Error> {
    let mut report = report.clone();
    report.source.file.clear();
    let mut digest = Sha256::new();
    digest.update(PROGRAM);
    digest.update(serde_json::to_vec(&report).map_err(std::io::Error::from)?);
    digest.update(serde_json::to_vec(&audit.findings).map_err(std::io::Error::from)?);
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A cell as SQLite keeps it.
struct Stored<'a>(Cell<'a>);

impl ToSql for Stored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match &self.0 {
            Cell::Empty => ToSqlOutput::Owned(Value::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Cell::Number(number) => ToSqlOutput::Owned(Value::Real(*number)),
            Cell::Flag(flag) => ToSqlOutput::Owned(Value::Integer((*flag).into())),
        })
    }
}

#[cfg(test)]
mod tests;
