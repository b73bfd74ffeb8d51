//! Reading the published JSON back: a [`Text`] is accepted with its places or as a bare string.

use super::Text;
use crate::geom::Place;
use serde::{Deserialize, Deserializer};

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Bare(String),
            Placed {
                text: String,
                #[serde(default)]
                at: Vec<Place>,
            },
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Bare(text) => Self { text, at: Vec::new() },
            Form::Placed { text, at } => Self { text, at },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Report;

    #[test]
    fn a_report_without_places_reads_back() {
        let json = r#"{"schema_version":"1","document":{"title":"計画","fiscal_year":{"label":"R5","year":2023}},
            "grade_scale":[],"footnotes":[],"sections":[],"indicators":[]}"#;
        let report: Report = serde_json::from_str(json).unwrap();
        assert_eq!(report.document.title.map(|t| t.text).as_deref(), Some("計画"));
    }
}
