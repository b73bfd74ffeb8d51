//! Takes the groups of a review, gives them as a list of values that opens and closes group by group.

use super::findings::Links;
use super::{both, charts, class, escaped, pair, printed};
use crate::output::text::decoding;
use crate::review::{Group, Review, Value};
use std::io::{self, Write};

/// All groups, under the headings of the list.
pub(super) fn write(review: &Review, links: &Links, out: &mut dyn Write) -> io::Result<()> {
    let numbered = |id: &str, letter| id.strip_prefix(letter).is_some_and(|rest| rest.parse::<usize>().is_ok());
    let (sections, others): (Vec<&Group>, Vec<&Group>) =
        review.groups.iter().partition(|group| numbered(&group.id, 's'));
    let (indicators, others): (Vec<&Group>, Vec<&Group>) =
        others.into_iter().partition(|group| numbered(&group.id, 'k'));
    let parts = [
        ("sections", "項目と取組", "Sections and initiatives", sections),
        ("indicators", "指標", "Indicators", indicators),
        ("rest", "その他", "The rest", others),
    ];
    for (id, ja, en, groups) in parts {
        if groups.is_empty() {
            continue;
        }
        let heading = pair(ja, en);
        writeln!(out, "<section class=\"part\" aria-labelledby=\"{id}\"><h2 id=\"{id}\">{heading}</h2>")?;
        for group in groups {
            self::group(review, group, links, out)?;
        }
        writeln!(out, "</section>")?;
    }
    Ok(())
}

fn group(review: &Review, group: &Group, links: &Links, out: &mut dyn Write) -> io::Result<()> {
    let lang = printed(review);
    let open = if review.pages.is_empty() { " open" } else { "" };
    let mark = if group.id == "unplaced" { " unplaced" } else { "" };
    let title = group.title.replace('\n', " ");
    writeln!(
        out,
        "<details class=\"g{mark}\" id=\"g-{}\"{open}><summary><span class=\"name\">{}</span> \
         <span class=\"what\"{lang}>{}</span></summary>",
        group.id,
        both(&group.name),
        escaped(&title)
    )?;
    for chart in &group.charts {
        charts::write(chart, out)?;
    }
    if !group.values.is_empty() {
        writeln!(out, "<ul class=\"values\">")?;
        for value in &group.values {
            item(value, lang, links, out)?;
        }
        writeln!(out, "</ul>")?;
    }
    for inner in &group.groups {
        self::group(review, inner, links, out)?;
    }
    writeln!(out, "</details>")
}

fn item(value: &Value, lang: &str, links: &Links, out: &mut dyn Write) -> io::Result<()> {
    let (number, class) = (value.number, class(value.kind));
    let rungs = value.evidence.decoded.iter().map(|one| decoding(*one)).collect::<Vec<_>>().join(" ");
    let hidden = if value.evidence.hidden { " data-hidden" } else { "" };
    write!(
        out,
        "<li class=\"v k-{class}\"><button type=\"button\" id=\"v{number}\" data-v=\"{number}\" data-d=\"{rungs}\"{hidden}>\
         <span class=\"n\">{}</span> <span class=\"x\"{lang}>{}</span>",
        both(&value.name),
        escaped(&value.text)
    )?;
    if let Some(read) = &value.read {
        write!(out, " <span class=\"r\">= {}</span>", escaped(read))?;
    }
    if links.has_finding(number) {
        write!(out, " <span class=\"hit\">{}</span>", pair("指摘あり", "finding"))?;
    }
    if value.evidence.hidden {
        write!(out, " <span class=\"hit\">{}</span>", pair("見えない文字を含む", "holds hidden characters"))?;
    }
    if let Some(place) = value.places.first() {
        write!(out, " <span class=\"at\">p.{}</span>", place.page)?;
    }
    writeln!(out, "</button></li>")
}
