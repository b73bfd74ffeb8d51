//! Takes the `Differences` of an encoding dictionary (ISO 32000-2, 9.6.5.1), gives the name of the glyph of a code. What
//! the name says is left to others.

use lopdf::{Dictionary, Document, Object};

use super::object;

/// Names of glyphs by code.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// All names, one after the other.
    names: String,
    /// Codes ascending, each once, with where its name begins and ends.
    places: Vec<(u8, usize, usize)>,
}

impl Differences {
    /// Reads the entry of an encoding dictionary; of two names for a code the last one counts.
    pub(super) fn load(objects: &Document, encoding: &Dictionary) -> Self {
        let mut differences = Self::default();
        let mut code = Some(0_u8);
        for object in object::array(objects, encoding, b"Differences").unwrap_or_default() {
            match object::resolve(objects, object) {
                Some(Object::Name(name)) => {
                    if let Some(at) = code {
                        differences.push(at, name);
                        code = at.checked_add(1);
                    }
                }
                Some(Object::Integer(next)) => code = u8::try_from(*next).ok(),
                _ => {}
            }
        }
        differences.places.reverse();
        differences.places.sort_by_key(|(code, ..)| *code);
        differences.places.dedup_by_key(|(code, ..)| *code);
        differences
    }

    fn push(&mut self, code: u8, name: &[u8]) {
        let start = self.names.len();
        self.names.push_str(&String::from_utf8_lossy(name));
        self.places.push((code, start, self.names.len()));
    }

    /// The name of the glyph of a code.
    pub(super) fn get(&self, code: u8) -> Option<&str> {
        let index = self.places.binary_search_by_key(&code, |(code, ..)| *code).ok()?;
        let (_, start, end) = self.places.get(index)?;
        self.names.get(*start..*end)
    }
}

#[cfg(test)]
mod tests {
    use super::Differences;
    use lopdf::{Document, Object, dictionary};

    #[test]
    fn names_count_up_from_the_last_number_and_later_ones_hide_earlier_ones() {
        let list: Vec<Object> = vec![
            "a".into(),
            65.into(),
            "b".into(),
            "c".into(),
            66.into(),
            "d".into(),
            255.into(),
            "e".into(),
            "f".into(),
        ];
        let differences = Differences::load(&Document::new(), &dictionary! { "Differences" => list });
        assert_eq!([0, 65, 66, 255].map(|code| differences.get(code)), [Some("a"), Some("b"), Some("d"), Some("e")]);
        assert_eq!([1, 67, 254].map(|code| differences.get(code)), [None; 3]);
    }
}
