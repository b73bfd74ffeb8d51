//! Why a database cannot be written, in words that say what to do. Nothing is half-written in any case.

use super::schema::VERSION;
use rusqlite::ErrorCode;
use std::io;

/// Why a database cannot be written; it is then as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A folder has the name.
    #[error("is a folder: name a file, such as reports.db")]
    Folder,
    /// The file is no database.
    #[error("is a file of another kind, not an SQLite database: give another name to -o")]
    NotADatabase,
    /// The database is of another program.
    #[error("is a database of another program: give another name to -o")]
    Foreign,
    /// The database is of another version of this program.
    #[error(
        "has tables of version {found}, this program writes version {VERSION}: write a new database from the reports"
    )]
    Version {
        /// Its version.
        found: i32,
    },
    /// Another program holds it.
    #[error("is locked by another program: close it there and run again")]
    Locked,
    /// The disk is full.
    #[error("the disk is full: free some space and run again; the database is as it was before")]
    Full,
    /// A report could not be added whole.
    #[error("nothing is written, because a report could not be added whole")]
    Broken,
    /// The file or its folder must not be written.
    #[error("is read-only, or its folder is: give another name to -o")]
    ReadOnly,
    /// The file or its folder cannot be used.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Anything else that the database says.
    #[error("{0}")]
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::NotADatabase) => Self::NotADatabase,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            _ => Self::Database(error),
        }
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Io(error) => error,
            other => Self::other(other),
        }
    }
}
