//! Other ways to a [`Document`] than a PDF: text that another program converted, Markdown, HTML. Such documents have no
//! pages, so nothing in them has a place. What a converter broke is mended here; what the text means is left to `report`.

mod decode;
mod detect;
mod draft;
mod entity;
mod furniture;
pub mod html;
mod kind;
mod labels;
pub mod markdown;
mod merged;
mod outline;
mod quoted;
mod remnant;
mod repeated;
mod ruled;
mod sheet;
mod short;
mod stitch;
pub mod text;

pub use detect::{MediaType, detect};

use crate::document::Document;
use crate::error::Result;

/// Reads converted text in the given format (not [`MediaType::Pdf`], which is refused as unknown).
///
/// # Errors
/// [`crate::Error::UnknownFormat`] where the bytes are text in no known encoding.
pub fn read(bytes: &[u8], media_type: MediaType) -> Result<Document> {
    let (content, mut warnings) = decode::decode(bytes)?;
    let mut document = match media_type {
        MediaType::Pdf => return Err(crate::Error::UnknownFormat),
        MediaType::Text => text::read(&content),
        MediaType::Markdown => markdown::read(&content),
        MediaType::Html => html::read(&content),
    };
    warnings.append(&mut document.warnings);
    document.warnings = warnings;
    Ok(document)
}
