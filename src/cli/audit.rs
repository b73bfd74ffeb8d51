//! `torikumi audit`: what the published figures say against each other.

use super::files::Input;
use super::{Outcome, complain, reports};
use std::io::Write;
use std::path::{Path, PathBuf};
use torikumi::audit::{Reads, Rule, Scope, Severity, audit, audit_with, rule, rules};
use torikumi::output::findings::{Findings, Language};
use torikumi::report::rules::Rules;

/// Check the published figures, grades and texts against each other
///
/// Each finding states the printed facts that it compares and where they stand; a finding is an enquiry, not a
/// verdict. After the findings stands what was checked and clean.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  torikumi audit report.pdf\n  torikumi audit report.json --format html -o memo.html\n  \
                        torikumi audit *.pdf --fail-on warning\n  torikumi audit --explain NUM-01\n\n\
                        Exit codes: 0 done, 1 an input failed, 2 wrong usage, 3 --fail-on and a finding is that serious."
)]
pub(crate) struct Args {
    /// Reports: PDF, converted text, or JSON that 'extract' wrote; - for standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["list", "explain"])]
    inputs: Vec<Input>,
    /// Take the wording that rules look for from this rule pack
    #[arg(long, value_name = "PACK.toml")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    options: reports::Options,
    /// List all rules
    #[arg(long, conflicts_with_all = ["inputs", "explain"])]
    list: bool,
    /// Say what a rule compares
    #[arg(long, value_name = "RULE", conflicts_with = "inputs")]
    explain: Option<String>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    // Without a report the locale alone decides; where it says nothing, the help's language does.
    let language = args.options.language(false);
    if args.list {
        return args.options.delivery().deliver(|out| list(language, out));
    }
    if let Some(id) = &args.explain {
        let Some(rule) = rule(id) else {
            complain(id, &"is no rule: 'torikumi audit --list' shows all");
            return Outcome::Usage;
        };
        return args.options.delivery().deliver(|out| explain(rule, language, out));
    }
    let Ok(pack) = args.rules.as_deref().map(pack).transpose() else { return Outcome::Failed };
    let reading = args.options.reading();
    let reports: Vec<_> = args.inputs.iter().map(|input| reports::read(input, &reading)).collect();
    let failed = if reports.iter().any(Option::is_none) { Outcome::Failed } else { Outcome::Done };
    let judge = |report| pack.as_ref().map_or_else(|| audit(report), |pack| audit_with(report, pack));
    let audits: Vec<_> = reports.iter().flatten().map(judge).collect();
    if audits.is_empty() {
        return failed;
    }
    let japanese = audits.iter().any(|audit| audit.japanese);
    let findings: Vec<_> = audits.iter().map(Findings::from).collect();
    let written = args.options.deliver(&findings, &audits, japanese);
    let found = args.options.outcome(audits.iter().flat_map(|audit| &audit.findings));
    failed.max(written).max(found)
}

/// The rule pack in the file, or nothing after saying what is wrong with it.
fn pack(path: &Path) -> Result<Rules, ()> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| complain(&name, &error))?;
    Rules::load(&text, &name).map_err(|error| complain("audit", &error))
}

fn severities(rule: &Rule, language: Language) -> String {
    let names: Vec<_> = rule.severities.iter().map(|severity: &Severity| language.severity(*severity)).collect();
    names.join(" / ")
}

fn list(language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    for rule in rules() {
        let mark = if rule.reads == Reads::Wording { "*" } else { " " };
        writeln!(out, "{}{mark} [{}] {}", rule.id, severities(rule, language), language.definition(rule))?;
    }
    match language {
        Language::Japanese => writeln!(out, "\n* 文言を規則集の型で読む規則。指摘は「可能性がある」と述べる。"),
        Language::English => {
            writeln!(out, "\n* reads wording by patterns of the rule pack; its findings say \"possibly\".")
        }
    }
}

fn explain(rule: &Rule, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let (severity, reads, scope, needs) = match language {
        Language::Japanese => ("重要度", "文言を読む規則", "対象", "該当しない場合"),
        Language::English => ("severity", "reads wording", "compares", "not applicable when"),
    };
    let yes = match (language, rule.reads == Reads::Wording) {
        (Language::Japanese, true) => "はい（指摘は「可能性がある」と述べる）",
        (Language::Japanese, false) => "いいえ",
        (Language::English, true) => "yes, by patterns of the rule pack; its findings say \"possibly\"",
        (Language::English, false) => "no",
    };
    let of = match (language, rule.scope()) {
        (Language::Japanese, Scope::Report) => "一つの報告書（audit）",
        (Language::Japanese, Scope::Editions) => "同じ計画の複数の版（compare）",
        (Language::English, Scope::Report) => "facts of one report (audit)",
        (Language::English, Scope::Editions) => "editions of one plan (compare)",
    };
    let lacking = match language {
        Language::Japanese => rule.needs.ja,
        Language::English => rule.needs.en,
    };
    writeln!(out, "{}\n\n{}\n", rule.id, language.definition(rule))?;
    for (name, value) in [(severity, severities(rule, language).as_str()), (reads, yes), (scope, of), (needs, lacking)]
    {
        writeln!(out, "{name}: {value}")?;
    }
    Ok(())
}
