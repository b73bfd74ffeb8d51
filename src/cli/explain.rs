//! `torikumi explain`: block by block, which rule took it, as what, and why not as another.

use super::files::Input;
use super::pages::Pages;
use super::reading::Reading;
use super::source::Delivery;
use super::{Outcome, complain};
use torikumi::output::explanation::Explanation;

/// Show how a report was read: block by block, which rule took it, as what, and why not as another
///
/// Each text is shown with what became of it (a value, structure, furniture, or unplaced), with the member of the
/// JSON that it became, as a jq path, and with the rules of the pack that match it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi explain report.pdf\n  torikumi explain report.pdf --page 4\n  \
                        torikumi explain report.pdf --rules my-city.toml --format json")]
pub(crate) struct Args {
    /// The report, or - for standard input
    file: Input,
    /// Only what stands on these pages, such as 4, 3-5 or 1,4-
    #[arg(long, visible_alias = "pages", value_name = "PAGES")]
    page: Option<Pages>,
    #[command(flatten)]
    reading: Reading,
    /// The form to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A list for reading
    #[default]
    Text,
    /// Everything, for programs
    Json,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let options = match args.reading.options() {
        Ok(options) => options,
        Err(outcome) => return outcome,
    };
    match explain(args, &options) {
        Ok(explanation) => args.delivery.deliver(|out| match args.format {
            Format::Text => explanation.write_text(out),
            Format::Json => explanation.write_json(out),
        }),
        Err(failure) => {
            complain(&args.file.label(), &failure);
            Outcome::Failed
        }
    }
}

fn explain(args: &Args, options: &torikumi::Options) -> torikumi::Result<Explanation> {
    let read = torikumi::explain(&args.file.read()?, &args.file.name(), options)?;
    let pages = args.page.as_ref().map(|pages| Pages::of(Some(pages), read.document.pages));
    Ok(Explanation::of(&read.document, &read.report, read.rules, &read.trace, pages.as_deref()))
}
