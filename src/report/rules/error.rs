//! What is wrong with a rule pack, and in which line.

/// A pack that cannot be used: file, line, rule and the example that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct PackError {
    /// The pack's file.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl PackError {
    /// An error at byte `offset` of the pack's `text`.
    pub(super) fn at(file: &str, text: &str, offset: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: line_of(text, offset), what: what.into() }
    }
}

/// The 1-based line that byte `offset` of `text` stands in.
fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|&b| b == b'\n').count()
}
