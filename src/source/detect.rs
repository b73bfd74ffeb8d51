//! Takes bytes and a file name, gives the format: a PDF by its header, the rest by content first and name second.

use super::decode;
use crate::error::{Error, Result};

/// Readers accept a PDF header anywhere in the first 1024 bytes (ISO 32000-2, Annex I, note on 7.5.2).
const HEADER_REACH: usize = 1024;
/// A page of HTML says so near its start.
const OPENING: usize = 2048;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// `application/pdf`
    Pdf,
    /// `text/plain`, tables as tab-separated lines
    Text,
    /// `text/markdown`
    Markdown,
    /// `text/html`
    Html,
}

impl MediaType {
    /// Its name as registered.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
        }
    }
}

/// Finds the format of `bytes`; `name` is the file's name, `-` or empty for standard input.
///
/// # Errors
/// [`Error::UnknownFormat`] for anything that is neither a PDF nor text.
pub fn detect(bytes: &[u8], name: &str) -> Result<MediaType> {
    let start = bytes.get(..HEADER_REACH).unwrap_or(bytes);
    let is_pdf = start.windows(5).any(|w| w == b"%PDF-");
    let name = name.to_lowercase();
    if is_pdf && (start.trim_ascii_start().starts_with(b"%PDF-") || !is_text_name(&name)) {
        return Ok(MediaType::Pdf);
    }
    let (_, text) = decode::characters(bytes).ok_or(Error::UnknownFormat)?;
    if text.trim().is_empty() {
        return Err(Error::UnknownFormat);
    }
    Ok(by_name(&name).unwrap_or_else(|| by_content(&text)))
}

fn is_text_name(name: &str) -> bool {
    by_name(name).is_some() || name.ends_with(".txt")
}

fn by_name(name: &str) -> Option<MediaType> {
    let extension = name.rsplit_once('.')?.1;
    match extension {
        "md" | "markdown" => Some(MediaType::Markdown),
        "html" | "htm" | "xhtml" => Some(MediaType::Html),
        "tsv" => Some(MediaType::Text),
        _ => None,
    }
}

/// A `.txt` or a stream can hold any of the three.
fn by_content(text: &str) -> MediaType {
    let mut end = text.len().min(OPENING);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let opening = text[..end].trim_start().to_lowercase();
    let whole = ["<!doctype html", "<html", "<head", "<body", "<table", "<?xml"];
    if whole.iter().any(|tag| opening.starts_with(tag)) || (opening.starts_with('<') && opening.contains("<html")) {
        return MediaType::Html;
    }
    let mut markdown = 0;
    let mut tabs = 0;
    for line in text.lines() {
        markdown += usize::from(is_markdown_mark(line.trim()));
        tabs += usize::from(line.contains('\t'));
    }
    if markdown > tabs { MediaType::Markdown } else { MediaType::Text }
}

/// A line that only Markdown has: the rule under a table's head, a heading, an HTML table begun in the text.
fn is_markdown_mark(line: &str) -> bool {
    let is_rule = line.contains('|') && line.contains("--") && line.chars().all(|c| " |-:\t".contains(c));
    let heading = line.trim_start_matches('#');
    let level = line.len() - heading.len();
    is_rule || ((1..=6).contains(&level) && heading.starts_with(' ')) || line.to_lowercase().starts_with("<table")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(bytes: &[u8], name: &str, expected: Option<MediaType>) {
        assert_eq!(detect(bytes, name).ok(), expected, "{name}");
    }

    #[test]
    fn formats() {
        case(b"%PDF-1.7\n", "a.txt", Some(MediaType::Pdf));
        case(b"junk before\n%PDF-1.4", "-", Some(MediaType::Pdf));
        case(b"the header %PDF- of a file", "notes.txt", Some(MediaType::Text));
        case("<!DOCTYPE html><p>取組".as_bytes(), "-", Some(MediaType::Html));
        case("計画\t実績\n1\t2\n".as_bytes(), "", Some(MediaType::Text));
        case("# 計画\n\n|a|b|\n|---|---|\n|1|2|".as_bytes(), "", Some(MediaType::Markdown));
        case("計画".as_bytes(), "A.MD", Some(MediaType::Markdown));
        case(b"<p>x", "a.htm", Some(MediaType::Html));
        case(b"\x89PNG\r\n\x1a\n\0\0", "a.txt", None);
        case(b" \n", "a.txt", None);
        case(b"", "a.pdf", None);
    }
}
