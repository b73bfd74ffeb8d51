//! Reads the report, has its pages drawn with a font of this machine where one is wanted, writes the page.

use super::Args;
use super::fonts;
use crate::cli::{Outcome, complain, reports};
use torikumi::output::review as html;
use torikumi::review::{Review, review};

pub(super) fn run(args: &Args) -> Outcome {
    if let Some(output) = args.delivery.output().filter(|output| args.file.is_same_file(output)) {
        complain(&output.display().to_string(), &"is the input itself: give another name to -o");
        return Outcome::Usage;
    }
    let named = match fonts::read(&args.font) {
        Ok(named) => named,
        Err(outcome) => return outcome,
    };
    let options = match args.reading.options() {
        Ok(options) => options,
        Err(outcome) => return outcome,
    };
    match read(args, &options, &named) {
        Ok(review) => {
            warn(args, &review);
            let language = reports::language(args.lang, review.audit.japanese);
            args.delivery.deliver(|out| html::write(&review, language, out))
        }
        Err(error) => {
            complain(&args.file.label(), &error);
            Outcome::Failed
        }
    }
}

fn read(args: &Args, options: &torikumi::Options, named: &[Vec<u8>]) -> torikumi::Result<Review> {
    review(&args.file.read()?, &args.file.name(), options, &|characters| fonts::find(named, characters))
}

/// Says on standard error what the page says too.
fn warn(args: &Args, review: &Review) {
    for notice in &review.notices {
        let pages = notice.pages.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let message = format_args!("warning {} (p.{pages}): {}", notice.code, notice.message.en);
        complain(&args.file.label(), &message);
    }
}
