//! The lines of a narrative that a word introduces: 課題：…, 【評価】 Ａ, イ　実績　…. Words stand there that the vocabulary
//! knows; another is believed where it comes again below another heading. So is a numbered one, which is a heading
//! elsewhere.

use super::{bare, labels};
use crate::document::Passage;
use crate::report::FiscalYear;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Fit, Role, Rule};
use crate::report::values::fold::key;
use std::collections::{BTreeMap, BTreeSet};

/// So many numbered words one after the other below a heading introduce their lines.
const ROW_OF_WORDS: usize = 3;
/// Signs of lists that can begin headings.
const LIST_MARKS: [char; 4] = ['○', '●', '◎', '〇'];
/// Headings below which a word must come that nothing else tells.
const FEWEST_HEADINGS: usize = 2;

/// A line taken apart.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) role: Role,
    /// The word that introduces it.
    pub(super) label: Passage,
    pub(super) text: Passage,
    /// The year that the word names: 令和６年度の計画.
    pub(super) year: Option<FiscalYear>,
}

/// Which words introduce lines in one narrative.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Numbered words, each with the style of its number.
    numbered: BTreeSet<String>,
    /// Words that the vocabulary does not know.
    unknown: BTreeSet<String>,
    /// Signs of lists that begin headings here.
    marks: Vec<char>,
    /// First glyphs of headings without number or sign, with their levels.
    bare: BTreeMap<u32, &'static str>,
}

/// How often words come: below how many headings, and the number of the last of these.
type Count = BTreeMap<String, (usize, usize)>;

impl Fields {
    /// Looks through the lines of a narrative.
    pub(super) fn find(context: &Context, lines: &[Passage]) -> Self {
        let mut fields = Self { marks: marks(context, lines), bare: bare::find(context, lines), ..Self::default() };
        let (mut words, mut unknown) = (Count::new(), Count::new());
        let mut barred: Vec<String> = Vec::new();
        let mut owners: Vec<String> = Vec::new();
        let mut headings = 0;
        let mut row: Vec<Numbered> = Vec::new();
        let mut before: Option<String> = None;
        for line in lines {
            let word = numbered(context, line).filter(|word| {
                let in_row = row.first().is_none_or(|first| first.style == word.style);
                in_row && !owners.is_empty() && !owners.contains(&word.style)
            });
            if let Some(word) = word {
                count(&mut words, word.key(), headings);
                before = Some(word.key()).filter(|_| word.alone);
                row.push(word);
                continue;
            }
            let Some(heading) = super::plain_heading(context, line, &fields.marks) else {
                before = None;
                if let Some(word) = labels::unknown(context, line).filter(|_| headings > 0) {
                    count(&mut unknown, word, headings);
                }
                continue;
            };
            match owners.iter().position(|style| *style == heading.style) {
                Some(level) => owners.truncate(level),
                // A heading right below a word says that the word is one, too.
                None => barred.extend(before.take()),
            }
            before = None;
            owners.push(heading.style);
            headings += 1;
            fields.take_row(&mut row);
        }
        fields.take_row(&mut row);
        fields.numbered.extend(often(words));
        fields.numbered.retain(|word| !barred.contains(word));
        fields.unknown.extend(often(unknown));
        fields
    }

    fn take_row(&mut self, row: &mut Vec<Numbered>) {
        let words: BTreeSet<String> = row.drain(..).map(|word| word.key()).collect();
        if words.len() >= ROW_OF_WORDS {
            self.numbered.extend(words);
        }
    }

    /// Signs of lists that begin headings in this narrative.
    pub(super) fn marks(&self) -> &[char] {
        &self.marks
    }

    /// A heading without number or sign.
    pub(super) fn bare(&self, context: &Context, line: &Passage) -> Option<Heading> {
        if self.bare.is_empty() { None } else { bare::heading(context, &self.bare, line) }
    }

    /// Whether a line begins with a number that makes no heading of it.
    pub(super) fn is_numbered(&self, context: &Context, line: &Passage) -> bool {
        self.start(context, line) > 0
    }

    /// Where the word stands that may introduce the line: behind its number, if it has one.
    fn start(&self, context: &Context, line: &Passage) -> usize {
        if self.numbered.is_empty() {
            return 0;
        }
        numbered(context, line).filter(|word| self.numbered.contains(&word.key())).map_or(0, |word| word.start)
    }

    /// Takes a line apart that a word introduces.
    pub(super) fn read(&self, context: &Context, line: &Passage) -> Option<Field> {
        let start = self.start(context, line);
        let bare = line.slice(start..line.text.len());
        let leads =
            [(Rule::GradeLead, Role::Grade), (Rule::ActualLead, Role::Result), (Rule::TargetLead, Role::Target)];
        let led = leads.into_iter().find_map(|(rule, role)| {
            let (label, text) = after(context, rule, &bare)?;
            Some(Field { role, label, text, year: None })
        });
        led.or_else(|| labels::labelled(context, &bare, start > 0)).or_else(|| {
            let is_known = |word: &String| self.unknown.contains(word);
            let unknown = !self.unknown.is_empty() && labels::unknown(context, line).as_ref().is_some_and(is_known);
            unknown.then(|| labels::parted(line)).flatten()
        })
    }

    /// What a line means that is nothing but the word that introduces the next one.
    pub(super) fn alone(&self, context: &Context, line: &Passage) -> Option<Role> {
        match numbered(context, line).filter(|word| self.numbered.contains(&word.key())) {
            Some(word) => word.alone.then_some(word.role),
            None => labels::alone(context, line),
        }
    }

    /// What the word means that introduces a line, or that a line is.
    pub(super) fn role(&self, context: &Context, line: &Passage) -> Option<Role> {
        self.read(context, line).map(|field| field.role).or_else(|| self.alone(context, line))
    }

    /// Whether paragraphs without a word of their own go on with what `line` introduces.
    pub(super) fn go_on(&self, context: &Context, role: Role, line: &Passage) -> bool {
        let told_once = matches!(role, Role::Grade | Role::Responsible);
        labels::goes_on(role, line) || !told_once && self.is_numbered(context, line)
    }
}

/// Signs of lists behind which the names of initiatives stand: each line that begins with one has a line below it that a
/// word introduces, and none itself.
fn marks(context: &Context, lines: &[Passage]) -> Vec<char> {
    let led =
        |line: &Passage| labels::labelled(context, line, false).is_some() || labels::alone(context, line).is_some();
    let begins = |line: &Passage, mark: char| line.text.trim_start().starts_with(mark);
    let names = |mark: char| {
        let mut count = 0;
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| begins(line, mark)) {
            let below = lines.get(at + 1).is_some_and(|next| led(next) && !begins(next, mark));
            if !below || led(line) || !Heading::could_be(context.rules, line) {
                return false;
            }
            count += 1;
        }
        count >= FEWEST_HEADINGS
    };
    LIST_MARKS.into_iter().filter(|mark| names(*mark)).collect()
}

fn count(words: &mut Count, word: String, heading: usize) {
    let (count, last) = words.entry(word).or_insert((0, usize::MAX));
    *count += usize::from(*last != heading);
    *last = heading;
}

fn often(words: Count) -> impl Iterator<Item = String> {
    words.into_iter().filter(|(_, (count, _))| *count >= FEWEST_HEADINGS).map(|(word, _)| word)
}

/// A word behind a number.
struct Numbered {
    role: Role,
    style: String,
    word: String,
    /// Where it begins in its line.
    start: usize,
    /// Whether nothing follows it.
    alone: bool,
}

impl Numbered {
    fn key(&self) -> String {
        format!("{} {}", self.style, self.word)
    }
}

/// The word of the vocabulary behind the number that a line begins with.
fn numbered(context: &Context, line: &Passage) -> Option<Numbered> {
    let heading = Heading::read(context.rules, line);
    let (start, style) = match &heading.label {
        Some(label) => (line.text.find(&label.text)? + label.text.len(), heading.style),
        // A letter-spaced word takes in the letter before it: ア計画　….
        None => {
            let text = line.text.trim_start();
            let letter = text.chars().next().filter(|c| ('ア'..='コ').contains(c))?;
            (line.text.len() - text.len() + letter.len_utf8(), "ア".to_owned())
        }
    };
    let rest = line.text.get(start..)?;
    let start = line.text.len() - rest.trim_start_matches([' ', '\u{3000}', '.', '．', '、']).len();
    let rest = line.text.get(start..)?;
    let end = labels::end_of_word(rest).unwrap_or(rest.len());
    let word = rest.get(..end)?.trim_start_matches(labels::is_lead);
    let label = context.rules.label(word).filter(|label| label.fit == Fit::Whole)?;
    let alone = rest.get(end..)?.trim_matches(|c: char| c.is_whitespace() || "：:】〕］)）".contains(c)).is_empty();
    labels::may_introduce(label.role).then(|| Numbered {
        role: label.role,
        style,
        word: key(word).into_owned(),
        start,
        alone,
    })
}

/// The word that introduces a line and what follows it.
pub(super) fn after(context: &Context, rule: Rule, line: &Passage) -> Option<(Passage, Passage)> {
    let end = context.rules.find(rule, &line.text)?.range.end;
    let lead = &line.text[..end];
    let is_frame = |c: char| c.is_whitespace() || "・•●○◆■◇□▼▽◎▶【】[]［］〔〕<>〈〉《》「」()（）:：=".contains(c);
    let start = lead.len() - lead.trim_start_matches(is_frame).len();
    let stop = lead.trim_end_matches(is_frame).len();
    Some((line.slice(start..stop.max(start)), line.slice(end..line.text.len())))
}
