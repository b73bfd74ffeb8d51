//! Reads the report, has its pages drawn with a font of this machine where one is wanted, writes the page.

use super::Args;
use super::fonts::{self, Named};
use crate::cli::{Outcome, complain, files, reports};
use std::io::Write;
use torikumi::output::review as html;
use torikumi::review::{Review, review};

pub(super) fn run(args: &Args) -> Outcome {
    if let Some(output) = args.output.as_deref().filter(|output| args.file.is_same_file(output)) {
        complain(&output.display().to_string(), &"is the input itself: give another name to -o");
        return Outcome::Usage;
    }
    let named = match fonts::read(&args.font) {
        Ok(named) => named,
        Err(outcome) => return outcome,
    };
    match read(args, &named) {
        Ok(review) => {
            warn(args, &review);
            let language = reports::language(args.lang, review.audit.japanese);
            files::deliver(args.output.as_deref(), |out: &mut dyn Write| html::write(&review, language, out))
        }
        Err(error) => {
            complain(&args.file.label(), &error);
            Outcome::Failed
        }
    }
}

fn read(args: &Args, named: &[Named]) -> torikumi::Result<Review> {
    let mut options = torikumi::Options::default();
    options.pdf.password.clone_from(&args.password);
    review(&args.file.read()?, &args.file.name(), &options, &|characters| fonts::find(named, characters))
}

/// Says on standard error what the page says too.
fn warn(args: &Args, review: &Review) {
    for notice in &review.notices {
        let pages = notice.pages.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let message = format_args!("warning {} (p.{pages}): {}", notice.code, notice.message.en);
        complain(&args.file.label(), &message);
    }
}
