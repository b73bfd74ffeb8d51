//! `torikumi audit`: what the published figures say against each other.

mod catalogue;
mod stream;

use super::batch::{Batch, Entry, Fate, Scale};
use super::console::Console;
use super::files::Input;
use super::{Outcome, complain, files, reports};
use std::ops::ControlFlow;
use stream::Stream;
use torikumi::audit::{audit, audit_with, rule};

/// Extensions of the files in folders that are read: PDF, converted text, and what 'extract' wrote.
const READS: [&str; 7] = ["pdf", "txt", "md", "markdown", "html", "htm", "json"];

/// Check the published figures, grades and texts against each other
///
/// Each finding states the printed facts that it compares and where they stand; a finding is an enquiry, not a
/// verdict. After the findings stands what was checked and clean.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  torikumi audit report.pdf\n  torikumi audit report.json --format html -o memo.html\n  \
                        torikumi audit *.pdf --fail-on warning\n  \
                        torikumi audit reports/ --recursive --format csv -o findings.csv\n  torikumi audit --explain NUM-01\n\n\
                        Exit codes: 0 done, 1 an input failed, 2 wrong usage, 3 --fail-on and a finding is that serious."
)]
pub(crate) struct Args {
    /// Reports: PDF, converted text, or JSON that 'extract' wrote, or folders of them with --recursive; - for standard
    /// input
    #[arg(value_name = "FILE")]
    inputs: Vec<Input>,
    #[command(flatten)]
    options: reports::Options,
    #[command(flatten)]
    batch: Batch,
    /// List all rules
    #[arg(long, conflicts_with_all = ["inputs", "explain"])]
    list: bool,
    /// Say what a rule compares
    #[arg(long, value_name = "RULE", conflicts_with = "inputs")]
    explain: Option<String>,
}

pub(crate) fn run(args: &Args, console: Console) -> Outcome {
    // Without a report the locale alone decides; where it says nothing, the help's language does.
    let language = args.options.language(false);
    if args.list {
        return args.options.delivery().deliver(|out| catalogue::list(language, out));
    }
    if let Some(id) = &args.explain {
        let Some(rule) = rule(id) else {
            complain(id, &"is no rule: 'torikumi audit --list' shows all");
            return Outcome::Usage;
        };
        return args.options.delivery().deliver(|out| catalogue::explain(rule, language, out));
    }
    reports(args, console).unwrap_or_else(|outcome| outcome)
}

/// Audits the reports, in parallel, and writes what was found in their order.
fn reports(args: &Args, console: Console) -> Result<Outcome, Outcome> {
    let output = args.options.delivery().output();
    let reading = torikumi::Options { threads: args.batch.threads(), ..args.options.reading()? };
    let plan = args.batch.plan(&args.inputs, &READS, output)?;
    let work = |entry: &Entry| {
        let report = reports::of(&entry.input, &reading)?;
        Ok(reading.rules.as_ref().map_or_else(|| audit(&report), |rules| audit_with(&report, rules)))
    };
    let mut stream =
        Stream::new(&args.options, if plan.scale() == Scale::One { stream::Holds::One } else { stream::Holds::Many });
    let mut ending = Outcome::Done;
    let outcome = plan.run(console, work, |_, audit| {
        let found = args.options.outcome(&audit.findings);
        let note = format!("{} findings", audit.findings.len());
        match stream.take(audit) {
            Ok(()) => {
                ending = ending.max(found);
                ControlFlow::Continue(Fate::Done(note))
            }
            // A reader that closed the pipe has what it wants.
            Err(failure) if failure.kind() == std::io::ErrorKind::BrokenPipe => ControlFlow::Break(()),
            Err(failure) => {
                ending = files::unwritable(output, &failure);
                ControlFlow::Break(())
            }
        }
    });
    if ending == Outcome::Failed {
        return Ok(ending);
    }
    Ok(outcome.max(ending).max(stream.finish()))
}
