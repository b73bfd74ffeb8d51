//! Reports that make one output together: read in parallel, handed over in the order of the inputs.

use super::destination::refuse_inputs;
use super::format::Open;
use super::{Account, Args};
use crate::cli::batch::{Entry, Fate, Plan};
use crate::cli::console::Console;
use crate::cli::{Outcome, complain, files};
use std::io;
use std::ops::ControlFlow;

pub(super) fn run(
    args: &Args,
    plan: Plan,
    console: Console,
    options: &torikumi::Options,
    open: Open,
) -> Result<Outcome, Outcome> {
    let output = args.output.as_deref();
    if args.resume {
        complain("--resume", &"needs one output for each report: leave --format away");
        return Err(Outcome::Usage);
    }
    if let Some(output) = output {
        refuse_inputs(output, &plan)?;
    }
    let mut gathering = open(output).map_err(|failure| files::unwritable(output, &failure))?;
    let mut ending = Outcome::Done;
    let work = |entry: &Entry| {
        let bytes = entry.input.read().map_err(|failure| failure.to_string())?;
        torikumi::extract(&bytes, &entry.input.name(), options).map_err(|failure| failure.to_string())
    };
    let mut full = false;
    let outcome = plan.run(console, work, |entry, report| {
        let account = Account::of(&report);
        ending = ending.max(account.judge(&entry.input.label(), args.strict));
        match gathering.take(&report) {
            Ok(()) => ControlFlow::Continue(Fate::Done(account.note)),
            // A reader that closed the pipe has what it wants.
            Err(failure) if failure.kind() == io::ErrorKind::BrokenPipe => ControlFlow::Break(()),
            Err(failure) => {
                ending = files::unwritable(output, &failure);
                full = true;
                ControlFlow::Break(())
            }
        }
    });
    if !full && let Err(failure) = gathering.finish() {
        ending = ending.max(files::unwritable(output, &failure));
    }
    Ok(outcome.max(ending))
}
