//! XDC-04: what appeared, disappeared or was renamed.

use super::changed;
use super::tracks::{Tracks, section_title, title};
use crate::audit::figures::indicator_name;
use crate::audit::pairing::Track;
use crate::audit::subject::{initiative_name, plain, section_name};
use crate::audit::{Finding, Severity, Tally};
use crate::geom::Place;

const LEGEND_ENTRY: &str = "評価基準";

/// One thing for XDC-04: what it is, what it is called and where.
struct Thing<'a> {
    ja: &'static str,
    en: &'static str,
    name: String,
    words: &'a str,
    at: &'a [Place],
    section: Option<u32>,
    initiative: Option<u32>,
    indicator: Option<&'a str>,
}

pub(super) fn extent(tracks: &Tracks<'_>, tally: &mut Tally) {
    changes(tracks, tally, &tracks.sections, &|section| Thing {
        ja: "節",
        en: "section",
        name: section_name(section),
        words: section_title(section),
        at: section.title.as_ref().or(section.summary_title.as_ref()).map_or(&[], |title| title.at.as_slice()),
        section: Some(section.number),
        initiative: None,
        indicator: None,
    });
    changes(tracks, tally, &tracks.initiatives, &|item| Thing {
        ja: "取組",
        en: "initiative",
        name: initiative_name(item.section, item.initiative),
        words: title(item.initiative),
        at: item
            .initiative
            .title
            .as_ref()
            .or(item.initiative.description.as_ref())
            .map_or(&[], |title| title.at.as_slice()),
        section: Some(item.section.number),
        initiative: Some(item.initiative.number),
        indicator: None,
    });
    changes(tracks, tally, &tracks.indicators, &|indicator| Thing {
        ja: "指標",
        en: "indicator",
        name: String::new(),
        words: indicator_name(indicator),
        at: indicator.name.as_ref().map_or(&[], |name| name.at.as_slice()),
        section: None,
        initiative: None,
        indicator: Some(indicator_name(indicator)),
    });
    changes(tracks, tally, &tracks.legend, &|grade| Thing {
        ja: LEGEND_ENTRY,
        en: "legend entry",
        name: grade.grade.clone(),
        words: &grade.meaning,
        at: &grade.at,
        section: None,
        initiative: None,
        indicator: None,
    });
}

fn changes<'a, T>(
    tracks: &Tracks<'a>,
    tally: &mut Tally,
    followed: &[Track<T>],
    thing: &dyn for<'t> Fn(&'t T) -> Thing<'t>,
) {
    let last_edition = tracks.editions.len().saturating_sub(1);
    for track in followed {
        tally.case();
        let (Some((first_in, first)), Some((last_in, last))) = (track.seen.first(), track.seen.last()) else {
            continue;
        };
        if *first_in > 0 {
            tally.add(came_or_went(tally, tracks, &thing(first), (*first_in, *first_in - 1), Change::Appeared));
        }
        if *last_in < last_edition {
            tally.add(came_or_went(tally, tracks, &thing(last), (*last_in, *last_in + 1), Change::Disappeared));
        }
        for pair in track.seen.windows(2) {
            let [(older, was), (newer, is)] = pair else { continue };
            let (was, is) = (thing(was), thing(is));
            if plain(was.words) != plain(is.words) {
                tally.add(renamed(tally, &was, &is, (tracks.file(*older), tracks.file(*newer))));
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Appeared,
    Disappeared,
}

fn came_or_went(
    tally: &Tally,
    tracks: &Tracks<'_>,
    thing: &Thing<'_>,
    (with, without): (usize, usize),
    change: Change,
) -> Finding {
    let (with, without) = (tracks.file(with), tracks.file(without));
    let (name, words) = (&thing.name, thing.words);
    let (change_ja, change_en) = match change {
        Change::Appeared => ("新たに現れた", "appeared"),
        Change::Disappeared => ("なくなった", "disappeared"),
    };
    let finding = tally.find(
        Severity::Warning,
        format!("{}{name}「{words}」が{change_ja}: {with} にあり、{without} にない。", thing.ja),
        format!("the {} {name} “{words}” {change_en}: it stands in {with} and not in {without}.", thing.en),
    );
    let finding = located(finding, thing).at_file(with, thing.at).value("change", change_en).value("words", words);
    finding.value("in", with).value("not_in", without)
}

fn renamed(tally: &Tally, was: &Thing<'_>, is: &Thing<'_>, (a, b): (&str, &str)) -> Finding {
    // A grade keeps its sign; what changes is what it means.
    let what = if is.ja == LEGEND_ENTRY { "意味" } else { "名前" };
    let finding = tally.find(
        Severity::Warning,
        format!("{}{}の{what}: {a} では「{}」、{b} では「{}」。", is.ja, is.name, was.words, is.words),
        format!("the {} {} is “{}” in {a} and “{}” in {b}.", is.en, is.name, was.words, is.words),
    );
    let finding = located(finding, is).at_file(a, was.at).at_file(b, is.at).value("change", "renamed");
    changed(finding, (a, b), was.words, is.words)
}

fn located(mut finding: Finding, thing: &Thing<'_>) -> Finding {
    finding.section = thing.section;
    finding.initiative = thing.initiative;
    finding.indicator = thing.indicator.map(str::to_owned);
    finding
}
