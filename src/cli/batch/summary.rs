//! The account of a run: every input is done, skipped or failed, and counted once.

use super::super::{Outcome, complain};
use super::Fate;
use crate::cli::console::Console;
use std::io::Write;

/// What became of the inputs so far.
#[derive(Default)]
pub(super) struct Summary {
    done: usize,
    skipped: usize,
    failed: Vec<(String, String)>,
}

impl Summary {
    /// Counts an input, and says what became of it where that is wanted.
    pub(super) fn count(&mut self, label: String, fate: Fate, console: Console) {
        match fate {
            Fate::Done(note) => {
                self.done += 1;
                console.remark(&label, &format_args!("done: {note}"));
            }
            Fate::Skipped(why) => {
                self.skipped += 1;
                console.remark(&label, &format_args!("skipped: {why}"));
            }
            Fate::Failed(why) => {
                complain(&label, &why);
                self.failed.push((label, why));
            }
        }
    }

    /// How many inputs failed.
    pub(super) fn failed(&self) -> usize {
        self.failed.len()
    }

    /// Writes the account; `of` names the inputs where they are part of more.
    pub(super) fn write(&self, of: &str, out: &mut dyn Write) -> std::io::Result<()> {
        let total = self.done + self.skipped + self.failed.len();
        let inputs = if total == 1 { "input" } else { "inputs" };
        let (done, skipped, failed) = (self.done, self.skipped, self.failed.len());
        writeln!(out, "{total} {inputs}{of}: {done} done, {skipped} skipped, {failed} failed")?;
        self.failed.iter().try_for_each(|(label, why)| writeln!(out, "  failed: {label}: {why}"))
    }

    /// How the run ends.
    pub(super) fn outcome(&self) -> Outcome {
        if self.failed.is_empty() { Outcome::Done } else { Outcome::Failed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_is_counted_once() {
        let mut summary = Summary::default();
        for (label, fate) in [
            ("a", Fate::Done(String::new())),
            ("b", Fate::Failed("is bad".to_owned())),
            ("c", Fate::Skipped("is known".to_owned())),
        ] {
            summary.count(label.to_owned(), fate, Console::Quiet);
        }
        let mut out = Vec::new();
        summary.write(" of part 1/2", &mut out).unwrap();
        let expected = "3 inputs of part 1/2: 1 done, 1 skipped, 1 failed\n  failed: b: is bad\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        assert_eq!(summary.outcome(), Outcome::Failed);
    }
}
