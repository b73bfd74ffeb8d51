//! What was read once need not be read again: tables of a report repeat their headings on every page, and editions
//! repeat them from year to year.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::Mutex;

/// Texts that are kept. Beyond that the memory starts anew: a long report must not fill it.
const MOST: usize = 4096;

/// Longest text that is kept, in bytes: those that several readers ask about in turn are no longer.
const LONGEST: usize = 384;

/// What short texts were read as.
#[derive(Debug, Default)]
pub(in crate::report) struct Memo<T> {
    known: Mutex<HashMap<Box<str>, T, RandomState>>,
}

/// A copy begins without memory.
impl<T: Default> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Self { known: Mutex::default() }
    }
}

impl<T> Memo<T> {
    /// Takes over what another memory knows, where this one knows nothing yet and nobody is asking either just now.
    pub(in crate::report) fn adopt(&self, other: &Self)
    where
        T: Clone,
    {
        if let (Ok(mut own), Ok(known)) = (self.known.try_lock(), other.known.try_lock())
            && own.is_empty()
        {
            own.clone_from(&known);
        }
    }

    /// What `text` reads as.
    pub(in crate::report) fn get(&self, text: &str, read: impl FnOnce() -> T) -> T
    where
        T: Clone,
    {
        self.with(text, read, T::clone)
    }

    /// What `take` makes of what `text` reads as. Where another thread is asking just now, it is not waited for.
    pub(in crate::report) fn with<R>(&self, text: &str, read: impl FnOnce() -> T, take: impl FnOnce(&T) -> R) -> R {
        if text.len() > LONGEST {
            return take(&read());
        }
        if let Ok(known) = self.known.try_lock()
            && let Some(value) = known.get(text)
        {
            return take(value);
        }
        let value = read();
        let taken = take(&value);
        if let Ok(mut known) = self.known.try_lock() {
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(text.into(), value);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Memo};
    use std::cell::Cell;

    #[test]
    fn short_texts_are_read_once_and_long_ones_each_time() {
        let memo = Memo::default();
        let count = Cell::new(0);
        let length = |text: &str| {
            memo.get(text, || {
                count.set(count.get() + 1);
                text.len()
            })
        };
        assert_eq!((length("評価"), length("評価"), count.get()), (6, 6, 1));
        let long = "a".repeat(LONGEST + 1);
        assert_eq!((length(&long), length(&long), count.get()), (LONGEST + 1, LONGEST + 1, 3));
    }

    #[test]
    fn only_an_empty_memory_takes_another_over() {
        let [first, second, third] = [1, 2, 3].map(|number| {
            let memo = Memo::default();
            if number < 3 {
                memo.get("評価", || number);
            }
            memo
        });
        second.adopt(&first);
        third.adopt(&second);
        third.adopt(&third);
        assert_eq!([&first, &second, &third].map(|memo| memo.get("評価", || 0)), [1, 2, 2]);
    }
}
