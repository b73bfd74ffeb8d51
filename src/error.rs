//! Failures of a whole document. Everything smaller is a [`crate::warning::Warning`] inside the output.

use std::io;

/// Why a document could not be read at all. The text says what is wrong and what to do; the caller names the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file or standard input could not be read, or the output not written.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The bytes are in no format that the tool reads.
    #[error("not a PDF and not text: give a PDF, or a .txt, .md or .html file in UTF-8")]
    UnknownFormat,
    /// Starts like a PDF, but no object could be recovered.
    #[error("damaged PDF ({0}): fetch the file again or open and save it in a PDF reader")]
    Damaged(String),
    /// Encrypted, and no password opens it.
    #[error("encrypted: give its password with --password")]
    PasswordNeeded,
    /// Encrypted, and the given password does not open it.
    #[error("encrypted, and the given password does not open it: check --password")]
    WrongPassword,
    /// The page tree holds no page.
    #[error("has no pages: the page tree is empty or broken; open and save it in a PDF reader")]
    NoPages,
    /// Not one page has a character in its text layer.
    #[error("has no text layer (its pages are images or drawings): run it through OCR first")]
    NoTextLayer,
    /// A limit on memory or time was reached.
    #[error("exceeds the limit of {limit} ({what}): raise it with {option} if you trust the file")]
    Limit {
        /// What was too large.
        what: String,
        /// The limit with its unit.
        limit: String,
        /// The option that raises it.
        option: &'static str,
    },
}

/// Result with the crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;
