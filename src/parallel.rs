//! Takes what is to be made of each page, gives it in the order of the pages; several threads share the pages where a
//! document is long enough to gain by it.

use crate::Threads;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// Pages that are worth a thread. It costs as much as two or three of them, its own memory and a copy of the fonts
/// included, and may wait for a processor: on two cores nine pages took a tenth more CPU time with a second thread, and
/// no less time on the clock.
const PAGES_PER_THREAD: u32 = 8;
/// Pages that are read at one go: enough to keep processors busy, few enough to hold all that stands on them.
const PAGES_AT_ONCE: u32 = 32;
/// Stack of a thread in bytes: that of a main thread, so that a page reads the same on both.
const STACK: usize = 8 << 20;

/// What `read` makes of each page, in their order. A second thread does `prepare` before it reads. If several documents are
/// read beside each other, each keeps to the thread that it was given.
pub(crate) fn pages<T: Send>(
    count: u32,
    threads: Threads,
    prepare: impl Fn() + Sync,
    read: impl Fn(u32) -> T + Sync,
) -> impl Iterator<Item = T> {
    let alone = threads == Threads::Many && rayon::current_thread_index().is_none();
    let most = if alone && count >= 2 * PAGES_PER_THREAD { processors() } else { 1 };
    let at_once = if most > 1 { PAGES_AT_ONCE } else { 1 };
    (0..count.div_ceil(at_once)).flat_map(move |turn| {
        let first = turn * at_once + 1;
        let last = count.min(first.saturating_add(at_once - 1));
        shared(first..=last, most.min((last - first + 1) / PAGES_PER_THREAD), &prepare, &read)
    })
}

fn processors() -> u32 {
    thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(1))
}

/// Reads these pages on this thread and, for more than one, on others beside it: each takes the next page as soon as it
/// is done with one. Where the system grants no thread, this one reads all.
fn shared<T: Send>(
    numbers: RangeInclusive<u32>,
    threads: u32,
    prepare: &(impl Fn() + Sync),
    read: &(impl Fn(u32) -> T + Sync),
) -> Vec<T> {
    if threads <= 1 {
        return numbers.map(read).collect();
    }
    let (next, last) = (AtomicU32::new(*numbers.start()), *numbers.end());
    let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number <= last);
    let work = || std::iter::from_fn(take).map(|number| (number, read(number))).collect::<Vec<_>>();
    let beside = || {
        prepare();
        work()
    };
    let mut all = thread::scope(|scope| {
        let new = || thread::Builder::new().stack_size(STACK);
        let others: Vec<_> = (1..threads).filter_map(|_| new().spawn_scoped(scope, beside).ok()).collect();
        let mut all = work();
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    all.sort_unstable_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::{PAGES_PER_THREAD, Threads, pages, processors};
    use std::collections::HashSet;
    use std::thread;
    use std::time::Duration;

    /// How many threads read so many pages.
    #[track_caller]
    fn case(count: u32, threads: Threads) -> usize {
        let read = |number| {
            thread::sleep(Duration::from_millis(2));
            (number, thread::current().id())
        };
        let (numbers, by): (Vec<u32>, HashSet<_>) = pages(count, threads, || (), read).unzip();
        assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
        by.len()
    }

    #[test]
    fn one_thread_is_one_thread_in_long_documents_too() {
        assert_eq!(case(100, Threads::One), 1);
        assert_eq!(case(2 * PAGES_PER_THREAD - 1, Threads::Many), 1);
        assert_eq!(case(100, Threads::Many) > 1, processors() > 1);
    }

    #[test]
    fn documents_read_beside_each_other_keep_to_their_threads() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        assert_eq!(pool.install(|| case(100, Threads::Many)), 1);
    }

    #[test]
    #[should_panic(expected = "page 40")]
    fn a_panic_on_another_thread_is_one_on_this() {
        pages(100, Threads::Many, || (), |number| assert_ne!(number, 40, "page 40")).for_each(drop);
    }
}
