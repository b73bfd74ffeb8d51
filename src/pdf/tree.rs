//! The page tree (ISO 32000-2, 7.7.3) as a list of pages, also where it loops, nests without end or is broken: then
//! the pages are gathered from all objects.

use super::object::{dictionary, get, get_array, get_dict, get_name, resolve};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// Where a page's dictionary is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PagePointer {
    /// An object of its own.
    Object(ObjectId),
    /// Written directly into the `Kids` of a node: the way down from the root by index.
    Direct(ObjectId, usize),
}

/// What walking the tree found.
#[derive(Debug, Default)]
pub(super) struct PageList {
    pub(super) pages: Vec<PagePointer>,
    /// Whether the tree held no page and all objects were searched instead.
    pub(super) gathered: bool,
    /// Kids that are missing, repeated or no dictionaries.
    pub(super) broken_kids: usize,
    /// Whether there were more pages than [`MOST_PAGES`].
    pub(super) cut: bool,
}

/// A page's dictionary.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageNode<'a> {
    pub(super) dict: &'a Dictionary,
}

/// More pages are not listed.
pub(super) const MOST_PAGES: usize = 200_000;
/// How far up inherited attributes are looked for.
const HIGHEST_ANCESTOR: usize = 64;

impl<'a> PageNode<'a> {
    /// The attribute of the page or of its nearest ancestor that has a usable one.
    pub(super) fn inherited<T>(
        &self,
        objects: &'a Document,
        key: &[u8],
        read: impl Fn(&'a Dictionary, &[u8]) -> Option<T>,
    ) -> Option<T> {
        let mut node = self.dict;
        for _ in 0..HIGHEST_ANCESTOR {
            if let Some(value) = read(node, key) {
                return Some(value);
            }
            node = get_dict(objects, node, b"Parent")?;
        }
        None
    }
}

impl PagePointer {
    pub(super) fn node<'a>(&self, objects: &'a Document) -> Option<PageNode<'a>> {
        let dict = match self {
            Self::Object(id) => objects.get_object(*id).ok().and_then(dictionary),
            Self::Direct(parent, index) => {
                let parent = objects.get_object(*parent).ok().and_then(dictionary)?;
                get_array(objects, parent, b"Kids")?.get(*index).and_then(dictionary)
            }
        };
        dict.map(|dict| PageNode { dict })
    }
}

/// All pages in order.
pub(super) fn list(objects: &Document) -> PageList {
    let mut list = PageList::default();
    if let Some(root) = root(objects) {
        walk(objects, root, &mut list);
    }
    if list.pages.is_empty() {
        list.gathered = true;
        list.pages = gather(objects);
    }
    list
}

fn root(objects: &Document) -> Option<ObjectId> {
    let catalog = get_dict(objects, &objects.trailer, b"Root")?;
    catalog.get(b"Pages").ok()?.as_reference().ok()
}

fn walk(objects: &Document, root: ObjectId, list: &mut PageList) {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![PagePointer::Object(root)];
    while let Some(pointer) = waiting.pop() {
        if list.pages.len() >= MOST_PAGES {
            list.cut = true;
            return;
        }
        let Some(node) = pointer.node(objects) else {
            list.broken_kids += 1;
            continue;
        };
        let Some(kids) = get_array(objects, node.dict, b"Kids") else {
            if get_name(objects, node.dict, b"Type") == Some(b"Pages") {
                list.broken_kids +=
                    usize::from(get(objects, node.dict, b"Count").is_some_and(|count| *count != 0.into()));
            } else {
                list.pages.push(pointer);
            }
            continue;
        };
        let PagePointer::Object(id) = pointer else {
            list.broken_kids += 1;
            continue;
        };
        if !seen.insert(id) {
            list.broken_kids += 1;
            continue;
        }
        waiting.extend(kids.iter().enumerate().rev().map(|(index, kid)| match kid {
            Object::Reference(kid) => PagePointer::Object(*kid),
            _ => PagePointer::Direct(id, index),
        }));
    }
}

/// Every object that says it is a page, in the order of object numbers.
fn gather(objects: &Document) -> Vec<PagePointer> {
    let is_page = |object: &Object| {
        resolve(objects, object).is_some_and(|object| match object {
            Object::Dictionary(dict) => get_name(objects, dict, b"Type") == Some(b"Page"),
            _ => false,
        })
    };
    objects
        .objects
        .iter()
        .filter(|(_, object)| is_page(object))
        .map(|(id, _)| PagePointer::Object(*id))
        .take(MOST_PAGES)
        .collect()
}
