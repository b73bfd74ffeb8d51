//! Takes the pages of a review, gives each with its picture and, in page coordinates over it, a box for every value and
//! a frame for every finding.

use super::{class, escaped, pair};
use crate::output::findings::severity_name;
use crate::review::{Leaf, Review, Value};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How far a box stands off its text, in points.
const MARGIN: f64 = 0.8;

/// The outlines that all pictures share.
pub(super) fn outlines(review: &Review, out: &mut dyn Write) -> io::Result<()> {
    for (number, path) in review.outlines.iter().enumerate() {
        write!(out, "<path id=\"o{number}\" d=\"{}\"/>", escaped(path))?;
    }
    Ok(())
}

/// All pages.
pub(super) fn write(review: &Review, out: &mut dyn Write) -> io::Result<()> {
    let mut values = Vec::new();
    review.groups.iter().for_each(|group| group.each(&mut |value| values.push(value)));
    for leaf in &review.pages {
        page(review, leaf, &values, out)?;
    }
    Ok(())
}

fn page(review: &Review, leaf: &Leaf, values: &[&Value], out: &mut dyn Write) -> io::Result<()> {
    let (number, count) = (leaf.number, review.pages.len());
    let heading = pair(&format!("{number} ページ"), &format!("Page {number}"));
    writeln!(
        out,
        "<section class=\"page\" id=\"p{number}\" aria-labelledby=\"h{number}\" tabindex=\"-1\">\
         <h2 id=\"h{number}\">{heading} <span class=\"of\">/ {count}</span></h2>"
    )?;
    for notice in review.notices.iter().filter(|notice| notice.pages.contains(&number)) {
        let mark = if notice.code == "font-replaced" { "note" } else { "alarm" };
        writeln!(out, "<p class=\"{mark}\">{}</p>", super::both(&notice.message))?;
    }
    let (width, height) = (leaf.width, leaf.height);
    let picture = &leaf.picture;
    writeln!(
        out,
        "<div class=\"sheet\"><svg class=\"picture\" aria-hidden=\"true\" viewBox=\"0 0 {} {}\" \
         preserveAspectRatio=\"none\">{}</svg>",
        picture.width, picture.height, picture.markup
    )?;
    writeln!(
        out,
        "<svg class=\"boxes\" viewBox=\"0 0 {width} {height}\" role=\"group\" aria-labelledby=\"h{number}\">"
    )?;
    boxes(leaf, values, out)?;
    frames(review, leaf, out)?;
    writeln!(out, "</svg></div></section>")
}

/// A box for each place, the largest first, so that a small one inside a large one can be reached. Values that share a
/// place (a merged cell that holds for several rows) share its box.
fn boxes(leaf: &Leaf, values: &[&Value], out: &mut dyn Write) -> io::Result<()> {
    let mut boxes: Vec<([f64; 4], Vec<&Value>)> = Vec::new();
    let mut known: BTreeMap<[u64; 4], usize> = BTreeMap::new();
    for value in values {
        for place in value.places.iter().filter(|place| place.page == leaf.number) {
            let index = *known.entry(place.bbox.map(f64::to_bits)).or_insert(boxes.len());
            match boxes.get_mut(index) {
                Some((_, sharing)) => sharing.push(value),
                None => boxes.push((place.bbox, vec![value])),
            }
        }
    }
    let area = |[x0, y0, x1, y1]: [f64; 4]| (x1 - x0) * (y1 - y0);
    boxes.sort_by(|a, b| area(b.0).total_cmp(&area(a.0)));
    let lead = |sharing: &[&Value]| sharing.first().map_or(0, |value| value.number);
    let first = boxes.iter().map(|(_, sharing)| lead(sharing)).min();
    for (bbox, sharing) in &boxes {
        let kind = sharing.first().map_or("note", |value| class(value.kind));
        let numbers = sharing.iter().map(|value| value.number.to_string()).collect::<Vec<_>>().join(" ");
        let stop = if Some(lead(sharing)) == first { 0 } else { -1 };
        writeln!(
            out,
            "<rect class=\"v k-{kind}\" data-v=\"{numbers}\" {} tabindex=\"{stop}\" role=\"button\" \
             aria-labelledby=\"v{}\"/>",
            sides(*bbox),
            lead(sharing)
        )?;
    }
    Ok(())
}

fn frames(review: &Review, leaf: &Leaf, out: &mut dyn Write) -> io::Result<()> {
    for (index, finding) in review.audit.findings.iter().enumerate() {
        let severity = severity_name(finding.severity);
        for spot in finding.at.iter().filter(|spot| spot.place.page == leaf.number) {
            let sides = sides(spot.place.bbox);
            writeln!(out, "<rect class=\"f f-{severity}\" data-f=\"{index}\" {sides}/>")?;
        }
    }
    for (index, warning) in review.report.warnings.iter().enumerate() {
        for place in warning.at.iter().filter(|place| place.page == leaf.number) {
            writeln!(out, "<rect class=\"f f-reading\" data-w=\"{index}\" {}/>", sides(place.bbox))?;
        }
    }
    Ok(())
}

fn sides([x0, y0, x1, y1]: [f64; 4]) -> String {
    let round = |value: f64| (value * 100.0).round() / 100.0;
    let (x, y) = (round(x0 - MARGIN), round(y0 - MARGIN));
    let (width, height) = (round(x1 - x0 + 2.0 * MARGIN), round(y1 - y0 + 2.0 * MARGIN));
    format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}
