//! Reports from files: extracted JSON is read back, anything else is extracted; and what `audit` and `compare` share:
//! formats of findings, language, the severity to fail on.

use super::files::Input;
use super::reading::Reading;
use super::source::Delivery;
use super::{Outcome, complain};
use std::io::{self, Write};
use torikumi::audit::{Finding, Severity};
use torikumi::output::findings::{Findings, Language};
use torikumi::output::{findings_csv, findings_html, findings_json, findings_md, findings_sarif, findings_text};
use torikumi::report::Report;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// A readable list
    Text,
    /// What was checked and found, with places
    Json,
    /// One row for each finding, for spreadsheets
    Csv,
    /// A memo
    Md,
    /// A page that stands alone
    Html,
    /// SARIF 2.1.0
    Sarif,
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Lang {
    /// Japanese
    Ja,
    /// English
    En,
}

/// The least serious finding that makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    /// Two printed facts contradict each other
    Error,
    /// A reader would ask
    Warning,
    /// Worth knowing
    Info,
}

/// Options of every command that writes findings.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// How to write the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Language of the messages [default: that of the locale, else that of the report]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    /// Exit with 3 when a finding is at least this serious
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    #[command(flatten)]
    delivery: Delivery,
    #[command(flatten)]
    reading: Reading,
}

impl Options {
    /// The language asked for; else the locale's; else Japanese for a Japanese report.
    pub(super) fn language(&self, japanese: bool) -> Language {
        language(self.lang, japanese)
    }

    /// Where the outcome goes.
    pub(super) fn delivery(&self) -> &Delivery {
        &self.delivery
    }

    /// How reports are read, or how the run ends where that cannot be.
    pub(super) fn reading(&self) -> Result<torikumi::Options, Outcome> {
        self.reading.options()
    }

    /// How findings are written.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Writes the findings about `all`, which `json` are the data of.
    pub(super) fn deliver<T: serde::Serialize>(&self, all: &[Findings<'_>], json: &[T], japanese: bool) -> Outcome {
        let language = self.language(japanese);
        let write = |out: &mut dyn Write| -> io::Result<()> {
            match self.format {
                Format::Text => findings_text::write(all, language, out),
                Format::Json => findings_json::write(json, out),
                Format::Csv => findings_csv::write(all, out),
                Format::Md => findings_md::write(all, language, out),
                Format::Html => findings_html::write(all, language, out),
                Format::Sarif => findings_sarif::write(all, language, out),
            }
        };
        self.delivery.deliver(write)
    }

    /// How a run ends that found these.
    pub(super) fn outcome<'a>(&self, findings: impl IntoIterator<Item = &'a Finding>) -> Outcome {
        let least = match self.fail_on {
            Some(FailOn::Error) => Severity::Error,
            Some(FailOn::Warning) => Severity::Warning,
            Some(FailOn::Info) => Severity::Info,
            None => return Outcome::Done,
        };
        let serious = findings.into_iter().any(|finding| finding.severity >= least);
        if serious { Outcome::Strict } else { Outcome::Done }
    }
}

/// The language asked for; else the locale's; else Japanese for a Japanese report.
pub(super) fn language(lang: Option<Lang>, japanese: bool) -> Language {
    match lang {
        Some(Lang::Ja) => Language::Japanese,
        Some(Lang::En) => Language::English,
        None => locale().unwrap_or(if japanese { Language::Japanese } else { Language::English }),
    }
}

/// What the locale says about the language, if anything.
fn locale() -> Option<Language> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    language_of(&["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set)?)
}

fn language_of(locale: &str) -> Option<Language> {
    let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
    match language {
        "ja" => Some(Language::Japanese),
        "C" | "POSIX" => None,
        _ => Some(Language::English),
    }
}

/// The report in `input`, or `None` after saying what is wrong with it.
pub(super) fn read(input: &Input, options: &torikumi::Options) -> Option<Report> {
    match of(input, options) {
        Ok(report) => Some(report),
        Err(what) => {
            complain(&input.label(), &what);
            None
        }
    }
}

/// The report in `input`, or what is wrong with it.
pub(super) fn of(input: &Input, options: &torikumi::Options) -> Result<Report, String> {
    let bytes = input.read().map_err(|error| error.to_string())?;
    from_bytes(&bytes, &input.name(), options)
}

fn from_bytes(bytes: &[u8], name: &str, options: &torikumi::Options) -> Result<Report, String> {
    let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if !json.trim_ascii_start().starts_with(b"{") {
        return torikumi::extract(bytes, name, options).map_err(|error| error.to_string());
    }
    let mut report: Report = serde_json::from_slice(json)
        .map_err(|error| format!("not an extracted report: {error}; give what 'extract' writes"))?;
    if report.source.file.is_empty() {
        name.clone_into(&mut report.source.file);
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_decides_only_where_it_names_a_language() {
        assert_eq!(language_of("ja_JP.UTF-8"), Some(Language::Japanese));
        assert_eq!(language_of("en-GB"), Some(Language::English));
        assert_eq!(language_of("C.UTF-8"), None);
        assert_eq!(language_of("POSIX"), None);
    }

    #[test]
    fn a_report_without_source_is_called_after_its_file() {
        let options = torikumi::Options::default();
        let json =
            r#"{"schema_version":"1","document":{},"grade_scale":[],"footnotes":[],"sections":[],"indicators":[]}"#;
        assert_eq!(from_bytes(json.as_bytes(), "r5.json", &options).unwrap().source.file, "r5.json");
        let failure = from_bytes(b"{\"a\":1}", "r5.json", &options).unwrap_err();
        assert!(failure.starts_with("not an extracted report: missing field"));
    }
}
