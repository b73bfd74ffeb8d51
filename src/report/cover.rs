//! What the cover says: title, subtitle, public body, department, year reported on, date of publication. It is read
//! from the lines before the first table or sentence, on a page of their own or at the top of the first page; what is
//! missing there is looked for in the last lines of the document and in the running heads.

mod part;

use super::heading::BRACKETS;
use super::rules::{Role, Rule, Rules};
use super::values::{date, figure, year};
use super::{FiscalYear, Head, Organization, Published, Text, governments};
use crate::document::{Block, Document, Passage};
use part::{Line, Part};

/// Lines at the head of a document among which the cover is looked for.
const HEAD_LINES: usize = 24;

/// A line of the imprint with no more than this, in characters, holds nothing but date and department.
const IMPRINT_LENGTH: usize = 40;

/// Lines at the end of a document in which an imprint is looked for.
const TAIL_LINES: usize = 6;

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

/// Reads the head of `document`.
#[must_use]
pub fn read(document: &Document, rules: &Rules) -> Cover {
    let lines = part::head_lines(document, rules);
    let mut reader = Reader { document, rules, cover: Cover::default(), organization: None, taken: Vec::new() };
    let parts = part::parts(&lines, rules);
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
        if let Some(range) = part::dated(self.rules, text).filter(|_| self.cover.head.published.is_none())
            && let Some(date) = date::find(self.rules, text)
        {
            let label = line.text.slice(range);
            let at = self.document.places(&label, false);
            self.cover.head.published = Some(Published { label: label.text.clone(), date: date.iso(), at });
            self.cover.taken.placed.push(label);
            found = true;
        }
        let department = part::department(self.rules, text, part::dated(self.rules, text));
        if let Some(department) = department.filter(|_| self.cover.head.publisher.is_none()) {
            let start = text.find(department).unwrap_or(0);
            let publisher = line.text.slice(start..start + department.len());
            self.cover.head.publisher = Some(self.text(&publisher));
            self.cover.taken.placed.push(publisher);
            found = true;
        }
        if found {
            // What introduces date and department, as far as it is no more than that.
            if text.chars().count() <= IMPRINT_LENGTH {
                self.cover.taken.structure.push(line.text.clone());
            }
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
        if self.cover.head.publisher.is_some() {
            return;
        }
        // Beside a date on the cover a department at the end can be that of the last initiative: it names its body, then.
        let dated = self.cover.head.published.is_some();
        let names_body = |text: &str| governments::name_at_start(text).is_some() || self.named(text).is_some();
        let taken = |block: usize| self.taken.iter().any(|(of, _)| *of == block);
        let blocks = self.document.blocks.iter().enumerate().rev().take(TAIL_LINES);
        let lines = blocks.filter(|(block, _)| !taken(*block)).filter_map(|(block, content)| match content {
            Block::Paragraph(_) => part::lines_of(self.document, self.rules, block, content),
            Block::Table(_) => None,
        });
        let lines: Vec<_> = lines.flatten().filter(|line| !dated || names_body(line.text.text.trim_start())).collect();
        for line in lines.iter().filter(|line| part::imprint_part(line, self.rules) == Part::Imprint) {
            self.imprint(line);
        }
    }

    /// The title from a running head, for documents that print none on the first page.
    fn running_head(&mut self) {
        if self.cover.head.title.is_some() {
            return;
        }
        let heads = self.document.furniture.iter();
        let named = |rule| heads.clone().find(|line| self.rules.matches(rule, &line.text));
        // A sheet for each page has its title on all of them.
        let title = named(Rule::PlanTitle).or_else(|| named(Rule::ReportTitle));
        if let Some(title) = title {
            self.cover.head.title = Some(self.text(title));
            self.cover.taken.placed.push(title.clone());
        }
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

    /// The year reported on: the subtitle's, else the title's, else that of the first heading that names one, else what
    /// the first sentences or the headings of columns say, else that of the edition.
    fn fiscal_year(&mut self, lines: &[Line]) {
        let head = &self.cover.head;
        let titles = [&head.subtitle, &head.title].into_iter().flatten().map(|text| text.text.as_str());
        let others =
            lines.iter().map(|line| line.text.text.as_str()).filter(|text| part::dated(self.rules, text).is_none());
        let blocks = self.document.blocks.iter().take(HEAD_LINES).flat_map(|block| match block {
            Block::Paragraph(p) if !part::is_sentence(&p.text.text) => vec![p.text.text.as_str()],
            Block::Paragraph(_) => Vec::new(),
            Block::Table(t) => {
                let labels = t.cells.iter().take(HEAD_LINES).map(|cell| cell.text.text.as_str());
                labels.filter(|text| self.rules.label(text).is_some_and(|label| label.role == Role::Actions)).collect()
            }
        });
        let blocks = blocks.filter(|text| !self.sets_target(text));
        let others = others.chain(blocks).filter(|text| !self.is_of_list(text));
        let texts: Vec<&str> = titles.chain(others).collect();
        let last = self.cover.head.published.as_ref().and_then(|date| year::find(self.rules, &date.label));
        // What was published has been done.
        let past = |year: &FiscalYear| last.as_ref().is_none_or(|last| year.year <= last.year);
        // 令和４年度版 is the edition; 令和３年度実績 beside it is what it reports.
        let found = |which| texts.iter().find_map(|text| reported(self.rules, text, which).filter(past));
        let told = found(Said::Plainly).or_else(|| self.year_in_sentence()).or_else(|| self.year_of_columns());
        let told = told.or_else(|| found(Said::Edition)).or_else(|| found(Said::Span));
        self.cover.head.fiscal_year = told.or_else(|| self.year_of_lines());
    }

    /// Whether a line is an item of a list, a figure of one year, or gives a value of the year when the plan was made: it
    /// says nothing of the whole report.
    fn is_of_list(&self, text: &str) -> bool {
        let bare = text.trim_start();
        let is_open = |c: char| BRACKETS.iter().any(|(open, _)| c == *open);
        let ends = |c: char| "：:　 ".contains(c) || BRACKETS.iter().any(|(_, close)| c == *close);
        let word = bare.trim_start_matches(is_open).split(ends).next();
        let word = word.and_then(|word| self.rules.label(word));
        let figure = || {
            let told = year::find(self.rules, bare).filter(|year| year.range.start == 0)?;
            let rest = bare.get(told.range.end..)?.strip_prefix(['：', ':', '　', ' '])?;
            figure::read(self.rules, &Passage { text: rest.to_owned(), origins: Vec::new() }, None)
        };
        bare.starts_with(['・', '•', '●', '○', '-'])
            || figure().is_some()
            || word.is_some_and(|label| matches!(label.role, Role::Target | Role::Baseline))
    }

    /// The last of the years that begin lines, where these are a history up to the year before the publication.
    fn year_of_lines(&self) -> Option<FiscalYear> {
        let published = year::find(self.rules, &self.cover.head.published.as_ref()?.label)?;
        let paragraphs = self.document.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.text.as_str()),
            Block::Table(_) => None,
        });
        let lines =
            paragraphs.flat_map(str::lines).map(|line| line.trim_start_matches(['・', '•', '○', '●', ' ', '　']));
        let begins = |line: &str| {
            let found = year::find(self.rules, line).filter(|year| year.range.start == 0)?;
            let set_off = line.get(found.range.end..)?.starts_with(['：', ':', '　', ' ']);
            (set_off && found.kind == year::Kind::Fiscal && found.year <= published.year).then_some(found)
        };
        let years: Vec<year::Year> = lines.filter_map(begins).collect();
        let last = years.iter().max_by_key(|year| year.year)?;
        let several = years.iter().any(|year| year.year < last.year);
        (several && published.year - last.year <= 1).then(|| last.clone().into())
    }

    /// Whether a line sets a target, which is due in a year to come: 育児休業取得率　50％以上（令和７年度）.
    fn sets_target(&self, text: &str) -> bool {
        let bounds = [Rule::AtLeast, Rule::AtMost, Rule::LessThan, Rule::MoreThan];
        self.rules.matches(Rule::TargetLead, text)
            || text.contains(char::is_numeric) && bounds.iter().any(|rule| self.rules.matches(*rule, text))
    }

    /// 「令和５年度における実施状況を公表します。」
    fn year_in_sentence(&self) -> Option<FiscalYear> {
        let sentences = self.document.blocks.iter().take(HEAD_LINES).filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.text.as_str()),
            Block::Table(_) => None,
        });
        // The period of the plan, or the year of a law, can stand before it in the sentence.
        sentences.flat_map(|text| text.split_inclusive('。')).find_map(|text| {
            year::each(self.rules, text).find_map(|found| {
                let after = text.get(found.range.end..)?.trim_start();
                let said = found.kind == year::Kind::Fiscal && self.rules.matches(Rule::ReportedIn, after);
                said.then(|| found.into())
            })
        })
    }

    /// The one year of the columns that tell what was done: 令和５年度の取組内容. Several years are a history.
    fn year_of_columns(&self) -> Option<FiscalYear> {
        let tables = self.document.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(_) => None,
            Block::Table(table) => Some(table),
        });
        let labels = tables.flat_map(|table| table.cells.iter().take(HEAD_LINES)).map(|cell| &cell.text.text);
        let tells = |text: &str| {
            self.rules.label(text).is_some_and(|label| {
                matches!(label.role, Role::Description | Role::Result | Role::Grade | Role::Status)
            })
        };
        let mut years = labels.filter(|text| tells(text)).filter_map(|text| reported(self.rules, text, Said::Plainly));
        let first = years.next()?;
        years.all(|year| year.year == first.year).then_some(first)
    }

    fn finish(mut self) -> Cover {
        for (block, content) in self.document.blocks.iter().enumerate() {
            let lines: Vec<_> = self.taken.iter().filter(|(of, _)| *of == block).map(|(_, line)| line).collect();
            if lines.is_empty() {
                continue;
            }
            let mut rest = Passage::default();
            for line in part::lines_of(self.document, self.rules, block, content).unwrap_or_default() {
                if !lines.contains(&&line.text) {
                    rest.append("\n", &line.text);
                }
            }
            self.cover.taken.blocks.push((block, rest));
        }
        self.cover
    }
}

/// How a text names the year reported on.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    /// 令和５年度実施状況.
    Plainly,
    /// 令和５年度版.
    Edition,
    /// 実施状況の推移（平成28年度～令和４年度）: the last of a span, which without such words is that of the plan.
    Span,
}

/// The fiscal year that `text` names in the way of `said`.
fn reported(rules: &Rules, text: &str, said: Said) -> Option<FiscalYear> {
    let first = year::find(rules, text)?;
    let after = text.get(first.range.end..)?.trim_start();
    let second = year::find(rules, after);
    let span = year::SPANS.iter().any(|sign| after.starts_with(sign));
    let how = match (span, after.starts_with('版')) {
        (true, _) => Said::Span,
        (false, true) => Said::Edition,
        (false, false) => Said::Plainly,
    };
    let results =
        |text: &str, year: &year::Year| rules.matches(Rule::ReportedYear, text.get(year.range.end..).unwrap_or(""));
    // 令和５年度末（令和６年３月31日）時点 names one year and its last day.
    let in_bracket = after.trim_start_matches('末').starts_with(['（', '(']);
    let second = second.filter(|second| !in_bracket || second.kind != year::Kind::Instant);
    let named = match (how, second) {
        (Said::Span, second) => second.filter(|_| rules.matches(Rule::ReportTitle, text)),
        (_, None) => Some(first),
        // 令和６年度評価・令和５年度実績.
        (_, Some(second)) => match (results(text, &first), results(after, &second)) {
            (true, false) => Some(first),
            (false, true) => Some(second),
            _ => None,
        },
    };
    let named = named.filter(|year| how == said && year.kind == year::Kind::Fiscal)?;
    let label = named.label.trim_end_matches('末').to_owned();
    Some(FiscalYear { label, year: named.year })
}

#[cfg(test)]
mod tests;
