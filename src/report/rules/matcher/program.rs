//! The steps of a pattern, put together while it is parsed. Places are told from each step on, so that steps can be
//! moved and repeated as they are.

use super::parse::{Prefer, Times};
use super::set::Set;
use std::borrow::Cow;

/// Longest program: repetition is written out.
const LONGEST: usize = 4096;

/// One step.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Takes the text of this length that begins here in the program's texts.
    Text(u16, u16),
    /// Takes a character of a set.
    Set(u16),
    /// Goes on at the first; where that fails, at the second.
    Either(i16, i16),
    Jump(i16),
    /// Keeps the place as one end of a group.
    Keep(u16),
    Start,
    End,
    Done,
}

/// The steps of a pattern.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub(super) steps: Cow<'static, [Step]>,
    pub(super) texts: Cow<'static, str>,
    pub(super) sets: Cow<'static, [Set]>,
}

impl Program {
    /// An empty program for a pattern of so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let bytes = bytes.min(LONGEST);
        Self {
            steps: Cow::Owned(Vec::with_capacity(bytes)),
            texts: Cow::Owned(String::with_capacity(bytes)),
            sets: Cow::Owned(Vec::new()),
        }
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub(super) fn text(&self, start: u16, length: u16) -> &[u8] {
        let start = usize::from(start);
        self.texts.as_bytes().get(start..start + usize::from(length)).unwrap_or_default()
    }

    pub(super) fn set(&self, number: u16) -> Option<&Set> {
        self.sets.get(usize::from(number))
    }

    /// Where the next step will stand.
    pub(super) fn end(&self) -> usize {
        self.steps.len()
    }

    /// Adds a step; `None` where they would be too many.
    pub(super) fn push(&mut self, step: Step) -> Option<()> {
        self.steps.to_mut().push(step);
        (self.steps.len() < LONGEST).then_some(())
    }

    pub(super) fn push_char(&mut self, c: char) -> Option<()> {
        let start = u16::try_from(self.texts.len()).ok()?;
        self.texts.to_mut().push(c);
        self.push(Step::Text(start, c.len_utf8() as u16))
    }

    /// Adds a character to the last step, which takes the text that was added last.
    pub(super) fn lengthen(&mut self, c: char) -> Option<()> {
        let Some(Step::Text(_, length)) = self.steps.to_mut().last_mut() else { return None };
        *length = length.checked_add(c.len_utf8() as u16)?;
        self.texts.to_mut().push(c);
        Some(())
    }

    pub(super) fn push_set(&mut self, set: Set) -> Option<()> {
        let known = self.sets.iter().position(|known| *known == set);
        let number = known.unwrap_or_else(|| {
            self.sets.to_mut().push(set);
            self.sets.len() - 1
        });
        self.push(Step::Set(u16::try_from(number).ok()?))
    }

    /// Puts a step before the one at `at`.
    pub(super) fn insert(&mut self, at: usize, step: Step) -> Option<()> {
        self.steps.to_mut().insert(at, step);
        (self.steps.len() < LONGEST).then_some(())
    }

    /// Makes the step at `at` jump to the end.
    pub(super) fn jump_to_end(&mut self, at: usize) {
        let distance = (self.steps.len() - at) as i16;
        if let Some(place) = self.steps.to_mut().get_mut(at) {
            *place = Step::Jump(distance);
        }
    }

    /// Repeats the steps from `start` on, which stand there once.
    pub(super) fn repeat(&mut self, start: usize, times: Times) -> Option<()> {
        let length = self.steps.len() - start;
        let either = |inside, outside| match times.prefer {
            Prefer::More => Step::Either(inside, outside),
            Prefer::Fewer => Step::Either(outside, inside),
        };
        let block = start..start + length;
        for _ in 1..times.least {
            self.steps.to_mut().extend_from_within(block.clone());
            self.is_short()?;
        }
        let Some(most) = times.most else {
            let again = length as i16;
            if times.least > 0 {
                return self.push(either(-again, 1));
            }
            self.insert(start, either(1, again + 2))?;
            return self.push(Step::Jump(-again - 1));
        };
        let mut more = (most - times.least) as usize;
        if times.least == 0 {
            more -= 1;
            let after = (more + 1).checked_mul(length + 1).filter(|steps| *steps < LONGEST)?;
            self.insert(start, either(1, after as i16))?;
        }
        let block = self.steps.len() - length..self.steps.len();
        for left in (1..=more).rev() {
            let after = left.checked_mul(length + 1).filter(|steps| *steps < LONGEST)?;
            self.steps.to_mut().push(either(1, after as i16));
            self.steps.to_mut().extend_from_within(block.clone());
            self.is_short()?;
        }
        Some(())
    }

    fn is_short(&self) -> Option<()> {
        (self.steps.len() < LONGEST).then_some(())
    }
}
