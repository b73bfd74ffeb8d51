//! Keeps which font of a page each name of its resources stands for. Content streams select a font before nearly every
//! string, and going through the dictionaries each time would cost more than showing it.

use super::interpreter::Resources;
use lopdf::Dictionary;

/// Names that were looked up, the resources in which they stand, and the index of the font on the page.
#[derive(Debug, Default)]
pub(super) struct NamedFonts<'d> {
    known: Vec<(&'d Dictionary, Box<[u8]>, usize)>,
}

/// More names are looked up each time: going through a longer list would take longer.
const MOST_NAMES: usize = 32;

impl<'d> NamedFonts<'d> {
    /// The font of that name, as written in the content stream.
    pub(super) fn find(&self, resources: Resources<'d>, raw: &[u8]) -> Option<usize> {
        let resources = resources?;
        let same = |(of, name, _): &&(&Dictionary, Box<[u8]>, usize)| {
            // The last letter tells nearly all names apart.
            name.last() == raw.last() && std::ptr::eq(*of, resources) && **name == *raw
        };
        self.known.iter().find(same).map(|(_, _, index)| *index)
    }

    /// Remembers what a name stands for.
    pub(super) fn keep(&mut self, resources: Resources<'d>, raw: &[u8], index: usize) {
        if let Some(resources) = resources.filter(|_| self.known.len() < MOST_NAMES) {
            self.known.push((resources, raw.into(), index));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_NAMES, NamedFonts};
    use lopdf::Dictionary;

    #[test]
    fn a_name_means_another_font_in_other_resources() {
        let (page, form) = (Dictionary::new(), Dictionary::new());
        let mut fonts = NamedFonts::default();
        fonts.keep(Some(&page), b"F1", 0);
        fonts.keep(Some(&form), b"F1", 1);
        fonts.keep(None, b"F2", 2);
        assert_eq!((fonts.find(Some(&page), b"F1"), fonts.find(Some(&form), b"F1")), (Some(0), Some(1)));
        assert_eq!((fonts.find(Some(&page), b"F2"), fonts.find(None, b"F2")), (None, None));
    }

    #[test]
    fn the_list_stays_short() {
        let page = Dictionary::new();
        let mut fonts = NamedFonts::default();
        (0..100_u8).for_each(|name| fonts.keep(Some(&page), &[name], usize::from(name)));
        assert_eq!(fonts.known.len(), MOST_NAMES);
    }
}
