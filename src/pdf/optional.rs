//! Which optional content the document's default configuration switches off (ISO 32000-2, 8.11).

use super::object::{array, dictionary, get, get_array, get_dict, get_name, get_number, name, resolve};
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
        for application in get_array(objects, default, b"AS").unwrap_or_default() {
            let Some(application) = resolve(objects, application).and_then(dictionary) else { continue };
            if get_name(objects, application, b"Event") == Some(b"View") {
                apply_usage(objects, application, &groups(application, b"OCGs"), &mut off);
            }
        }
        off.retain(|group| !is_for_design_only(objects, *group));
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

/// Sets groups as their usage says for looking at the page (ISO 32000-2, 8.11.4.4): off where one of the categories
/// says off, else on where one says on.
fn apply_usage(objects: &Document, application: &Dictionary, groups: &[ObjectId], off: &mut BTreeSet<ObjectId>) {
    let categories: Vec<&[u8]> =
        get_array(objects, application, b"Category").unwrap_or_default().iter().filter_map(name).collect();
    for group in groups {
        let usage = objects.get_dictionary(*group).ok().and_then(|group| get_dict(objects, group, b"Usage"));
        let Some(usage) = usage else { continue };
        let states: Vec<bool> =
            categories.iter().filter_map(|category| state_in_category(objects, usage, category)).collect();
        if states.contains(&false) {
            off.insert(*group);
        } else if !states.is_empty() {
            off.remove(group);
        }
    }
}

/// What the usage dictionary says in one category; magnification is taken as 1, languages and users say nothing.
fn state_in_category(objects: &Document, usage: &Dictionary, category: &[u8]) -> Option<bool> {
    let says = get_dict(objects, usage, category)?;
    let key: &[u8] = match category {
        b"View" => b"ViewState",
        b"Print" => b"PrintState",
        b"Export" => b"ExportState",
        b"Zoom" => {
            let bound = |key: &[u8]| get_number(objects, says, key);
            return Some(bound(b"min").unwrap_or(0.0) <= 1.0 && bound(b"max").is_none_or(|most| 1.0 < most));
        }
        _ => return None,
    };
    get_name(objects, says, key).map(|state| state != b"OFF")
}

/// Whether the group has an intent and none that concerns looking at the page (8.11.2.3): its state then says nothing.
fn is_for_design_only(objects: &Document, group: ObjectId) -> bool {
    let intent = objects.get_dictionary(group).ok().and_then(|group| get(objects, group, b"Intent"));
    let looks = |intent: &Object| matches!(name(intent), Some(b"View" | b"All"));
    match intent {
        Some(Object::Array(intents)) => !intents.is_empty() && !intents.iter().any(looks),
        Some(intent) => name(intent).is_some() && !looks(intent),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::text;
    use super::super::{Options, Pdf};

    /// What shows of `A` under the membership or group `shown`, `B` outside of it, with two groups 10 and 11.
    #[track_caller]
    fn case(default: &str, groups: [&str; 2], shown: &str, expected: &str) {
        let file = format!(
            "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R 11 0 R]/D<<{default}>>>>>>endobj \
             2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]\
             /Contents 4 0 R/Resources<</Properties<</P {shown}>>>>>>endobj 4 0 obj<<>>stream\n\
             BT /OC /P BDC (A) Tj EMC (B) Tj ET\nendstream endobj 10 0 obj<</Type/OCG/Name(a){}>>endobj \
             11 0 obj<</Type/OCG/Name(b){}>>endobj trailer<</Root 1 0 R>>",
            groups[0], groups[1]
        );
        let page = Pdf::open(file.as_bytes(), &Options::default()).unwrap().page(1);
        assert_eq!(text(&page), expected, "{default} {groups:?} {shown}");
    }

    const PLAIN: [&str; 2] = ["", ""];
    const FIRST_OFF: &str = "/OFF[10 0 R]";

    #[test]
    fn groups_are_on_unless_the_configuration_says_off() {
        case("", PLAIN, "10 0 R", "AB");
        case(FIRST_OFF, PLAIN, "10 0 R", "B");
        case(FIRST_OFF, PLAIN, "11 0 R", "AB");
        case("/BaseState/OFF", PLAIN, "10 0 R", "B");
        case("/BaseState/OFF/ON[10 0 R]", PLAIN, "10 0 R", "AB");
    }

    #[test]
    fn a_membership_asks_all_or_any_of_its_groups() {
        let of = |policy: &str| format!("<</Type/OCMD/OCGs[10 0 R 11 0 R]{policy}>>");
        case(FIRST_OFF, PLAIN, &of(""), "AB");
        case(FIRST_OFF, PLAIN, &of("/P/AnyOn"), "AB");
        case(FIRST_OFF, PLAIN, &of("/P/AllOn"), "B");
        case(FIRST_OFF, PLAIN, &of("/P/AnyOff"), "AB");
        case(FIRST_OFF, PLAIN, &of("/P/AllOff"), "B");
        case(FIRST_OFF, PLAIN, "<</Type/OCMD/OCGs 10 0 R>>", "B");
        case(FIRST_OFF, PLAIN, "<</Type/OCMD>>", "AB");
    }

    #[test]
    fn a_visibility_expression_goes_before_the_policy() {
        let of = |expression: &str| format!("<</Type/OCMD/OCGs 10 0 R/VE{expression}>>");
        case(FIRST_OFF, PLAIN, &of("[/Not 10 0 R]"), "AB");
        case(FIRST_OFF, PLAIN, &of("[/Or 10 0 R 11 0 R]"), "AB");
        case(FIRST_OFF, PLAIN, &of("[/And 10 0 R 11 0 R]"), "B");
        case(FIRST_OFF, PLAIN, &of("[/And[/Not 10 0 R][/Or 11 0 R]]"), "AB");
    }

    #[test]
    fn usage_counts_where_the_configuration_applies_it_on_viewing() {
        let view = ["/Usage<</View<</ViewState/OFF>>>>", ""];
        case("/AS[<</Event/View/Category[/View]/OCGs[10 0 R]>>]", view, "10 0 R", "B");
        case("/AS[<</Event/Print/Category[/View]/OCGs[10 0 R]>>]", view, "10 0 R", "AB");
        case("/AS[<</Event/View/Category[/Print]/OCGs[10 0 R]>>]", view, "10 0 R", "AB");
        case("", view, "10 0 R", "AB");
        let on = ["/Usage<</View<</ViewState/ON>>>>", ""];
        case("/OFF[10 0 R]/AS[<</Event/View/Category[/View]/OCGs[10 0 R]>>]", on, "10 0 R", "AB");
        let near = ["/Usage<</Zoom<</min 4>>>>", ""];
        case("/AS[<</Event/View/Category[/Zoom]/OCGs[10 0 R]>>]", near, "10 0 R", "B");
    }

    #[test]
    fn a_group_that_concerns_design_only_hides_nothing() {
        case(FIRST_OFF, ["/Intent/Design", ""], "10 0 R", "AB");
        case(FIRST_OFF, ["/Intent[/Design/View]", ""], "10 0 R", "B");
    }
}
