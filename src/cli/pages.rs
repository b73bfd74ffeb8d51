//! Pages of one PDF: which of them the arguments name, and reading them in parallel.

use std::str::FromStr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use torikumi::layout::{Sheet, lay_out};
use torikumi::pdf::Pdf;

/// Fewest pages for which a second thread pays.
const PARALLEL_PAGES: usize = 4;

/// Ranges of pages, such as `3-5,8`; both ends count, and `7-` goes to the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pages(Vec<(u32, u32)>);

impl FromStr for Pages {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let range = |part: &str| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            if first.is_empty() && last.is_empty() {
                return None;
            }
            let first = if first.is_empty() { 1 } else { first.trim().parse().ok()? };
            let last = if last.is_empty() { u32::MAX } else { last.trim().parse().ok()? };
            (first >= 1 && first <= last).then_some((first, last))
        };
        let ranges: Option<Vec<_>> = argument.split(',').map(|part| range(part.trim())).collect();
        ranges.map(Self).ok_or_else(|| "give pages as 3, 3-5 or 1,4-".to_owned())
    }
}

impl Pages {
    /// The pages of a document with `count` pages that `pages` names, ascending; all of them where it names none.
    pub(crate) fn of(pages: Option<&Self>, count: u32) -> Vec<u32> {
        let named = |page: &u32| pages.is_none_or(|p| p.0.iter().any(|(first, last)| (first..=last).contains(&page)));
        (1..=count).filter(named).collect()
    }
}

/// What `read` makes of each page, in the order of `pages`.
pub(crate) fn map<T: Send>(pdf: &Pdf, pages: &[u32], read: impl Fn(Sheet) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if threads < 2 || pages.len() < PARALLEL_PAGES {
        return pages.iter().map(|page| read(lay_out(pdf.page(*page)))).collect();
    }
    let next = AtomicU32::new(0);
    let done: Mutex<Vec<(u32, T)>> = Mutex::new(Vec::with_capacity(pages.len()));
    let work = || {
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(page) = pages.get(index as usize)
        {
            let value = read(lay_out(pdf.page(*page)));
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, value));
        }
    };
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use super::Pages;

    #[track_caller]
    fn case(argument: &str, expected: &[u32]) {
        let pages: Pages = argument.parse().unwrap();
        assert_eq!(Pages::of(Some(&pages), 6), expected);
    }

    #[test]
    fn names_pages() {
        case("3-5", &[3, 4, 5]);
        case("2, 5-", &[2, 5, 6]);
        case("-2", &[1, 2]);
        case("9", &[]);
        assert_eq!(Pages::of(None, 2), [1, 2]);
        for wrong in ["", "0", "5-3", "a", "1,,2"] {
            assert!(wrong.parse::<Pages>().is_err(), "{wrong}");
        }
    }
}
