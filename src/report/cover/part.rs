//! Which lines of a document's head are title, subtitle, imprint and the name of a body.

use super::HEAD_LINES;
use crate::document::{Block, Document, Passage};
use crate::report::rules::{Rule, Rules};
use crate::report::values::fold::key;
use crate::report::values::{date, year};
use crate::report::{governments, legend, lines};
use std::cmp::Ordering;
use std::ops::Range;

/// A title is shorter than this, in characters; a sentence is longer or ends in 。
const LONGEST_TITLE: usize = 70;

/// Longest line that only ends the title above it, in characters.
const LONGEST_ENDING: usize = 12;

/// Longest word for a plan, in characters: アクションプラン.
const LONGEST_WORD: usize = 8;

/// A title has at least this many letters; a page number in large type has none.
const SHORTEST_TITLE: usize = 3;

/// A title that a running head repeats has at least this many characters.
const SHORTEST_HEADED: usize = 6;

/// Most lines of a subtitle.
const SUBTITLES: usize = 2;

/// What may be printed around a date of publication, in characters: 発行, 公表, brackets.
const DATE_COMPANY: usize = 8;

/// Lines after the title in which the imprint stands, on pages that go on with other text.
const IMPRINT_LINES: usize = 8;

/// Lines of a page that is nothing but a cover.
const COVER_PAGE_LINES: usize = 12;

/// Text larger than this against the body is a heading.
const LARGE: f32 = 1.12;

/// One line of a block.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) block: usize,
    pub(super) text: Passage,
    pub(super) page: u32,
    pub(super) large: bool,
    pub(super) centered: bool,
}

/// What a line of the head can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    Subtitle,
    Imprint,
    Organization,
    /// Not of the cover: it stays for others.
    Other,
}

/// The lines before the first table, first sentence or second page with text of another kind.
pub(super) fn head_lines(document: &Document, rules: &Rules) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        let found = lines_of(document, rules, block, content);
        let Some(found) = found.filter(|_| lines.len() < HEAD_LINES) else { break };
        let new_page = found.first().zip(lines.first()).is_some_and(|(new, first)| new.page > first.page);
        let ends = |line: &Line| is_sentence(&line.text.text) || rules.matches(Rule::Note, &line.text.text);
        let end = found.iter().position(ends);
        if new_page || end == Some(0) {
            break;
        }
        // Without blank lines the first sentence stands in the block of the title.
        lines.extend(found.into_iter().take(end.unwrap_or(usize::MAX)));
        if end.is_some() {
            break;
        }
    }
    lines
}

/// The lines of a paragraph, or of a table that only frames a title; `None` for any other table.
pub(super) fn lines_of(document: &Document, rules: &Rules, block: usize, content: &Block) -> Option<Vec<Line>> {
    let line = |text, page, large, centered| Line { block, text, page, large, centered };
    Some(match content {
        Block::Paragraph(p) => {
            let large = p.size >= LARGE || p.heading.is_some_and(|level| level <= 2);
            let joined = p.text.lines().map(|text| line(text, p.page, large, p.centered));
            joined.flat_map(|joined| unjoined(document, rules, joined)).collect()
        }
        Block::Table(table) => {
            let filled: Vec<_> = table.cells.iter().filter(|cell| !cell.text.is_blank()).collect();
            if filled.len() > 1 || filled.iter().any(|cell| is_sentence(&cell.text.text)) {
                return None;
            }
            filled.iter().flat_map(|cell| cell.text.lines()).map(|text| line(text, table.page, true, true)).collect()
        }
    })
}

/// The printed lines of a joined line when one of them is a date, a department or a body, else the line as it is.
fn unjoined(document: &Document, rules: &Rules, line: Line) -> Vec<Line> {
    let printed = lines::printed(document, &line.text);
    let part = |text: Passage| Line { text, ..line.clone() };
    let parts: Vec<Line> = printed.into_iter().map(part).collect();
    let imprint = parts.len() > 1 && parts.iter().any(|part| imprint_part(part, rules) != Part::Other);
    if imprint { parts } else { vec![line] }
}

pub(super) fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with('。') || text.chars().count() > LONGEST_TITLE
}

/// Tells title and subtitle from imprint lines, in order.
pub(super) fn parts(lines: &[Line], rules: &Rules) -> Vec<Part> {
    let mut parts: Vec<_> = lines.iter().map(|line| imprint_part(line, rules)).collect();
    let is_title = |line: &Line| {
        let text = &line.text.text;
        let worded = rules.matches(Rule::PlanTitle, text) || rules.matches(Rule::ReportTitle, text);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let titled = (worded || line.large) && letters >= SHORTEST_TITLE && !year::is_whole(rules, text);
        titled && !legend::is_line(rules, &line.text)
    };
    let titles: Vec<usize> = (0..lines.len()).filter(|&i| parts[i] == Part::Other && is_title(&lines[i])).collect();
    // A running head can stand above the title: the larger line is the title. A numbered heading in large type is none.
    let numbered =
        |i: usize| [Rule::Numbering, Rule::Level].iter().any(|rule| rules.matches(*rule, &lines[i].text.text));
    let larger = titles.iter().copied().find(|&i| lines[i].large && !numbered(i));
    let first = larger.or(titles.first().copied());
    // It can be as large as that, too, and goes on after what the title says.
    let again = first.and_then(|first| titles.iter().copied().find(|&i| i > first && heads(&lines[first], &lines[i])));
    let Some(first) = again.or(first) else {
        let nothing = if lines.len() > COVER_PAGE_LINES { 0 } else { lines.len() };
        parts.iter_mut().skip(nothing).for_each(|part| *part = Part::Other);
        return parts;
    };
    parts[first] = Part::Title;
    let mut next = first + 1;
    let free = |parts: &[Part], i: usize| parts.get(i) == Some(&Part::Other);
    if free(&parts, next) && is_open(&lines[first].text.text) {
        parts[next] = Part::Title;
        next += 1;
    }
    // A last line that only ends the title: について, or the word for a plan that a narrow column broke off.
    let plan = |text: &str| rules.matches(Rule::PlanTitle, text);
    let title = &lines[first].text.text;
    let broken = |line: &Line| {
        let end = line.text.text.trim();
        let short = end.chars().count() <= LONGEST_WORD && line.large == lines[first].large;
        short && !plan(title) && plan(&format!("{title}{end}"))
    };
    let ends = |line: &Line| line.centered == lines[first].centered && is_ending(&line.text.text) || broken(line);
    if free(&parts, next) && ends(&lines[next]) {
        parts[next] = Part::Title;
        next += 1;
    }
    while next <= first + SUBTITLES && free(&parts, next) && is_subtitle(lines, &parts, next, rules) {
        parts[next] = Part::Subtitle;
        next += 1;
        // Only what frames the title (its period, in brackets) leaves room for another line.
        if !lines.get(next - 1).is_some_and(|line| is_framed(&line.text.text)) {
            break;
        }
    }
    // A bare year above the title belongs to it: 令和５年度 / ○○計画 / 実施状況報告書.
    if first > 0 && year::is_whole(rules, &lines[first - 1].text.text) && parts[first - 1] == Part::Other {
        parts[first - 1] = Part::Title;
    }
    if lines.len() > COVER_PAGE_LINES {
        parts.iter_mut().skip(first + IMPRINT_LINES).for_each(|part| *part = Part::Other);
    }
    parts
}

/// Whether a line is the running head over the title: it says the same, and more after it.
fn heads(line: &Line, title: &Line) -> bool {
    let [line, title] = [line, title].map(|line| key(&line.text.text).into_owned());
    title.chars().count() >= SHORTEST_HEADED && line.len() > title.len() && line.starts_with(&title)
}

/// Whether the line goes on in the next one: a bracket is left open, or it ends in a word that joins.
fn is_open(text: &str) -> bool {
    let joins = [
        "と",
        "の",
        "に",
        "を",
        "・",
        "、",
        "及び",
        "並びに",
        "する",
        "した",
        "による",
        "における",
        "に向けた",
        "に係る",
    ];
    if joins.iter().any(|join| text.trim_end().ends_with(join)) {
        return true;
    }
    let count = |brackets: [char; 2]| text.chars().filter(|c| brackets.contains(c)).count();
    count(['(', '（']) > count([')', '）'])
}

/// Whether the line only ends the one before it.
fn is_ending(text: &str) -> bool {
    const ENDINGS: [&str; 5] = ["について", "に関する", "における", "に係る", "の"];
    let begins = ENDINGS.iter().any(|ending| text.trim().starts_with(ending));
    begins && text.trim().chars().count() <= LONGEST_ENDING && !text.trim_end().ends_with('。')
}

fn is_framed(text: &str) -> bool {
    text.starts_with(['（', '(', '～', '〜', '－', '-', '―'])
}

/// Whether the line `i` goes on with the title above it. A heading of the body can stand there too.
fn is_subtitle(lines: &[Line], parts: &[Part], i: usize, rules: &Rules) -> bool {
    let (Some(above), Some(line)) = (lines.get(i - 1), lines.get(i)) else { return false };
    let text = &line.text.text;
    let wording = rules.matches(Rule::ReportTitle, text) || year::is_named(rules, text);
    let imprint_follows = parts.iter().skip(i + 1).any(|part| matches!(part, Part::Imprint | Part::Organization));
    let day = dated(rules, text).is_some() || year::whole(rules, text).is_some_and(|y| y.kind == year::Kind::Instant);
    let counted = day || rules.unit_in(text).is_some();
    let numbered = || [Rule::Numbering, Rule::Level].iter().any(|rule| rules.matches(*rule, text));
    // 令和５年度の進捗状況について could head a legend, too: in large type and with its year it is no such heading.
    let titled = line.large && rules.matches(Rule::ReportTitle, text) && year::is_named(rules, text);
    let legend = || !titled && rules.matches(Rule::LegendHeading, text) || legend::is_line(rules, &line.text);
    let heading = counted || numbered() || legend();
    // A centred line that names report and year needs no large type.
    let told = line.centered && rules.matches(Rule::ReportTitle, text) && year::is_named(rules, text);
    let alike = line.centered == above.centered && (line.large || !above.large || told || imprint_follows);
    !heading && (imprint_follows || is_framed(text) || (wording && alike))
}

/// What a line is by itself, titles aside.
pub(super) fn imprint_part(line: &Line, rules: &Rules) -> Part {
    let brackets = ['（', '）', '(', ')'];
    let whole = line.text.text.trim();
    let text = whole.trim_matches(brackets);
    let rest = match dated(rules, whole) {
        // Brackets that held the date and nothing else go with it.
        Some(range) => {
            let rest = format!("{} {}", &whole[..range.start], &whole[range.end..]);
            rest.replace("（ ）", " ").replace("( )", " ")
        }
        None => whole.to_owned(),
    };
    let rest = rest.trim().trim_matches(brackets);
    let lead = rules.find(Rule::ImprintLead, rest).map_or(0, |lead| lead.range.end);
    let rest = rest.get(lead..).unwrap_or_default().trim();
    let dated = rest.len() < text.len();
    let titled = rules.matches(Rule::PlanTitle, rest) && !rules.matches(Rule::Department, rest);
    if is_organization(rest, rules) {
        return if dated { Part::Imprint } else { Part::Organization };
    }
    let department = departments(rules, rest).next().is_some();
    let date_only = dated && rest.chars().filter(|c| c.is_alphanumeric()).count() <= DATE_COMPANY;
    match (department || date_only, titled) {
        (true, false) => Part::Imprint,
        _ => Part::Other,
    }
}

/// Where `text` prints a date of publication; a day that figures are counted on is none.
pub(super) fn dated(rules: &Rules, text: &str) -> Option<Range<usize>> {
    let found = date::find(rules, text)?;
    let after = text.get(found.range.end..).unwrap_or_default().trim_start_matches(['日', ' ', '　', '）', ')']);
    (!after.starts_with("現在") && !after.starts_with("時点")).then_some(found.range)
}

fn is_organization(text: &str, rules: &Rules) -> bool {
    let whole = |name: &str| name.len() == text.len();
    let known = governments::name_at_start(text).is_some_and(whole);
    let named = || {
        let range = rules.find(Rule::Organization, text).and_then(|found| found.range_of("name"));
        range.is_some_and(|range| range == (0..text.len()))
    };
    !text.is_empty() && (known || named())
}

/// The department that a line names before or after its date, which is at `dated`.
pub(super) fn department<'t>(rules: &Rules, text: &'t str, dated: Option<Range<usize>>) -> Option<&'t str> {
    let dated = dated.unwrap_or(text.len()..text.len());
    [0..dated.start, dated.end..text.len()].into_iter().find_map(|range| {
        let part = unbracketed(text.get(range)?);
        let lead = rules.find(Rule::ImprintLead, part).map_or(0, |lead| lead.range.end);
        departments(rules, part.get(lead..)?).next()
    })
}

/// The stretches of a line that name a department, without the word that says what it did: 企画財政課作成.
fn departments<'t>(rules: &Rules, text: &'t str) -> impl Iterator<Item = &'t str> {
    let whole = std::iter::once(text.trim());
    let pieces = text.split([' ', '　', '／', '/', '：', ':']).map(str::trim);
    whole.chain(pieces).filter_map(|part| {
        let found = rules.find(Rule::Department, part)?;
        let name = found.range_of("name").and_then(|name| part.get(name)).unwrap_or(part);
        rules.label(name).is_none().then_some(name)
    })
}

/// A part of a line without the brackets around it, or those whose other half stands in another part.
fn unbracketed(part: &str) -> &str {
    let (open, close) = (['（', '('], ['）', ')']);
    let mut part = part.trim();
    loop {
        let (opened, closed) = (part.matches(open).count(), part.matches(close).count());
        let around = part.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        let inside = match opened.cmp(&closed) {
            Ordering::Greater => part.strip_suffix(open).or_else(|| part.strip_prefix(open)),
            Ordering::Less => part.strip_prefix(close).or_else(|| part.strip_suffix(close)),
            Ordering::Equal => around.filter(|inside| !inside.contains([open, close].as_flattened())),
        };
        let Some(inside) = inside else { return part };
        part = inside.trim();
    }
}
