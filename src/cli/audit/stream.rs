//! Findings about many reports, written as they come where the format allows it, so that a run over any number of
//! reports holds few of them. A page of HTML and a SARIF log name all files at their start, and wait for the last.

use crate::cli::Outcome;
use crate::cli::files::{self, Output};
use crate::cli::reports::{Format, Options};
use std::io::{self, Write};
use torikumi::audit::Audit;
use torikumi::output::findings::{Findings, Language};
use torikumi::output::{findings_csv, findings_json, findings_md, findings_text};

/// How many reports an output is about: JSON is an object for one, a list for many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    One,
    Many,
}

/// Where in the output something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    First,
    Later,
}

/// Where findings go. Nothing is opened before the first of them.
pub(super) struct Stream<'a> {
    options: &'a Options,
    holds: Holds,
    /// The output and the language of its texts, once there is something to write.
    begun: Option<(Output, Language)>,
    /// What waits for the last report.
    waiting: Vec<Audit>,
}

impl<'a> Stream<'a> {
    pub(super) fn new(options: &'a Options, holds: Holds) -> Self {
        Self { options, holds, begun: None, waiting: Vec::new() }
    }

    /// Takes what was found in the next report.
    pub(super) fn take(&mut self, audit: Audit) -> io::Result<()> {
        let format = self.options.format();
        if matches!(format, Format::Html | Format::Sarif) {
            self.waiting.push(audit);
            return Ok(());
        }
        let position = if self.begun.is_none() { Position::First } else { Position::Later };
        if position == Position::First {
            let language = self.options.language(audit.japanese);
            self.begun = Some((Output::create(self.options.delivery().output())?, language));
        }
        let Some((output, language)) = &mut self.begun else { return Ok(()) };
        let mut bytes = Vec::new();
        match format {
            Format::Json => json(&audit, self.holds, position, &mut bytes)?,
            _ => text(&Findings::from(&audit), format, *language, position, &mut bytes)?,
        }
        output.take(&bytes)
    }

    /// Completes the output.
    pub(super) fn finish(self) -> Outcome {
        if !self.waiting.is_empty() {
            let japanese = self.waiting.iter().any(|audit| audit.japanese);
            let findings: Vec<_> = self.waiting.iter().map(Findings::from).collect();
            return self.options.deliver(&findings, &self.waiting, japanese);
        }
        let Some((mut output, _)) = self.begun else { return Outcome::Done };
        let list_ends = self.options.format() == Format::Json && self.holds == Holds::Many;
        let ended = if list_ends { output.take(findings_json::LIST_END) } else { Ok(()) };
        match ended.and_then(|()| output.finish()) {
            Err(failure) if failure.kind() != io::ErrorKind::BrokenPipe => {
                files::unwritable(self.options.delivery().output(), &failure)
            }
            _ => Outcome::Done,
        }
    }
}

fn json(audit: &Audit, holds: Holds, position: Position, out: &mut dyn Write) -> io::Result<()> {
    match (holds, position) {
        (Holds::One, _) => return findings_json::write(std::slice::from_ref(audit), out),
        (Holds::Many, Position::First) => out.write_all(findings_json::LIST_START)?,
        (Holds::Many, Position::Later) => out.write_all(findings_json::LIST_BETWEEN)?,
    }
    findings_json::write_element(audit, out)
}

fn text(
    findings: &Findings<'_>,
    format: Format,
    language: Language,
    position: Position,
    out: &mut dyn Write,
) -> io::Result<()> {
    match (format, position) {
        (Format::Csv, Position::First) => findings_csv::write_header(out)?,
        (Format::Md, Position::First) => findings_md::write_title(language, out)?,
        (Format::Text, Position::Later) => writeln!(out)?,
        _ => {}
    }
    match format {
        Format::Csv => findings_csv::write_rows(findings, out),
        Format::Md => findings_md::write_memo(findings, language, out),
        _ => findings_text::write(std::slice::from_ref(findings), language, out),
    }
}
