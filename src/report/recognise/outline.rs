//! The headings that hold at a place of the document. Levels show in the style of labels; where a style comes again
//! the numbers tell whether it goes on or begins anew below other headings.

use crate::report::heading::Heading;
use crate::report::rules::{Rule, Rules};
use crate::report::values::fold::same_key;

/// By how much of the body's size a heading must be larger than another one to stand above it.
const LARGER: f32 = 0.05;

/// The open headings, outermost first.
#[derive(Debug, Default)]
pub(super) struct Outline {
    headings: Vec<Heading>,
    levels: Vec<Level>,
    /// Headings that a level of the plan ended, with their depth: `２　今後の予定` goes on with `１　概要`.
    ended: Vec<(Heading, usize)>,
    /// What stands between the innermost heading and the next table and opens no level: its mark, its place among all.
    captions: Vec<(String, usize)>,
}

/// A heading as it stands in the document, on its way into a value or into prose.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) heading: Heading,
    /// Its size against the body.
    pub(super) size: f32,
    /// How many paragraphs of prose stand before it.
    pub(super) before: usize,
    /// Whether it is no text of its own: the caption of the table right below it, or one that says that it goes on.
    pub(super) caption: bool,
    /// Whether it is a sentence that sets a target, which figures may have taken.
    pub(super) is_told: bool,
    /// The place among all headings of the one that it prints again.
    pub(super) first: Option<usize>,
}

impl Standing {
    pub(super) fn new(heading: Heading, size: f32, before: usize) -> Self {
        Self { heading, size, before, caption: false, is_told: false, first: None }
    }
}

/// What is known of an open heading.
#[derive(Debug)]
struct Level {
    /// Its place among all headings, if it is one of these.
    at: Option<usize>,
    /// Its size against the body.
    size: f32,
    /// Whether a table stands right below it.
    filled: bool,
    /// Whether numbered headings stood below it.
    parted: bool,
}

impl Outline {
    /// The open headings, outermost first.
    pub(super) fn open(&self) -> &[Heading] {
        &self.headings
    }

    /// The innermost heading.
    pub(super) fn last(&self) -> Option<&Heading> {
        self.headings.last()
    }

    /// Takes all headings out, for a narrative that goes on below them.
    pub(super) fn take(&mut self) -> Vec<Heading> {
        self.levels.clear();
        self.ended.clear();
        self.captions.clear();
        std::mem::take(&mut self.headings)
    }

    /// Goes on with the headings that hold at the end of a narrative. Their sizes are not known: the body's.
    pub(super) fn resume(&mut self, headings: Vec<Heading>) {
        self.levels = headings.iter().map(|_| Level { at: None, size: 1.0, filled: false, parted: false }).collect();
        self.headings = headings;
    }

    /// A table stands below the innermost heading.
    pub(super) fn fill(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.filled = true;
        }
    }

    /// The place among all headings of the open one that a heading prints again, as at the top of the next page.
    pub(super) fn again(&self, heading: &Heading) -> Option<usize> {
        let at = self.headings.iter().position(|known| known.mark() == heading.mark())?;
        let same = same_key(&self.headings.get(at)?.plain().text, &heading.plain().text);
        self.levels.get(at).filter(|_| same)?.at
    }

    /// Takes in what stands over the next table and opens no level.
    pub(super) fn caption(&mut self, mark: &str, at: usize) {
        let known = self.captions.iter().position(|(known, _)| known == mark).unwrap_or(self.captions.len());
        self.captions.truncate(known);
        self.captions.push((mark.to_owned(), at));
    }

    /// The places of the headings over a table, outermost first. One without a number closes what is printed smaller;
    /// without a sign, too, what is as large: it can be of any level.
    pub(super) fn over(&self, standing: &[Standing]) -> Vec<usize> {
        let captions = self.captions.iter().map(|(_, at)| *at);
        let mut over: Vec<usize> = Vec::new();
        for at in self.levels.iter().filter_map(|level| level.at).chain(captions) {
            let Some(own) = standing.get(at) else { continue };
            if own.heading.label.is_none() {
                let least = if own.heading.mark().is_empty() { own.size + LARGER } else { own.size - LARGER };
                let closed = |outer: &usize| standing.get(*outer).is_some_and(|outer| outer.size < least);
                over.truncate(over.iter().position(closed).unwrap_or(over.len()));
            }
            over.push(own.first.unwrap_or(at));
        }
        over
    }

    /// Takes in a heading, which is the one at `at` among all: it ends those of its own level and all below.
    pub(super) fn push(&mut self, rules: &Rules, heading: Heading, size: f32, at: usize) {
        self.captions.clear();
        let style = heading.mark();
        let known = self.headings.iter().position(|known| known.mark() == style);
        match known {
            Some(level) if self.begins_anew(rules, level, &heading) => self.lift(rules, level),
            Some(level) => self.truncate(level),
            None if style.is_empty() => {
                while self.levels.last().is_some_and(|last| size > last.size + LARGER) {
                    self.truncate(self.headings.len() - 1);
                }
            }
            None => match self.ended.iter().position(|(ended, _)| goes_on(ended, &heading)) {
                Some(at) => {
                    let level = self.ended.swap_remove(at).1;
                    self.truncate(level);
                }
                None if is_plan_level(rules, &heading) => self.end_chapters(rules),
                None => {}
            },
        }
        if heading.label.is_some()
            && let Some(above) = self.levels.last_mut()
        {
            above.parted = true;
        }
        self.headings.push(heading);
        self.levels.push(Level { at: Some(at), size, filled: false, parted: false });
    }

    /// Whether a heading of a known style is the first one below the levels of the plan that came up since:
    /// `（２）集計`, `基本目標Ⅰ`, `（１）広報`.
    fn begins_anew(&self, rules: &Rules, level: usize, heading: &Heading) -> bool {
        let below = self.headings.get(level + 1..).unwrap_or_default();
        let first = heading.number() == Some(1) && self.headings.get(level).and_then(Heading::number).is_some();
        first && !is_plan_level(rules, heading) && below.iter().any(|below| is_plan_level(rules, below))
    }

    /// Before a level of the plan end the chapters that it cannot stand below: those with numbered parts of another
    /// style, such a part with its own table, and those that say to be an overview.
    fn end_chapters(&mut self, rules: &Rules) {
        let is_overview = |heading: &Heading| rules.matches(Rule::Overview, &heading.plain().text);
        if let Some(at) = self.headings.iter().position(is_overview) {
            self.end(at);
        }
        while let (Some(last), Some(level)) = (self.headings.last(), self.levels.last()) {
            let chapter = level.parted || level.filled && last.is_part();
            if !chapter || rules.matches(Rule::Level, &last.whole.text) {
                break;
            }
            self.end(self.headings.len() - 1);
        }
    }

    /// Ends the heading at `level` and those below it; a later one may go on with its number.
    fn end(&mut self, level: usize) {
        if let Some(heading) = self.headings.get(level) {
            self.ended.retain(|(known, _)| known.style != heading.style);
            self.ended.push((heading.clone(), level));
        }
        self.truncate(level);
    }

    fn truncate(&mut self, level: usize) {
        self.headings.truncate(level);
        self.levels.truncate(level);
        self.ended.retain(|(_, depth)| *depth <= level);
    }

    /// Takes out the heading at `level`, and the chapters above it, which have parts of its style: what came since
    /// stands below none of them.
    fn lift(&mut self, rules: &Rules, level: usize) {
        let open = self.headings.get(..level).unwrap_or_default();
        let chapters = open.iter().rev().take_while(|above| !rules.matches(Rule::Level, &above.whole.text)).count();
        let top = level - chapters;
        self.ended.extend(self.headings.get(top).filter(|_| chapters > 0).map(|chapter| (chapter.clone(), top)));
        self.headings.drain(top..=level);
        self.levels.drain(top..=level);
    }
}

fn is_plan_level(rules: &Rules, heading: &Heading) -> bool {
    heading.label.is_some() && rules.matches(Rule::Level, &heading.whole.text)
}

/// Whether a heading has the number after that of another one of its style.
fn goes_on(ended: &Heading, heading: &Heading) -> bool {
    let next = ended.number().and_then(|number| number.checked_add(1));
    ended.style == heading.style && !heading.style.is_empty() && next.is_some() && next == heading.number()
}
