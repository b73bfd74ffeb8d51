//! What the cover says: title, subtitle, public body, department, year reported on, date of publication. It is read
//! from the lines before the first table or sentence, on a page of their own or at the top of the first page; what is
//! missing there is looked for in the last lines of the document and in the running heads.

use super::rules::{Role, Rule, Rules};
use super::values::{date, year};
use super::{FiscalYear, Head, Organization, Published, Text, governments, lines};
use crate::document::{Block, Document, Passage};
use std::ops::Range;

/// Lines at the head of a document among which the cover is looked for.
const HEAD_LINES: usize = 24;

/// Lines at the end of a document in which an imprint is looked for.
const TAIL_LINES: usize = 6;

/// A title is shorter than this, in characters; a sentence is longer or ends in 。
const LONGEST_TITLE: usize = 70;

/// A title has at least this many letters; a page number in large type has none.
const SHORTEST_TITLE: usize = 3;

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

/// The head of a report with what it was read from.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// The values.
    pub head: Head,
    /// What it took from the document.
    pub taken: Taken,
}

/// What a reader took from the document, so that nothing is read twice and nothing is lost.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Indices of the blocks that it took, ascending, each with the lines that it left (blank when none).
    pub blocks: Vec<(usize, Passage)>,
    /// Text that became values.
    pub placed: Vec<Passage>,
    /// Labels and headings that told what the values are.
    pub structure: Vec<Passage>,
}

/// One line of a block.
#[derive(Debug, Clone)]
struct Line {
    block: usize,
    text: Passage,
    page: u32,
    large: bool,
    centered: bool,
}

/// What a line of the head can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Subtitle,
    Imprint,
    Organization,
    /// Not of the cover: it stays for others.
    Other,
}

/// Reads the head of `document`.
#[must_use]
pub fn read(document: &Document, rules: &Rules) -> Cover {
    let lines = head_lines(document, rules);
    let mut reader = Reader { document, rules, cover: Cover::default(), organization: None, taken: Vec::new() };
    let parts = parts(&lines, rules);
    reader.titles(&lines, &parts);
    for (line, part) in lines.iter().zip(&parts) {
        match part {
            Part::Imprint => reader.imprint(line),
            Part::Organization => reader.name(line),
            Part::Title | Part::Subtitle | Part::Other => {}
        }
    }
    reader.end();
    reader.running_head();
    reader.organization(&lines);
    reader.fiscal_year(&lines);
    reader.finish()
}

/// The lines before the first table, first sentence or second page with text of another kind.
fn head_lines(document: &Document, rules: &Rules) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        let found = lines_of(document, rules, block, content);
        let Some(found) = found.filter(|_| lines.len() < HEAD_LINES) else { break };
        let new_page = found.first().zip(lines.first()).is_some_and(|(new, first)| new.page > first.page);
        let sentence = found.iter().any(|line| is_sentence(&line.text.text));
        let legend = found.iter().any(|line| rules.matches(Rule::Note, &line.text.text));
        if new_page || sentence || legend {
            break;
        }
        lines.extend(found);
    }
    lines
}

/// The lines of a paragraph, or of a table that only frames a title; `None` for any other table.
fn lines_of(document: &Document, rules: &Rules, block: usize, content: &Block) -> Option<Vec<Line>> {
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

fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with('。') || text.chars().count() > LONGEST_TITLE
}

/// Tells title and subtitle from imprint lines, in order.
fn parts(lines: &[Line], rules: &Rules) -> Vec<Part> {
    let mut parts: Vec<_> = lines.iter().map(|line| imprint_part(line, rules)).collect();
    let is_title = |line: &Line| {
        let text = &line.text.text;
        let worded = rules.matches(Rule::PlanTitle, text) || rules.matches(Rule::ReportTitle, text);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        (worded || line.large) && letters >= SHORTEST_TITLE && year::whole(rules, text).is_none()
    };
    let titles: Vec<usize> = (0..lines.len()).filter(|&i| parts[i] == Part::Other && is_title(&lines[i])).collect();
    // A running head can stand above the title: the larger line is the title.
    let larger = titles.iter().copied().find(|&i| lines[i].large);
    let Some(first) = larger.or(titles.first().copied()) else {
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
    while next <= first + SUBTITLES && free(&parts, next) && is_subtitle(lines, &parts, next, rules) {
        parts[next] = Part::Subtitle;
        next += 1;
        // Only what frames the title (its period, in brackets) leaves room for another line.
        if !lines.get(next - 1).is_some_and(|line| is_framed(&line.text.text)) {
            break;
        }
    }
    // A bare year above the title belongs to it: 令和５年度 / ○○計画 / 実施状況報告書.
    if first > 0 && year::whole(rules, &lines[first - 1].text.text).is_some() && parts[first - 1] == Part::Other {
        parts[first - 1] = Part::Title;
    }
    if lines.len() > COVER_PAGE_LINES {
        parts.iter_mut().skip(first + IMPRINT_LINES).for_each(|part| *part = Part::Other);
    }
    parts
}

/// Whether a bracket is left open: the line goes on in the next one.
fn is_open(text: &str) -> bool {
    let count = |brackets: [char; 2]| text.chars().filter(|c| brackets.contains(c)).count();
    count(['(', '（']) > count([')', '）'])
}

fn is_framed(text: &str) -> bool {
    text.starts_with(['（', '(', '～', '〜', '－', '-', '―'])
}

/// Whether the line `i` goes on with the title above it. A heading of the body can stand there too.
fn is_subtitle(lines: &[Line], parts: &[Part], i: usize, rules: &Rules) -> bool {
    let (Some(above), Some(line)) = (lines.get(i - 1), lines.get(i)) else { return false };
    let text = &line.text.text;
    let wording = rules.matches(Rule::ReportTitle, text) || year::find(rules, text).is_some();
    let imprint_follows = parts.iter().skip(i + 1).any(|part| matches!(part, Part::Imprint | Part::Organization));
    let counted = date::find(rules, text).is_some() || rules.unit_in(text).is_some();
    let heading = counted || rules.matches(Rule::Numbering, text) || rules.matches(Rule::LegendHeading, text);
    let alike = line.centered == above.centered && (line.large || !above.large || imprint_follows);
    !heading && (imprint_follows || is_framed(text) || (wording && alike))
}

/// What a line is by itself, titles aside.
fn imprint_part(line: &Line, rules: &Rules) -> Part {
    let text = line.text.text.trim().trim_matches(['（', '）', '(', ')']);
    let rest = match dated(rules, text) {
        Some(range) => format!("{} {}", &text[..range.start], &text[range.end..]),
        None => text.to_owned(),
    };
    let lead = rules.find(Rule::ImprintLead, &rest).map_or(0, |lead| lead.range.end);
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
fn dated(rules: &Rules, text: &str) -> Option<Range<usize>> {
    let found = date::find(rules, text)?;
    let after = text.get(found.range.end..).unwrap_or_default().trim_start_matches(['日', ' ', '　']);
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

/// The stretches of a line that name a department.
fn departments<'t>(rules: &'t Rules, text: &'t str) -> impl Iterator<Item = &'t str> {
    let whole = std::iter::once(text.trim());
    let pieces = text.split([' ', '　', '／', '/', '：', ':']).map(str::trim);
    whole.chain(pieces).filter(|part| rules.matches(Rule::Department, part) && rules.label(part).is_none())
}

struct Reader<'d> {
    document: &'d Document,
    rules: &'d Rules,
    cover: Cover,
    /// A line that is only the name of a body.
    organization: Option<String>,
    taken: Vec<(usize, Passage)>,
}

impl Reader<'_> {
    fn text(&self, passage: &Passage) -> Text {
        Text { text: passage.text.clone(), at: self.document.places(passage, false) }
    }

    fn take(&mut self, block: usize, passage: Passage) {
        self.cover.taken.placed.push(passage.clone());
        self.taken.push((block, passage));
    }

    fn titles(&mut self, lines: &[Line], parts: &[Part]) {
        let mut joined = |wanted: Part| {
            let mut whole = Passage::default();
            for (line, _) in lines.iter().zip(parts).filter(|(_, part)| **part == wanted) {
                whole.append("", &line.text);
                self.cover.taken.placed.push(line.text.clone());
                self.taken.push((line.block, line.text.clone()));
            }
            (!whole.is_blank()).then_some(whole)
        };
        let (title, subtitle) = (joined(Part::Title), joined(Part::Subtitle));
        self.cover.head.title = title.map(|title| self.text(&title));
        self.cover.head.subtitle = subtitle.map(|subtitle| self.text(&subtitle));
    }

    /// Takes the date and the department of a line.
    fn imprint(&mut self, line: &Line) {
        let text = &line.text.text;
        let mut found = false;
        if let Some(range) = dated(self.rules, text).filter(|_| self.cover.head.published.is_none())
            && let Some(date) = date::find(self.rules, text)
        {
            let label = line.text.slice(range);
            let at = self.document.places(&label, false);
            self.cover.head.published = Some(Published { label: label.text.clone(), date: date.iso(), at });
            self.cover.taken.placed.push(label);
            found = true;
        }
        let bracket = text.len() - text.trim_start_matches(['（', '(', ' ', '　']).len();
        let inside = text.get(bracket..).unwrap_or_default().trim_end_matches(['）', ')', ' ', '　']);
        let lead = self.rules.find(Rule::ImprintLead, inside).map_or(0, |lead| lead.range.end);
        let rest = inside.get(lead..).unwrap_or_default();
        let lead = lead + bracket;
        let department = departments(self.rules, rest).next();
        if let Some(department) = department.filter(|_| self.cover.head.publisher.is_none()) {
            let start = lead + rest.find(department).unwrap_or(0);
            let publisher = line.text.slice(start..start + department.len());
            self.cover.head.publisher = Some(self.text(&publisher));
            self.cover.taken.placed.push(publisher);
            found = true;
        }
        if found {
            self.taken.push((line.block, line.text.clone()));
        }
    }

    fn name(&mut self, line: &Line) {
        if self.organization.is_none() {
            self.organization = Some(line.text.text.trim().to_owned());
            self.take(line.block, line.text.clone());
        }
    }

    /// An imprint in the last lines of the document, for what the cover does not say.
    fn end(&mut self) {
        if self.cover.head.published.is_some() || self.cover.head.publisher.is_some() {
            return;
        }
        let taken = |block: usize| self.taken.iter().any(|(of, _)| *of == block);
        let blocks = self.document.blocks.iter().enumerate().rev().take(TAIL_LINES);
        let lines = blocks.filter(|(block, _)| !taken(*block)).filter_map(|(block, content)| match content {
            Block::Paragraph(_) => lines_of(self.document, self.rules, block, content),
            Block::Table(_) => None,
        });
        let lines: Vec<_> = lines.flatten().collect();
        for line in lines.iter().filter(|line| imprint_part(line, self.rules) == Part::Imprint) {
            self.imprint(line);
        }
    }

    /// The title from a running head, for documents that print none on the first page.
    fn running_head(&mut self) {
        if self.cover.head.title.is_some() {
            return;
        }
        let title = self.document.furniture.iter().find(|line| self.rules.matches(Rule::PlanTitle, &line.text));
        self.cover.head.title = title.map(|title| self.text(title));
    }

    /// The body's name: the title's before the department's, and one of the table before one by its ending. Its code
    /// may need the prefecture, which the cover or else the text names.
    fn organization(&mut self, lines: &[Line]) {
        let head = &self.cover.head;
        let text = |text: &Option<Text>| text.as_ref().map(|text| self.without_lead(&text.text));
        let printed = [self.organization.clone(), text(&head.title), text(&head.subtitle), text(&head.publisher)];
        let printed: Vec<String> = printed.into_iter().flatten().collect();
        let known = printed.iter().find_map(|text| governments::name_at_start(text).map(str::to_owned));
        let named: Vec<String> = printed.iter().filter_map(|text| self.named(text)).collect();
        let twice = named.iter().find(|name| printed.iter().filter(|text| text.starts_with(name.as_str())).count() > 1);
        let last = self.named(printed.last().map_or("", String::as_str));
        let Some(name) = known.or_else(|| twice.cloned()).or(last).or_else(|| named.first().cloned()) else { return };
        let cover: String = lines.iter().map(|line| line.text.text.as_str()).collect();
        let code = governments::code(&name, &cover).or_else(|| governments::code(&name, &self.prose()));
        self.cover.head.organization = Some(Organization { name, code });
    }

    /// The text of all paragraphs.
    fn prose(&self) -> String {
        let paragraphs = self.document.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.text.as_str()),
            Block::Table(_) => None,
        });
        paragraphs.chain(self.document.furniture.iter().map(|line| line.text.as_str())).collect()
    }

    /// A title without the year and the number of the plan that it begins with.
    fn without_lead(&self, text: &str) -> String {
        let year = year::find(self.rules, text).filter(|year| year.range.start == 0).map_or(0, |year| year.range.end);
        let rest = text.get(year..).unwrap_or_default().trim_start_matches(['の', ' ', '　', '版']);
        let ordinal = rest.strip_prefix('第').and_then(|rest| rest.split_once(['次', '期']));
        let ordinal = ordinal.filter(|(number, _)| number.chars().count() <= 3).map(|(_, rest)| rest);
        ordinal.unwrap_or(rest).trim_start().to_owned()
    }

    /// The name of a body that the table does not know, by its ending.
    fn named(&self, text: &str) -> Option<String> {
        let found = self.rules.find(Rule::Organization, text)?;
        text.get(found.range_of("name")?).map(str::to_owned)
    }

    /// The year reported on: the subtitle's, else the title's, else that of the first heading that names one.
    fn fiscal_year(&mut self, lines: &[Line]) {
        let head = &self.cover.head;
        let titles = [&head.subtitle, &head.title].into_iter().flatten().map(|text| text.text.clone());
        let others = lines.iter().map(|line| line.text.text.clone()).filter(|text| dated(self.rules, text).is_none());
        let blocks = self.document.blocks.iter().take(HEAD_LINES).flat_map(|block| match block {
            Block::Paragraph(p) if !is_sentence(&p.text.text) => vec![p.text.text.clone()],
            Block::Paragraph(_) => Vec::new(),
            Block::Table(t) => {
                let labels = t.cells.iter().take(HEAD_LINES).map(|cell| cell.text.text.clone());
                labels.filter(|text| self.rules.label(text).is_some_and(|label| label.role == Role::Actions)).collect()
            }
        });
        let found = titles.chain(others).chain(blocks).find_map(|text| reported(self.rules, &text));
        self.cover.head.fiscal_year = found;
    }

    fn finish(mut self) -> Cover {
        for (block, content) in self.document.blocks.iter().enumerate() {
            let lines: Vec<_> = self.taken.iter().filter(|(of, _)| *of == block).map(|(_, line)| line).collect();
            if lines.is_empty() {
                continue;
            }
            let mut rest = Passage::default();
            for line in lines_of(self.document, self.rules, block, content).unwrap_or_default() {
                if !lines.contains(&&line.text) {
                    rest.append("\n", &line.text);
                }
            }
            self.cover.taken.blocks.push((block, rest));
        }
        self.cover
    }
}

/// The one fiscal year that `text` names; a span of years (令和２年度～令和６年度) is that of the plan.
fn reported(rules: &Rules, text: &str) -> Option<FiscalYear> {
    let first = year::find(rules, text)?;
    let after = text.get(first.range.end..)?;
    let span = after.trim_start().starts_with(['～', '〜', '~', '-', '－', 'か', '―', '–']);
    let fiscal = first.kind == year::Kind::Fiscal && !span && year::find(rules, after).is_none();
    fiscal.then(|| first.into())
}

#[cfg(test)]
mod tests {
    use super::{Cover, read};
    use crate::document::{Block, Document, Paragraph, Passage};
    use crate::report::rules::Rules;

    fn cover(lines: &[&str]) -> Cover {
        let paragraph = |(i, text): (usize, &&str)| {
            let text = Passage { text: (*text).to_owned(), origins: Vec::new() };
            let size = if i < 2 { 1.4 } else { 1.0 };
            Block::Paragraph(Paragraph { text, size, page: 1, ..Paragraph::default() })
        };
        let document = Document { blocks: lines.iter().enumerate().map(paragraph).collect(), ..Document::default() };
        read(&document, Rules::named("general").unwrap())
    }

    /// title | subtitle | organization | code | publisher | year | date
    #[track_caller]
    fn case(lines: &[&str], expected: &str) {
        let head = cover(lines).head;
        let text = |text: Option<crate::report::Text>| text.map(|t| t.text).unwrap_or_default();
        let (name, code) = head.organization.map(|o| (o.name, o.code.unwrap_or_default())).unwrap_or_default();
        let year = head.fiscal_year.map(|y| y.year.to_string()).unwrap_or_default();
        let date = head.published.map(|p| p.date).unwrap_or_default();
        let read = [text(head.title), text(head.subtitle), name, code, text(head.publisher), year, date].join("|");
        assert_eq!(read, expected);
    }

    #[test]
    fn a_cover_page() {
        case(
            &["小金井市特定事業主行動計画", "進捗状況(令和5年度)", "令和6年9月", "小金井市総務部職員課"],
            "小金井市特定事業主行動計画|進捗状況(令和5年度)|小金井市|132101|小金井市総務部職員課|2023|2024-09",
        );
    }

    #[test]
    fn date_and_department_in_one_line() {
        case(
            &["西川市第三次特定事業主行動計画", "進捗管理表（令和６年度）", "令和７年７月　西川市総務部職員課"],
            "西川市第三次特定事業主行動計画|進捗管理表（令和６年度）|西川市||西川市総務部職員課|2024|2025-07",
        );
    }

    #[test]
    fn the_body_is_found_behind_the_period_of_the_plan() {
        case(
            &[
                "第２期風見町まち・ひと・しごと創生総合戦略",
                "重要業績評価指標（KPI）の進捗状況（令和５年度）",
                "令和６年10月",
            ],
            "第２期風見町まち・ひと・しごと創生総合戦略|重要業績評価指標（KPI）の進捗状況（令和５年度）|風見町|||2023|2024-10",
        );
    }

    #[test]
    fn a_title_in_one_line_and_a_year_above_the_title() {
        case(
            &["東村山市女性活躍推進計画の実施状況（令和４年度）", "令和５年６月30日", "総務部人事課"],
            "東村山市女性活躍推進計画の実施状況（令和４年度）||東村山市|132136|総務部人事課|2022|2023-06-30",
        );
        case(
            &["令和４年度", "青波市特定事業主行動計画", "実施状況報告書", "令和５年６月", "青波市"],
            "令和４年度青波市特定事業主行動計画|実施状況報告書|青波市|||2022|2023-06",
        );
    }

    #[test]
    fn a_span_of_years_is_the_plans_and_a_counting_day_is_no_date_of_publication() {
        case(
            &["青波市行動計画（令和２年度～令和６年度）", "令和５年度の取組状況", "令和６年３月31日現在", "職員課"],
            "青波市行動計画（令和２年度～令和６年度）|令和５年度の取組状況|青波市||職員課|2023|",
        );
    }

    #[test]
    fn lines_of_the_body_are_left() {
        let cover = cover(&[
            "青波市行動計画",
            "令和５年度実施状況",
            "総務部人事課",
            "はじめに",
            "本市では、計画を定めています。",
        ]);
        let blocks: Vec<_> = cover.taken.blocks.iter().map(|(block, _)| *block).collect();
        assert_eq!(blocks, [0, 1, 2]);
    }
}
