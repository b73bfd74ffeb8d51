//! Takes a table without a header, in which labels stand beside or over their values: one form for each initiative
//! (事業評価シート), or several where they touch. Gives their initiatives, each with the levels that its form names.

mod pairs;

use super::put::{self, Value};
use super::{Field, Read, told};
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};
use crate::report::sections::Draft;
use crate::report::tables::grid::Grid;
use crate::report::values::fold::key;
use crate::report::{FiscalYear, Initiative, Labelled, Text};
use pairs::{Pair, Part, Place};

/// Reads the table as forms; `None` if it is none. `title` is the heading that stands before it.
pub(in crate::report) fn read(context: &mut Context, grid: &Grid, title: Option<&Heading>) -> Option<Read> {
    let titled = title.is_some_and(|title| is_level(context, title));
    let parts = pairs::find(context, grid, if titled { Place::Titled } else { Place::Begins })?;
    let forms = fill(context, parts, Form::default());
    let drafts = forms.into_iter().filter(|form| !form.is_blank()).map(|form| form.draft(context, title)).collect();
    Some(Read { drafts, totals: Vec::new() })
}

/// Puts the parts of a table into `first` and the forms that begin after it.
fn fill(context: &mut Context, parts: Vec<Part>, first: Form) -> Vec<Form> {
    let mut forms = vec![first];
    for part in parts {
        match part {
            Part::Structure(text) => context.ledger.structure(text),
            Part::Banner(text) => {
                context.ledger.structure(text);
                let heading = Heading::read(context.rules, text);
                if let Some(form) = forms.last_mut() {
                    form.cross(heading);
                }
            }
            Part::Pair(pair) => {
                if let Some(across) = forms.last_mut().and_then(|form| form.parted(&pair)) {
                    forms.push(Form { levels: vec![across], is_headed: true, ..Form::default() });
                } else if forms.last().is_some_and(|form| form.ends_before(&pair)) {
                    forms.push(Form::default());
                }
                if let Some(form) = forms.last_mut() {
                    form.first.get_or_insert_with(|| pair.key());
                    form.take(context, &pair);
                }
            }
        }
    }
    forms
}

/// Reads the table in which the sheet goes on whose head, told of the only initiative of `draft`, stands before it. Gives
/// what else begins in the table; `None` if it names its own initiative or is no form.
pub(in crate::report) fn complete(context: &mut Context, grid: &Grid, draft: &mut Draft) -> Option<Read> {
    let parts = pairs::find(context, grid, Place::Begins)?;
    let first = parts.iter().find_map(|part| if let Part::Pair(pair) = part { Some(pair.role) } else { None })?;
    let [initiative] = draft.section.initiatives.as_mut_slice() else { return None };
    if matches!(first, Some(Role::Number | Role::Name | Role::Level)) {
        return None;
    }
    let head = Form { initiative: std::mem::take(initiative), ..Form::default() };
    let mut forms = fill(context, parts, head).into_iter();
    let mut form = forms.next()?;
    form.settle(context);
    *initiative = form.initiative;
    add_years(draft, form.years);
    let drafts = forms.map(|form| form.draft(context, None)).collect();
    Some(Read { drafts, totals: Vec::new() })
}

/// Adds years that a later table names.
fn add_years(draft: &mut Draft, mut more: Vec<FiscalYear>) {
    let years = &mut draft.section.years;
    more.retain(|year| !years.iter().any(|known| known.year == year.year));
    years.append(&mut more);
    years.sort_by_key(|year| year.year);
}

/// Reads a table below a form that says more of the form's initiative, the only one of `draft`; says whether it does.
pub(in crate::report) fn go_on(context: &mut Context, grid: &Grid, draft: &mut Draft) -> bool {
    let [initiative] = draft.section.initiatives.as_mut_slice() else { return false };
    let Some(parts) = pairs::find(context, grid, Place::GoesOn) else { return false };
    let mut form = Form { initiative: std::mem::take(initiative), ..Form::default() };
    for part in parts {
        match part {
            Part::Structure(text) | Part::Banner(text) => context.ledger.structure(text),
            Part::Pair(pair) => form.take(context, &pair),
        }
    }
    form.settle(context);
    *initiative = form.initiative;
    add_years(draft, form.years);
    true
}

/// Whether a heading is one of levels: 施策３　….
fn is_level(context: &Context, title: &Heading) -> bool {
    context.rules.matches(Rule::Level, &title.whole.text)
}

/// Label and title of a heading; 政策２　施策３ are one label.
fn innermost(context: &Context, heading: &Heading) -> (Option<String>, Passage) {
    let inner = Heading::read(context.rules, &heading.title);
    if inner.label.is_some()
        && is_level(context, &inner)
        && let Some(start) = heading.whole.text.rfind(&inner.title.text)
    {
        return (Some(heading.whole.text[..start].trim().to_owned()), inner.title);
    }
    (heading.label.as_ref().map(|label| label.text.clone()), heading.title.clone())
}

/// One initiative on its way.
#[derive(Debug, Default)]
struct Form {
    initiative: Initiative,
    levels: Vec<Heading>,
    /// Whether the last level is the only heading across the form, above all that it says.
    is_headed: bool,
    /// A text without a number that stands there: a name only if the next form has one, too.
    over: Option<Heading>,
    /// The last text across the form below what it says, if nothing follows yet.
    across: Option<Heading>,
    /// The label that it begins with.
    first: Option<String>,
    years: Vec<FiscalYear>,
    /// The label of its description if that is its aim.
    aim: Option<String>,
    /// Whether it has a label 計画, so that 実績 beside it is a result.
    plans: bool,
}

impl Form {
    fn is_blank(&self) -> bool {
        self.initiative == Initiative::default()
    }

    /// Whether the pair begins the next form: a number or name after this one's.
    fn ends_before(&self, pair: &Pair) -> bool {
        let initiative = &self.initiative;
        match pair.role {
            Some(Role::Number) => initiative.label.is_some() || initiative.title.is_some() && self.has_values(),
            Some(Role::Name) => initiative.title.is_some() && self.has_values(),
            Some(Role::Level) => self.has_values(),
            _ => false,
        }
    }

    /// Takes a text across the form.
    fn cross(&mut self, heading: Heading) {
        if !self.is_blank() {
            self.across = Some(heading);
        } else if heading.label.is_some() {
            self.levels.push(heading);
            self.is_headed = true;
        } else {
            self.over = Some(heading);
        }
    }

    /// The text across the table that parts this form from the next, which begins with the same label: it is that one's
    /// name, as the text over this one is this one's. Other texts across a form are headings of its parts.
    fn parted(&mut self, pair: &Pair) -> Option<Heading> {
        let across = self.across.take()?;
        if self.first.as_ref() != Some(&pair.key()) || !self.has_values() {
            self.is_headed = false;
            return None;
        }
        if let Some(over) = self.over.take() {
            self.levels.push(over);
            self.is_headed = true;
        }
        Some(across)
    }

    fn has_values(&self) -> bool {
        !self.initiative.years.is_empty()
    }

    fn take(&mut self, context: &mut Context, pair: &Pair) {
        pair.labels.iter().for_each(|label| context.ledger.structure(label));
        let field = match pair.role {
            // 区分 can say 新規 or 継続, which is no part of the plan.
            Some(Role::Level) if context.rules.matches(Rule::StatusWord, &pair.value.text) => Field::Other,
            Some(Role::Level) => {
                self.levels.push(Heading::read(context.rules, pair.value));
                self.is_headed = false;
                return;
            }
            Some(role) => super::columns::settled(context, Field::of(role), std::iter::once(pair.value)),
            None => Field::Other,
        };
        let field = if told::is_of_a_thing(context, &pair.labels) { Field::Other } else { field };
        if let Some(row) = pair.row {
            self.take_listed(context, pair, row, field);
            return;
        }
        // 令和５年度の取組内容 tells what was done in that year, or what is to be done in one to come.
        let field = match (field, pair.year.as_ref(), context.reported()) {
            (Field::Description, Some(year), Some(now)) if year.year > now => Field::Plan,
            (Field::Description, Some(year), now) if now.is_none_or(|now| year.year == now) => Field::Actions,
            (field, ..) => field,
        };
        self.plans |= field == Field::Plan;
        let field = if field == Field::Result && !self.plans { Field::Actions } else { field };
        // A unit beside the name of what is counted is no label.
        let labels: Vec<&Passage> =
            pair.labels.iter().copied().filter(|label| !context.rules.is_unit(label.text.trim())).collect();
        let whole = told::label(context, &labels);
        let label = whole.as_ref().or(labels.last().copied());
        if field == Field::Description {
            self.describe(context, pair, label);
            return;
        }
        match field {
            _ if field != Field::Number && put::has_label(&self.initiative, field) => {
                self.say(context, pair, Field::Other, label)
            }
            Field::Number | Field::Name | Field::Responsible => {
                context.ledger.place(pair.value);
                put::put_label(context, &mut self.initiative, field, pair.value);
            }
            field => self.say(context, pair, field, label),
        }
    }

    /// Takes what the initiative is: its contents, or its aim where nothing tells these.
    fn describe(&mut self, context: &mut Context, pair: &Pair, label: Option<&Passage>) {
        context.ledger.place(pair.value);
        let text = context.whole(pair.value);
        let name = label.map(|label| label.text.clone()).unwrap_or_default();
        let is_aim = context.rules.matches(Rule::AimName, &name);
        let named = |label: String, text: Text| Labelled { label, text: text.text, at: text.at };
        match (self.initiative.description.take(), self.aim.take()) {
            (None, _) => {
                self.initiative.description = Some(text);
                self.aim = is_aim.then_some(name);
            }
            (Some(known), Some(aim)) if !is_aim => {
                self.initiative.other.push(named(aim, known));
                self.initiative.description = Some(text);
            }
            (known, aim) => {
                (self.initiative.description, self.aim) = (known, aim);
                self.initiative.other.push(named(name, text));
            }
        }
    }

    /// Takes a value of a list: the initiative's grade, or something called after its row and column.
    fn take_listed(&mut self, context: &mut Context, pair: &Pair, row: &Passage, field: Field) {
        context.ledger.structure(row);
        let mut label = row.clone();
        if let Some(heading) = pair.labels.first().filter(|_| field == Field::Other) {
            label.append("\u{3000}", heading);
        }
        self.say(context, pair, field, Some(&label));
    }

    /// Puts a value that belongs to a year.
    fn say(&mut self, context: &mut Context, pair: &Pair, field: Field, label: Option<&Passage>) {
        let reported = context.fiscal_year.clone();
        let year = pair.year.clone().or_else(|| reported.filter(|_| field != Field::Other || pair.row.is_some()));
        if let Some(year) = year.as_ref().filter(|year| !self.years.iter().any(|known| known.year == year.year)) {
            self.years.push(year.clone());
        }
        let value = Value { field, label, year: year.as_ref(), text: pair.value, ringed: pair.ringed };
        if !(pair.goes_on && value.append(context, &mut self.initiative)) {
            value.put(context, &mut self.initiative);
        }
    }

    /// Puts the years of the initiative in order.
    fn settle(&mut self, context: &mut Context) {
        self.initiative.years.sort_by_key(|entry| entry.year);
        put::expand_statuses(context, &mut self.initiative);
    }

    /// The form as a section of one initiative; neighbours of one section are joined later.
    fn draft(mut self, context: &mut Context, title: Option<&Heading>) -> Draft {
        self.initiative.number = 1;
        self.settle(context);
        let mut named = self.initiative.title.as_ref().map(|title| key(&title.text).into_owned());
        // A row across the form that prints the name again is no level.
        let again = |level: &mut Heading| named.as_deref() == Some(key(&level.title.text).as_ref());
        if let Some(level) = self.levels.pop_if(again) {
            context.ledger.structure(&level.whole);
        }
        // What the form is about, if nothing in it says so: under the heading of a level its innermost level, else the
        // heading across it that is of no level (取組１　…).
        let headed = self.is_headed && self.levels.last().is_some_and(|heading| !is_level(context, heading));
        if named.is_none()
            && (headed || title.is_some_and(|title| is_level(context, title)))
            && let Some(inner) = self.levels.pop()
        {
            context.ledger.place(&inner.whole);
            self.initiative.title = Some(context.part(&inner.title));
            self.initiative.label = self.initiative.label.or_else(|| inner.label.map(|label| label.text));
            named = Some(key(&inner.title.text).into_owned());
        }
        let own = title.filter(|title| named.is_none() || named.as_deref() == Some(key(&title.title.text).as_ref()));
        if let Some(own) = own {
            // The heading before the form names its initiative.
            context.ledger.place(&own.whole);
            let (label, title) = innermost(context, own);
            if named.is_none() {
                self.initiative.title = Some(context.part(&title));
            }
            self.initiative.label = self.initiative.label.or(label);
        }
        let heading = self.levels.pop();
        let mut draft = Draft::new(heading, self.levels);
        draft.names_initiative = own.is_some();
        draft.section.years = context.fiscal_year.iter().cloned().collect();
        if self.years.len() > 1 {
            draft.section.years = self.years;
            draft.section.years.sort_by_key(|year| year.year);
        }
        draft.section.initiatives.push(self.initiative);
        draft
    }
}
