//! Tables of figures that print no year: 職員区分 and 男女の給与の差異, or men, women and shares for each 職種. They are
//! told by their cells alone: labels on the left, nothing but figures on the right, or one row of figures under 男性 and
//! 女性 whose heading names what is measured. Their year is that of the heading,
//! else the year reported on; that this is so is told by a warning.

use super::{common_unit, is_derived};
use crate::document::{Cell, Passage};
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::rules::{Role, Rule};
use crate::report::tables::grid::Grid;
use crate::report::values::{figure, grade, year};
use crate::report::{FiscalYear, Indicator, Series, SeriesKind, Text};

/// Most columns of labels: a group and a name.
const MOST_LABELS: usize = 2;
/// Fewest characters of the name of a row behind its number.
const SHORTEST_NAME: usize = 3;
/// Fewest grades that a table counts where nothing tells its year.
const FEWEST_GRADES: usize = 2;
/// Fewest figures that make such a table.
const FEWEST_FIGURES: usize = 2;

/// What the name of a range has: 21～25年, 36年以上.
const RANGES: [Rule; 5] = [Rule::SeveralNumbers, Rule::AtLeast, Rule::AtMost, Rule::LessThan, Rule::MoreThan];

/// Where labels end and figures begin.
struct Frame {
    /// The row of the innermost headings.
    head: usize,
    /// Columns of labels; none beside a single row.
    labels: usize,
}

/// Reads a table of figures without a year; `None` when it is none. `title` is the heading above the table.
pub(in crate::report) fn undated(
    context: &mut Context,
    grid: &Grid,
    title: Option<&Heading>,
) -> Option<Vec<Indicator>> {
    let frame = frame(context, grid)?;
    let printed = title.and_then(|title| year::find(context.rules, &title.whole.text)).map(FiscalYear::from);
    // Where the document names none, a warning says so of the whole; figures of other papers are none of a report.
    let known = printed.clone().or_else(|| context.fiscal_year.clone());
    let year = known.or_else(|| counts_grades(context, grid, &frame).then(FiscalYear::default))?;
    let one = grid.columns() == frame.labels + 1 && frame.labels == 1;
    let bare = frame.labels == 0;
    let name = if one || bare { name(context, grid, &frame, title) } else { None };
    if bare && name.is_none() {
        return None;
    }
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut group: Option<Text> = None;
    for row in frame.head + 1..grid.rows() {
        if let Some(banner) = grid.banner(row).or_else(|| grid.lone(row)) {
            context.ledger.place(banner);
            group = Some(context.whole(banner));
            continue;
        }
        let label = frame.labels.checked_sub(1).map_or(name, |column| grid.text(row, column));
        let Some(label) = label else { continue };
        if is_derived(context.rules, label) {
            continue;
        }
        let mut series = series(context, grid, &frame, row, &year);
        if series.is_empty() {
            continue;
        }
        if one {
            series.iter_mut().for_each(|series| series.label = Some(context.whole(label)));
        }
        context.ledger.place(label);
        let outer = (frame.labels > 1).then(|| grid.text(row, 0)).flatten();
        outer.iter().for_each(|outer| context.ledger.place(outer));
        let own = outer.map(|outer| context.whole(outer)).or_else(|| group.clone());
        put(context, &mut indicators, name, label, own, series);
    }
    for indicator in &mut indicators {
        indicator.years = years_of(&indicator.series);
    }
    let first = indicators.first()?.name.clone()?;
    for heading in grid.table.cells.iter().filter(|cell| cell.row <= frame.head && grid.banner(cell.row).is_none()) {
        context.ledger.structure(&heading.text);
    }
    name.iter().for_each(|name| context.ledger.place(name));
    if printed.is_none() && year.year > 0 {
        let message = format!("{:?}: no year is printed; the figures were read as those of {}", first.text, year.label);
        context.doubt("ambiguous-year", message, grid.text(frame.head, 0).unwrap_or(&grid.table.cells.first()?.text));
    }
    Some(indicators)
}

/// Whether the columns count what has one grade each: ◎, ○ and △ of the indicators of a goal.
fn counts_grades(context: &Context, grid: &Grid, frame: &Frame) -> bool {
    let heads = grid.row(frame.head).filter(|cell| cell.column >= frame.labels);
    heads.filter(|cell| grade::is_one(context.rules, &cell.text, &context.scale)).count() >= FEWEST_GRADES
}

/// The years of the figures, in order.
fn years_of(series: &[Series]) -> Vec<FiscalYear> {
    let measures = series.iter().flat_map(|series| &series.years).filter(|measure| measure.year > 0);
    let mut years: Vec<FiscalYear> = Vec::new();
    for measure in measures {
        if !years.iter().any(|known| known.year == measure.year) {
            years.push(FiscalYear { label: measure.label.clone(), year: measure.year });
        }
    }
    years.sort_by_key(|year| year.year);
    years
}

/// Adds the figures of a row: to the indicator that the table is, or as one of its own.
fn put(
    context: &Context,
    indicators: &mut Vec<Indicator>,
    name: Option<&Passage>,
    label: &Passage,
    group: Option<Text>,
    mut series: Vec<Series>,
) {
    match (name, indicators.last_mut()) {
        (Some(_), Some(last)) if last.group == group => last.series.append(&mut series),
        (name, _) => {
            let name = Some(context.whole(name.unwrap_or(label)));
            indicators.push(Indicator { name, group, series, ..Indicator::default() });
        }
    }
}

/// What the only column of figures measures: the heading above the table or over the column, where it is the name of
/// a measure and the rows are none.
fn name<'t>(context: &Context, grid: &Grid<'t>, frame: &Frame, title: Option<&'t Heading>) -> Option<&'t Passage> {
    let measured = |text: &&Passage| context.rules.matches(Rule::Measured, &text.text);
    let rows = (frame.head + 1..grid.rows()).filter_map(|row| grid.text(row, 0)).filter(measured).count();
    if rows > 0 {
        return None;
    }
    let over = grid.text(frame.head, frame.labels).filter(|_| frame.labels > 0);
    title.map(|title| &title.title).filter(measured).or_else(|| over.filter(measured))
}

/// Labels on the left of nothing but figures, with a heading over each column that says no more than what is counted.
fn frame(context: &Context, grid: &Grid) -> Option<Frame> {
    let top = (0..grid.rows()).find(|row| grid.banner(*row).is_none())?;
    let head = top + usize::from(has_two_levels(grid, top));
    let is_figure = |cell: &Cell| figure::read(context.rules, &cell.text, None).is_some();
    let body = || grid.table.cells.iter().filter(|cell| cell.row > head && !cell.text.is_blank());
    let is_range = |cell: &Cell| RANGES.iter().any(|rule| context.rules.matches(*rule, &cell.text.text));
    let ranges = body().filter(|cell| cell.column == 0 && is_range(cell)).count();
    let of_ranges = 2 * ranges > body().filter(|cell| cell.column == 0).count();
    // １　財政運営 is the number of a row and its name, and no figure.
    let is_numbered = |cell: &Cell| {
        let heading = Heading::read(context.rules, &cell.text);
        heading.label.is_some() && heading.title.text.chars().count() >= SHORTEST_NAME
    };
    let is_value = |cell: &Cell, column: usize| is_figure(cell) && (column > 0 || !is_numbered(cell));
    let is_label = |column: &usize| {
        *column == 0 && of_ranges || !body().any(|cell| cell.column == *column && is_value(cell, *column))
    };
    let labels = (0..grid.columns()).take_while(is_label).count();
    let single = |cell: &Cell| (cell.row_span, cell.column_span) == (1, 1);
    if head == top && !grid.row(top).all(single) {
        return None;
    }
    let mut headings = grid.row(top).chain(grid.row(head).filter(|_| head > top));
    let mut plain = || headings.all(|cell| is_heading(context, cell, labels));
    let one_row = labels == 0 && grid.rows() == head + 2;
    if !(one_row || (1..=MOST_LABELS).contains(&labels)) || labels >= grid.columns() || !plain() {
        return None;
    }
    let across = |cell: &&Cell| cell.column_span == 1 && cell.column >= labels;
    let values = || body().filter(across);
    (values().count() >= FEWEST_FIGURES && values().all(is_figure)).then_some(Frame { head, labels })
}

/// Whether headings stand in two rows: some over several others, all others beside both rows.
fn has_two_levels(grid: &Grid, top: usize) -> bool {
    let wide = |cell: &Cell| cell.column_span > 1 && cell.row_span == 1;
    let (mut over, mut plain) = (0, true);
    for cell in grid.row(top) {
        over += usize::from(wide(cell));
        plain &= wide(cell) || (cell.row_span, cell.column_span) == (2, 1);
    }
    over > 0 && plain && grid.row(top + 1).filter(|cell| cell.row == top + 1).all(|cell| !cell.text.is_blank())
}

/// Whether a heading names what is counted, and gives neither a year nor another meaning to its column.
fn is_heading(context: &Context, cell: &Cell, labels: usize) -> bool {
    let text = &cell.text.text;
    if context.rules.matches(Rule::Month, text) {
        return cell.column >= labels;
    }
    // 一部達成 begins with a number of a kind.
    if text.contains(char::is_numeric) && figure::read(context.rules, &cell.text, None).is_some() {
        return false;
    }
    let role = context.rules.role_of(text);
    if cell.column < labels {
        return matches!(role, None | Some(Role::Level | Role::Indicator));
    }
    // 評価 over Ａ, Ｂ and Ｃ says that these are counted, 達成率 beside them what their share is.
    let counts = role == Some(Role::Grade) && cell.column_span > 1;
    let plain = counts || matches!(role, None | Some(Role::Total | Role::Rate));
    !cell.text.is_blank() && plain && !year::is_whole(context.rules, text)
}

/// The figures of a row, a series for each column.
fn series(context: &mut Context, grid: &Grid, frame: &Frame, row: usize, year: &FiscalYear) -> Vec<Series> {
    let mut series = Vec::new();
    for column in frame.labels..grid.columns() {
        let (Some(cell), Some(heading)) = (grid.text(row, column), grid.text(frame.head, column)) else { continue };
        let unit = context.rules.unit_in(&heading.text).or_else(|| context.rate_unit(&heading.text));
        let unit = unit.or_else(|| context.unit.whole.clone());
        let Some(read) = figure::read(context.rules, cell, unit.as_deref()) else { continue };
        context.ledger.place(cell);
        let own = year::find(context.rules, &heading.text).map(FiscalYear::from);
        let years = vec![read.measure(context.document, own.as_ref().unwrap_or(year))];
        let unit = common_unit(&years).or(unit);
        let label = Some(context.whole(heading));
        series.push(Series { label, kind: SeriesKind::Actual, unit, target: None, years });
    }
    series
}
