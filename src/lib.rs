//! torikumi (取組, the initiative) turns the progress reports that Japanese public bodies publish as PDF into data in
//! which every value can be pointed at on the page, and audits the published figures.
//!
//! It is a chain of pure functions over values that remember where on the page they came from. Each stage has its own
//! types and reads only the stages before it:
//!
//! ```text
//! bytes --pdf--> Page --layout--> Sheet --document--> Document --report--> Report --audit--> findings --output--> bytes
//!        converted text, Markdown, HTML --source------^
//! ```
//!
//! Invariants:
//!
//! - Nothing above `pdf` names lopdf. Nothing above `document` compares coordinates; places are only carried along.
//! - Nothing below `report` knows what an initiative is; `report` holds no layout tolerance; `output` decides nothing.
//! - No city's name in Rust code: what is special to a form is a rule pack, and a pack is data with tested examples.
//! - Every glyph of a page ends in exactly one place: a value, structure, furniture or `unplaced`.
//! - One coordinate space after `pdf`: that of [`geom`].
//! - Same input, same bytes out: no hash order, no clock, no locale in the output.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod audit;
pub mod document;
pub mod error;
pub mod geom;
pub mod layout;
pub mod output;
pub mod pdf;
pub mod report;
pub mod source;
pub mod warning;

pub use error::{Error, Result};
