//! `torikumi review`: a page on which a person checks what was read.

use super::Outcome;
use super::files::Input;
use super::reading::Reading;
use super::reports::Lang;
use super::source::Delivery;
use std::path::PathBuf;

#[cfg(feature = "review")]
mod fonts;
#[cfg(feature = "review")]
mod page;

/// Make a page that shows every page as it looks, every value boxed, findings beside it
///
/// One HTML file that needs no network and no other file. Each box lights up with the value, its name and how its
/// characters were read; findings of the audit lead to their places.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi review report.pdf -o review.html\n  \
                        torikumi review report.pdf -o review.html --lang en\n  \
                        torikumi review report.pdf -o review.html --rules my-city.toml\n  \
                        torikumi review report.pdf -o review.html --font NotoSansJP-Regular.otf")]
pub(crate) struct Args {
    /// The report: a PDF, or converted text (.txt, .md, .html); - is standard input
    file: Input,
    #[command(flatten)]
    delivery: Delivery,
    /// Language in which the page opens [default: that of the locale, else that of the report]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    /// Draw text whose font is not in the PDF with this font file; may be given several times
    #[arg(long, value_name = "FONT")]
    font: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

#[cfg(feature = "review")]
pub(crate) fn run(args: &Args) -> Outcome {
    page::run(args)
}

#[cfg(not(feature = "review"))]
pub(crate) fn run(_: &Args) -> Outcome {
    super::complain(
        "review",
        &"is not in this build: build it with the feature 'review' (cargo build --features review)",
    );
    Outcome::Usage
}
