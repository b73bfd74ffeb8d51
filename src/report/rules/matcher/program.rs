//! A parsed pattern as steps, and the search with them: where a choice turns out wrong, the next one is tried. The
//! order of the choices is that of the regex engine, so both find the same match.

use super::parse::{Node, Prefer, Times};
use super::set::Set;
use std::cell::Cell;
use std::sync::Arc;

/// Longest program: repetition is written out.
const LONGEST: usize = 4096;

/// One step.
#[derive(Debug, Clone)]
enum Step {
    /// Takes this text.
    Text(String),
    /// Takes a character of a set.
    Set(usize),
    /// Goes on at the first; where that fails, at the second.
    Either(usize, usize),
    Jump(usize),
    /// Keeps the place as one end of a group.
    Keep(usize),
    Start,
    End,
    Done,
}

/// The steps of a pattern.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    steps: Vec<Step>,
    sets: Vec<Arc<Set>>,
}

/// The ends of the groups, two for each, in order of the groups.
pub(super) type Ends = Vec<Option<usize>>;

/// The search took too many steps: a pattern with too many ways to match this text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report::rules) struct TooLong;

impl Program {
    /// The steps of `node`; `None` where they would be too many.
    pub(super) fn new(node: &Node) -> Option<Self> {
        let mut program = Self::default();
        program.node(node)?;
        program.steps.push(Step::Done);
        Some(program)
    }

    fn push(&mut self, step: Step) -> Option<usize> {
        self.steps.push(step);
        (self.steps.len() < LONGEST).then_some(self.steps.len() - 1)
    }

    fn node(&mut self, node: &Node) -> Option<()> {
        match node {
            Node::Char(c) => drop(self.push(Step::Text(c.to_string()))?),
            Node::Set(set) => {
                self.push(Step::Set(self.sets.len()))?;
                self.sets.push(Arc::clone(set));
            }
            Node::Start => drop(self.push(Step::Start)?),
            Node::End => drop(self.push(Step::End)?),
            Node::Group(number, node) => {
                self.push(Step::Keep(2 * number))?;
                self.node(node)?;
                self.push(Step::Keep(2 * number + 1))?;
            }
            Node::Sequence(nodes) => self.sequence(nodes)?,
            Node::Choice(nodes) => self.choice(nodes)?,
            Node::Repeat(node, times) => self.repeat(node, *times)?,
        }
        Some(())
    }

    /// Characters that follow each other are one step.
    fn sequence(&mut self, nodes: &[Node]) -> Option<()> {
        let mut text = String::new();
        for node in nodes {
            if let Node::Char(c) = node {
                text.push(*c);
                continue;
            }
            if !text.is_empty() {
                self.push(Step::Text(std::mem::take(&mut text)))?;
            }
            self.node(node)?;
        }
        if !text.is_empty() {
            self.push(Step::Text(text))?;
        }
        Some(())
    }

    fn choice(&mut self, nodes: &[Node]) -> Option<()> {
        let mut ends = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let fork = if index + 1 < nodes.len() { Some(self.push(Step::Jump(0))?) } else { None };
            self.node(node)?;
            if let Some(fork) = fork {
                ends.push(self.push(Step::Jump(0))?);
                self.set(fork, Step::Either(fork + 1, self.steps.len()));
            }
        }
        for end in ends {
            self.set(end, Step::Jump(self.steps.len()));
        }
        Some(())
    }

    fn repeat(&mut self, node: &Node, times: Times) -> Option<()> {
        for _ in 0..times.least {
            self.node(node)?;
        }
        let mut forks = Vec::new();
        match times.most {
            None => {
                let fork = self.push(Step::Jump(0))?;
                self.node(node)?;
                self.push(Step::Jump(fork))?;
                forks.push(fork);
            }
            Some(most) => {
                for _ in times.least..most {
                    forks.push(self.push(Step::Jump(0))?);
                    self.node(node)?;
                }
            }
        }
        let after = self.steps.len();
        for fork in forks {
            let step = match times.prefer {
                Prefer::More => Step::Either(fork + 1, after),
                Prefer::Fewer => Step::Either(after, fork + 1),
            };
            self.set(fork, step);
        }
        Some(())
    }

    fn set(&mut self, at: usize, step: Step) {
        if let Some(place) = self.steps.get_mut(at) {
            *place = step;
        }
    }
}

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
        while let Some(now) = program.steps.get(step) {
            self.budget = self.budget.checked_sub(1).ok_or(TooLong)?;
            // How much of the text the step takes, if it can be taken.
            let taken = match now {
                Step::Done => return Ok(Some(at)),
                Step::Text(wanted) => self.text.as_bytes()[at..].starts_with(wanted.as_bytes()).then_some(wanted.len()),
                Step::Set(set) => self.take(at, &program.sets[*set]),
                Step::Either(first, second) => {
                    self.memory.back.push(Back::Try(*second, at));
                    step = *first;
                    continue;
                }
                Step::Jump(to) => {
                    step = *to;
                    continue;
                }
                Step::Keep(end) => {
                    self.keep(*end, at);
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

    /// The length of the next character, if the set holds it.
    fn take(&self, at: usize, set: &Set) -> Option<usize> {
        self.text[at..].chars().next().filter(|c| set.holds(*c)).map(char::len_utf8)
    }

    fn keep(&mut self, end: usize, at: usize) {
        if let Some(kept) = self.memory.ends.get_mut(end) {
            self.memory.back.push(Back::Restore(end, *kept));
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
