//! Which optional content the document's default configuration switches off (ISO 32000-2, 8.11).

use super::object::{array, dictionary, get, get_array, get_dict, get_name, name, resolve};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// The groups that are off.
#[derive(Debug, Default)]
pub(super) struct OptionalContent {
    off: BTreeSet<ObjectId>,
}

/// How deep visibility expressions are followed.
const DEEPEST: usize = 16;
/// How many members of one membership dictionary are looked at.
const MOST_MEMBERS: usize = 4096;

impl OptionalContent {
    /// Reads the default configuration, as a viewer applies it on opening the document.
    pub(super) fn read(objects: &Document) -> Self {
        let properties = get_dict(objects, &objects.trailer, b"Root")
            .and_then(|catalog| get_dict(objects, catalog, b"OCProperties"));
        let Some(properties) = properties else { return Self::default() };
        let Some(default) = get_dict(objects, properties, b"D") else { return Self::default() };
        let groups = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
            let items = get_array(objects, dict, key).unwrap_or_default();
            items.iter().filter_map(|item| item.as_reference().ok()).collect()
        };
        let mut off = BTreeSet::new();
        if get_name(objects, default, b"BaseState") == Some(b"OFF") {
            off.extend(groups(properties, b"OCGs"));
        }
        off.extend(groups(default, b"OFF"));
        for group in groups(default, b"ON") {
            off.remove(&group);
        }
        Self { off }
    }

    /// Whether nothing is off, so that nothing needs asking.
    pub(super) fn is_trivial(&self) -> bool {
        self.off.is_empty()
    }

    /// Whether content with this `OC` entry is shown.
    pub(super) fn shows(&self, objects: &Document, entry: &Object) -> bool {
        if self.is_trivial() {
            return true;
        }
        if let Object::Reference(id) = entry
            && self.off.contains(id)
        {
            return false;
        }
        let Some(dict) = resolve(objects, entry).and_then(dictionary) else { return true };
        if get_name(objects, dict, b"Type") != Some(b"OCMD") {
            return true;
        }
        match get(objects, dict, b"VE") {
            Some(expression) => self.evaluate(objects, expression, 0),
            None => self.members_show(objects, dict),
        }
    }

    fn members_show(&self, objects: &Document, membership: &Dictionary) -> bool {
        let members: Vec<bool> = match membership.get(b"OCGs") {
            Ok(Object::Reference(id)) => match objects.get_object(*id) {
                Ok(Object::Array(items)) => self.states(items),
                Ok(_) => vec![!self.off.contains(id)],
                Err(_) => Vec::new(),
            },
            Ok(Object::Array(items)) => self.states(items),
            _ => Vec::new(),
        };
        if members.is_empty() {
            return true;
        }
        match get_name(objects, membership, b"P") {
            Some(b"AllOn") => members.iter().all(|on| *on),
            Some(b"AnyOff") => members.iter().any(|on| !on),
            Some(b"AllOff") => members.iter().all(|on| !on),
            _ => members.iter().any(|on| *on),
        }
    }

    fn states(&self, items: &[Object]) -> Vec<bool> {
        let ids = items.iter().take(MOST_MEMBERS).filter_map(|item| item.as_reference().ok());
        ids.map(|id| !self.off.contains(&id)).collect()
    }

    /// A visibility expression (ISO 32000-2, 8.11.2.2).
    fn evaluate(&self, objects: &Document, expression: &Object, depth: usize) -> bool {
        if let Object::Reference(id) = expression
            && self.off.contains(id)
        {
            return false;
        }
        let Some(items) = resolve(objects, expression).and_then(array) else { return true };
        if depth > DEEPEST {
            return true;
        }
        let mut rest = items.iter().skip(1).take(MOST_MEMBERS);
        match items.first().and_then(name) {
            Some(b"Not") => !rest.next().is_none_or(|item| self.evaluate(objects, item, depth + 1)),
            Some(b"Or") => rest.any(|item| self.evaluate(objects, item, depth + 1)),
            _ => rest.all(|item| self.evaluate(objects, item, depth + 1)),
        }
    }
}
