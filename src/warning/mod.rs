//! What made a reading uncertain: everything that is smaller than a failure of the whole document.

mod kinds;

pub use kinds::{Kind, kinds};

use crate::geom::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something a reader of the output has to know before trusting a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Stable code in kebab case, such as `undecodable-characters`.
    pub code: String,
    /// What was met, in one sentence.
    pub message: String,
    /// Where; empty when it concerns the whole document.
    #[serde(default)]
    pub at: Vec<Place>,
}

impl Warning {
    /// A warning that concerns the whole document; use [`Warning::at`] to say where.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        #[cfg(test)]
        assert!(kinds().iter().any(|kind| kind.code == code), "{code} stands in no list of warnings");
        Self { code: code.to_owned(), message: message.into(), at: Vec::new() }
    }

    /// The same warning with its places.
    #[must_use]
    pub fn at(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.at.extend(places);
        self
    }

    /// What a warning of this code says of a reading; none for a code of another version of the program.
    #[must_use]
    pub fn kind(&self) -> Option<&'static Kind> {
        kinds().iter().find(|kind| kind.code == self.code)
    }
}
