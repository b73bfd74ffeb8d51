//! Takes the findings and the warnings of a review, gives them as lists whose items lead to their places.

use super::{both, escaped, pair};
use crate::audit::{Finding, Severity, Spot};
use crate::geom::Place;
use crate::output::findings::{Language, pages, severity_name};
use crate::review::Review;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Which values each finding is about.
pub(super) struct Links {
    of_finding: Vec<BTreeSet<u32>>,
    with_finding: BTreeSet<u32>,
}

impl Links {
    pub(super) fn new(review: &Review) -> Self {
        let mut at: BTreeMap<(u32, [u64; 4]), Vec<u32>> = BTreeMap::new();
        for group in &review.groups {
            group.each(&mut |value| {
                for place in &value.places {
                    at.entry(key(place)).or_default().push(value.number);
                }
            });
        }
        let values = |finding: &Finding| -> BTreeSet<u32> {
            finding.at.iter().filter_map(|spot| at.get(&key(&spot.place))).flatten().copied().collect()
        };
        let of_finding: Vec<_> = review.audit.findings.iter().map(values).collect();
        let serious = review.audit.findings.iter().zip(&of_finding).filter(|(one, _)| one.severity > Severity::Info);
        let with_finding = serious.flat_map(|(_, values)| values).copied().collect();
        Self { of_finding, with_finding }
    }

    /// Whether a warning or an error is about the value.
    pub(super) fn has_finding(&self, value: u32) -> bool {
        self.with_finding.contains(&value)
    }

    fn values(&self, finding: usize) -> String {
        let values = self.of_finding.get(finding).into_iter().flatten();
        values.map(u32::to_string).collect::<Vec<_>>().join(" ")
    }
}

fn key(place: &Place) -> (u32, [u64; 4]) {
    (place.page, place.bbox.map(f64::to_bits))
}

/// Findings by severity, then what made the reading uncertain.
pub(super) fn write(review: &Review, links: &Links, out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<_> = review.audit.findings.iter().enumerate().collect();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let these: Vec<_> = all.iter().filter(|(_, finding)| finding.severity == severity).collect();
        if these.is_empty() {
            continue;
        }
        let name = pair(Language::Japanese.severity(severity), Language::English.severity(severity));
        let class = severity_name(severity);
        let open = if severity == Severity::Info { "" } else { " open" };
        writeln!(
            out,
            "<details class=\"of-findings\"{open}><summary><span class=\"badge {class}\">{name}</span> {}</summary>\
             <ol class=\"findings\">",
            these.len()
        )?;
        for (index, finding) in these {
            item(review, *index, finding, links, out)?;
        }
        writeln!(out, "</ol></details>")?;
    }
    if all.is_empty() {
        writeln!(out, "<p class=\"none\">{}</p>", pair("指摘はない。", "No findings."))?;
    }
    warnings(review, out)
}

fn item(review: &Review, index: usize, finding: &Finding, links: &Links, out: &mut dyn Write) -> io::Result<()> {
    let class = severity_name(finding.severity);
    let group = group(review, finding);
    let places: Vec<Spot> = finding.at.clone();
    let definition =
        crate::audit::rule(finding.rule).map(|rule| pair(rule.definition.ja, rule.definition.en)).unwrap_or_default();
    writeln!(
        out,
        "<li class=\"{class}\"><button type=\"button\" id=\"f{index}\" data-f=\"{index}\" data-v=\"{}\" data-g=\"{}\">\
         <span class=\"rule\">{}</span> {} <span class=\"at\">{}</span></button>\
         <span class=\"definition\">{definition}</span></li>",
        links.values(index),
        escaped(&group),
        finding.rule,
        both(&finding.message),
        pages(&places)
    )
}

/// The group that a finding is about, where it names one.
fn group(review: &Review, finding: &Finding) -> String {
    let of_section = finding.section.and_then(|number| {
        let section = review.report.sections.iter().position(|one| one.number == number)?;
        let initiatives = review.report.sections.get(section).map(|one| one.initiatives.as_slice()).unwrap_or_default();
        let initiative = finding.initiative.and_then(|number| initiatives.iter().position(|one| one.number == number));
        let section = section + 1;
        Some(initiative.map_or_else(|| format!("s{section}"), |index| format!("s{section}-i{}", index + 1)))
    });
    let of_indicator = || {
        let name = finding.indicator.as_deref()?;
        let is_it = |one: &crate::report::Indicator| one.name.as_ref().is_some_and(|text| text.text == name);
        Some(format!("k{}", review.report.indicators.iter().position(is_it)? + 1))
    };
    of_section.or_else(of_indicator).unwrap_or_default()
}

fn warnings(review: &Review, out: &mut dyn Write) -> io::Result<()> {
    if review.report.warnings.is_empty() && review.notices.is_empty() {
        return Ok(());
    }
    let name = pair("読み取りと表示の注意", "reading and drawing: take care");
    let count = review.report.warnings.len() + review.notices.len();
    writeln!(out, "<details class=\"of-findings\" open><summary>{name} {count}</summary><ol class=\"findings\">")?;
    for notice in &review.notices {
        let list = notice.pages.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let at = if list.is_empty() { list } else { format!("p.{list}") };
        let first = notice.pages.first().copied().unwrap_or(1);
        writeln!(
            out,
            "<li class=\"reading\"><button type=\"button\" data-p=\"{first}\"><span class=\"rule\">{}</span> {} \
             <span class=\"at\">{at}</span></button></li>",
            notice.code,
            both(&notice.message)
        )?;
    }
    for (index, warning) in review.report.warnings.iter().enumerate() {
        let spots: Vec<_> = warning.at.iter().map(|place| Spot { file: None, place: *place }).collect();
        writeln!(
            out,
            "<li class=\"reading\"><button type=\"button\" data-w=\"{index}\"><span class=\"rule\">{}</span> {} \
             <span class=\"detail\" lang=\"en\">{}</span> <span class=\"at\">{}</span></button></li>",
            escaped(&warning.code),
            warning.kind().map(|kind| pair(kind.ja, kind.en)).unwrap_or_default(),
            escaped(&warning.message),
            pages(&spots)
        )?;
    }
    writeln!(out, "</ol></details>")
}
