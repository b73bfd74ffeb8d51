//! `torikumi schema`: the JSON Schema of what `extract` writes, generated from the types.

use super::Outcome;
use super::source::Delivery;

/// Write the JSON Schema of the extracted report
///
/// The schema (draft 2020-12) is generated from the types that `extract` writes, descriptions included.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi schema > report.schema.json\n  torikumi schema -o report.schema.json")]
pub(crate) struct Args {
    #[command(flatten)]
    delivery: Delivery,
}

pub(crate) fn run(args: &Args) -> Outcome {
    args.delivery.deliver(torikumi::output::json::write_schema)
}
