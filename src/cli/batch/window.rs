//! Work on many items in parallel, its results in the order of the items, with few of them in memory at a time.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

/// Items for each thread that may be begun before the first of them is handed over: enough that a long item does not
/// make the other threads wait, few enough that their results are small beside a document that is being read.
const AHEAD: usize = 4;
/// Stack of a thread in bytes: that of a main thread, so that a document reads the same on both.
const STACK: usize = 8 << 20;

/// What became of the work on one item.
pub(super) type Worked<T> = Result<T, Panicked>;

/// Work that ended in a bug of the program; its text.
#[derive(Debug)]
pub(super) struct Panicked(String);

impl std::fmt::Display for Panicked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the program failed on this file ({}): please report it", self.0)
    }
}

impl From<Box<dyn Any + Send>> for Panicked {
    fn from(payload: Box<dyn Any + Send>) -> Self {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        Self(text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned()))
    }
}

/// Does `work` on every item, on `jobs` threads if there is more than one item, and gives what it made to `sink` on
/// this thread, in the order of the items, until `sink` breaks off. Work that panics ends its own item only.
pub(super) fn in_order<I: Send, T: Send>(
    items: Vec<I>,
    jobs: usize,
    work: impl Fn(I) -> T + Sync,
    mut sink: impl FnMut(Worked<T>) -> ControlFlow<()>,
) {
    let guarded = |item| catch_unwind(AssertUnwindSafe(|| work(item))).map_err(Panicked::from);
    let jobs = jobs.min(items.len());
    let pool = (jobs > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build());
    match pool {
        Some(Ok(pool)) => pool.in_place_scope(|scope| spread(scope, items, jobs * AHEAD, &guarded, &mut sink)),
        // Without threads, for one job or because the system grants none, the items come one after the other.
        _ => {
            let _ = items.into_iter().try_for_each(|item| sink(guarded(item)));
        }
    }
}

fn spread<'s, I: Send + 's, T: Send + 's>(
    scope: &rayon::Scope<'s>,
    items: Vec<I>,
    window: usize,
    work: &'s (impl Fn(I) -> Worked<T> + Sync),
    sink: &mut impl FnMut(Worked<T>) -> ControlFlow<()>,
) {
    let (sender, receiver) = mpsc::channel();
    let stopped = std::sync::Arc::new(AtomicBool::new(false));
    let mut items = items.into_iter();
    let mut waiting = BTreeMap::new();
    let (mut begun, mut handed_over) = (0, 0);
    loop {
        while begun - handed_over < window
            && let Some(item) = items.next()
        {
            let (sender, stopped, index) = (sender.clone(), stopped.clone(), begun);
            begun += 1;
            scope.spawn(move |_| {
                if !stopped.load(Ordering::Relaxed) {
                    // The receiver is gone only where nobody wants the result any more.
                    let _ = sender.send((index, work(item)));
                }
            });
        }
        if handed_over == begun {
            return;
        }
        let Ok((index, result)) = receiver.recv() else { return };
        waiting.insert(index, result);
        while let Some(result) = waiting.remove(&handed_over) {
            handed_over += 1;
            if sink(result).is_break() {
                stopped.store(true, Ordering::Relaxed);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    #[track_caller]
    fn case(jobs: usize) {
        let mut results = Vec::new();
        let work = |n: u64| {
            std::thread::sleep(Duration::from_millis(n % 3));
            n * n
        };
        in_order((0..50).collect(), jobs, work, |result| {
            results.push(result.unwrap());
            ControlFlow::Continue(())
        });
        assert_eq!(results, (0..50).map(|n| n * n).collect::<Vec<_>>());
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        case(1);
        case(2);
        case(7);
    }

    #[test]
    fn a_slow_item_holds_up_no_more_than_the_window() {
        let begun = AtomicUsize::new(0);
        let mut most = 0;
        let work = |n: usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            if n == 0 {
                std::thread::sleep(Duration::from_millis(50));
            }
            n
        };
        in_order((0..200).collect(), 2, work, |result| {
            most = most.max(begun.load(Ordering::SeqCst) - result.unwrap());
            ControlFlow::Continue(())
        });
        assert!(most <= 2 * AHEAD, "{most} items begun before the first was handed over");
    }

    #[test]
    fn a_panic_ends_one_item_only() {
        for jobs in [1, 3] {
            let mut failed = Vec::new();
            let work = |n: usize| if n == 2 { std::panic::panic_any("two".to_owned()) } else { n };
            in_order((0..5).collect(), jobs, work, |result| {
                failed.extend(result.err().map(|panicked| panicked.0));
                ControlFlow::Continue(())
            });
            assert_eq!(failed, ["two"]);
        }
    }

    #[test]
    fn a_sink_that_breaks_off_ends_the_run() {
        for jobs in [1, 2] {
            let mut seen = 0;
            in_order(
                (0..1000).collect::<Vec<_>>(),
                jobs,
                |n| n,
                |_| {
                    seen += 1;
                    if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            );
            assert_eq!(seen, 3);
        }
    }
}
