//! The rules of `torikumi audit`: a list of them, and what each compares.

use std::io::Write;
use torikumi::audit::{Reads, Rule, Scope, Severity, rules};
use torikumi::output::findings::Language;

fn severities(rule: &Rule, language: Language) -> String {
    let names: Vec<_> = rule.severities.iter().map(|severity: &Severity| language.severity(*severity)).collect();
    names.join(" / ")
}

/// One line for each rule.
pub(super) fn list(language: Language, out: &mut dyn Write) -> std::io::Result<()> {
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

/// What a rule compares, how serious its findings are, and when it does not apply.
pub(super) fn explain(rule: &Rule, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
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
