//! Keeps what names in the resources of a page stand for. Content streams select a font or a state before nearly every
//! string and line, and going through the dictionaries each time would cost more than showing it.

use super::interpreter::Resources;
use lopdf::Dictionary;

/// Names of one category that were looked up, the resources in which they stand, and what they stand for.
#[derive(Debug)]
pub(super) struct Named<'d, T> {
    known: Vec<(&'d Dictionary, Box<[u8]>, T)>,
}

/// More names are looked up each time: going through a longer list would take longer.
const MOST_NAMES: usize = 32;

impl<T> Default for Named<'_, T> {
    fn default() -> Self {
        Self { known: Vec::new() }
    }
}

impl<'d, T: Copy> Named<'d, T> {
    /// What that name stands for, as written in the content stream.
    #[inline]
    pub(super) fn find(&self, resources: Resources<'d>, raw: &[u8]) -> Option<T> {
        let resources = resources?;
        let same = |of: &Dictionary, name: &[u8]| {
            // The last letter tells nearly all names apart.
            name.last() == raw.last() && std::ptr::eq(of, resources) && name == raw
        };
        self.known.iter().find(|(of, name, _)| same(of, name)).map(|(_, _, found)| *found)
    }

    /// Remembers what a name stands for.
    pub(super) fn keep(&mut self, resources: Resources<'d>, raw: &[u8], found: T) {
        if let Some(resources) = resources.filter(|_| self.known.len() < MOST_NAMES) {
            self.known.push((resources, raw.into(), found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_NAMES, Named};
    use lopdf::Dictionary;

    #[test]
    fn a_name_means_another_font_in_other_resources() {
        let (page, form) = (Dictionary::new(), Dictionary::new());
        let mut fonts = Named::default();
        fonts.keep(Some(&page), b"F1", 0);
        fonts.keep(Some(&form), b"F1", 1);
        fonts.keep(None, b"F2", 2);
        assert_eq!((fonts.find(Some(&page), b"F1"), fonts.find(Some(&form), b"F1")), (Some(0), Some(1)));
        assert_eq!((fonts.find(Some(&page), b"F2"), fonts.find(None, b"F2")), (None, None));
    }

    #[test]
    fn the_list_stays_short() {
        let page = Dictionary::new();
        let mut fonts = Named::default();
        (0..100_u8).for_each(|name| fonts.keep(Some(&page), &[name], usize::from(name)));
        assert_eq!(fonts.known.len(), MOST_NAMES);
    }
}
