//! `torikumi explain`: block by block, which rule took it, as what, and why not as another; and what warnings mean.

use super::files::Input;
use super::pages::Pages;
use super::reading::Reading;
use super::reports::{Lang, language};
use super::source::Delivery;
use super::{Outcome, complain};
use std::io::Write;
use torikumi::output::explanation::Explanation;
use torikumi::output::findings::Language;
use torikumi::warning::kinds;

/// Show how a report was read: block by block, which rule took it, as what, and why not as another
///
/// Each text is shown with what became of it (a value, structure, furniture, or unplaced), with the member of the
/// JSON that it became, as a jq path, and with the rules of the pack that match it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi explain report.pdf\n  torikumi explain report.pdf --page 4\n  \
                        torikumi explain report.pdf --rules my-city.toml --format json\n  \
                        torikumi explain --warnings")]
pub(crate) struct Args {
    /// The report, or - for standard input
    #[arg(required_unless_present = "warnings")]
    file: Option<Input>,
    /// Only what stands on these pages, such as 4, 3-5 or 1,4-
    #[arg(long, visible_alias = "pages", value_name = "PAGES")]
    page: Option<Pages>,
    #[command(flatten)]
    reading: Reading,
    /// The form to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Say what each warning that a report can carry means
    #[arg(long, conflicts_with_all = ["file", "page", "format"])]
    warnings: bool,
    /// The language in which warnings are explained; the locale's where this is not given
    #[arg(long, value_enum, requires = "warnings")]
    lang: Option<Lang>,
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
    let Some(file) = &args.file else {
        let language = language(args.lang, false);
        return args.delivery.deliver(|out| list(language, out));
    };
    let options = match args.reading.options() {
        Ok(options) => options,
        Err(outcome) => return outcome,
    };
    match explain(file, args.page.as_ref(), &options) {
        Ok(explanation) => args.delivery.deliver(|out| match args.format {
            Format::Text => explanation.write_text(out),
            Format::Json => explanation.write_json(out),
        }),
        Err(failure) => {
            complain(&file.label(), &failure);
            Outcome::Failed
        }
    }
}

fn explain(file: &Input, pages: Option<&Pages>, options: &torikumi::Options) -> torikumi::Result<Explanation> {
    let read = torikumi::explain(&file.read()?, &file.name(), options)?;
    let pages = pages.map(|pages| Pages::of(Some(pages), read.document.pages));
    Ok(Explanation::of(&read.document, &read.report, read.rules, &read.trace, pages.as_deref()))
}

/// What each warning means.
fn list(language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    for kind in kinds() {
        let meaning = match language {
            Language::Japanese => kind.ja,
            Language::English => kind.en,
        };
        writeln!(out, "{}\n    {meaning}", kind.code)?;
    }
    Ok(())
}
