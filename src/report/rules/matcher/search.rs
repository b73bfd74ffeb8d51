//! The search with the steps of a pattern: where a choice turns out wrong, the next one is tried. The order of the
//! choices is that of the regex engine, so both find the same match.

use super::program::{Program, Step};
use super::set::Set;
use std::cell::Cell;

/// The ends of the groups, two for each, in order of the groups.
pub(super) type Ends = Vec<Option<usize>>;

/// The search took too many steps: a pattern with too many ways to match this text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report::rules) struct TooLong;

/// What to do when a choice fails.
enum Back {
    /// Go on with this step at this place.
    Try(usize, usize),
    /// The end of a group was this before.
    Restore(usize, Option<usize>),
}

/// What a search remembers.
#[derive(Default)]
struct Memory {
    /// Choices, the last one on top.
    back: Vec<Back>,
    /// Empty where the groups are not wanted.
    ends: Ends,
}

thread_local! {
    /// The memory that one search hands on to the next.
    static MEMORY: Cell<Memory> = const { Cell::new(Memory { back: Vec::new(), ends: Vec::new() }) };
}

impl Drop for Search<'_, '_> {
    fn drop(&mut self) {
        MEMORY.set(std::mem::take(&mut self.memory));
    }
}

/// A search in one text; its memory serves for every place where a match may begin.
pub(super) struct Search<'p, 't> {
    program: &'p Program,
    text: &'t str,
    memory: Memory,
    /// Steps that are left.
    budget: usize,
}

impl<'p, 't> Search<'p, 't> {
    pub(super) fn new(program: &'p Program, text: &'t str, groups: usize, budget: usize) -> Self {
        let mut memory = MEMORY.take();
        memory.ends.clear();
        memory.ends.resize(2 * groups, None);
        Self { program, text, memory, budget }
    }

    /// The ends of the groups of the match that was found last; those of the whole match are left to the caller.
    pub(super) fn ends(&self) -> &[Option<usize>] {
        &self.memory.ends
    }

    /// The end of the match that begins at `start`.
    pub(super) fn at(&mut self, start: usize) -> Result<Option<usize>, TooLong> {
        let (mut step, mut at) = (0, start);
        self.memory.back.clear();
        self.memory.ends.fill(None);
        let program = self.program;
        while let Some(now) = program.steps().get(step) {
            self.budget = self.budget.checked_sub(1).ok_or(TooLong)?;
            // How much of the text the step takes, if it can be taken.
            let taken = match *now {
                Step::Done => return Ok(Some(at)),
                Step::Text(start, length) => self.take_text(at, program.text(start, length)),
                Step::Set(set) => program.set(set).and_then(|set| self.take(at, set)),
                Step::Either(first, second) => {
                    (step, at) = self.either(from(step, first), from(step, second), at);
                    continue;
                }
                Step::Jump(to) => {
                    step = from(step, to);
                    continue;
                }
                Step::Keep(end) => {
                    self.keep(usize::from(end), at);
                    Some(0)
                }
                Step::Start => (at == 0).then_some(0),
                Step::End => (at == self.text.len()).then_some(0),
            };
            match taken.map(|taken| (step + 1, at + taken)).or_else(|| self.retreat()) {
                Some(next) => (step, at) = next,
                None => break,
            }
        }
        Ok(None)
    }

    /// Where to go on when `second` is to be tried after `first`, which most often fails with its first step.
    #[inline]
    fn either(&mut self, first: usize, second: usize, at: usize) -> (usize, usize) {
        let taken = match self.program.steps().get(first) {
            Some(Step::Text(start, length)) => self.take_text(at, self.program.text(*start, *length)),
            Some(Step::Set(set)) => self.program.set(*set).and_then(|set| self.take(at, set)),
            _ => {
                self.memory.back.push(Back::Try(second, at));
                return (first, at);
            }
        };
        let Some(taken) = taken else { return (second, at) };
        self.memory.back.push(Back::Try(second, at));
        (first + 1, at + taken)
    }

    /// The length of `wanted`, if it comes next. The last byte of its first characters tells most.
    #[inline]
    fn take_text(&self, at: usize, wanted: &[u8]) -> Option<usize> {
        let next = self.text.as_bytes().get(at..at + wanted.len())?;
        (next.last() == wanted.last() && next == wanted).then_some(wanted.len())
    }

    /// The length of the next character, if the set holds it.
    #[inline]
    fn take(&self, at: usize, set: &Set) -> Option<usize> {
        self.text.get(at..)?.chars().next().filter(|c| set.holds(*c)).map(char::len_utf8)
    }

    fn keep(&mut self, end: usize, at: usize) {
        if let Some(kept) = self.memory.ends.get_mut(end) {
            // Where no choice is left nothing is tried again.
            if !self.memory.back.is_empty() {
                self.memory.back.push(Back::Restore(end, *kept));
            }
            *kept = Some(at);
        }
    }

    /// The last choice that was not tried yet.
    fn retreat(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.memory.back.pop()? {
                Back::Try(step, at) => return Some((step, at)),
                Back::Restore(end, before) => {
                    if let Some(kept) = self.memory.ends.get_mut(end) {
                        *kept = before;
                    }
                }
            }
        }
    }
}

fn from(step: usize, distance: i16) -> usize {
    step.wrapping_add_signed(isize::from(distance))
}
