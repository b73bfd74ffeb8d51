//! Tables of figures with years as rows and indicators as columns. Rows can also give the target or the baseline of
//! each indicator, its unit, department, grade or rate, and the header can have two levels: what is over an indicator is
//! its group, and 目標 and 実績 under one name are its series.

mod row;

use super::common_unit;
use crate::document::{Cell, Passage};
use crate::report::context::Context;
use crate::report::rules::{Fit, Role, Rule};
use crate::report::tables::grid::Grid;
use crate::report::values::fold::Folded;
use crate::report::values::{figure, goal, grade};
use crate::report::{FiscalYear, Grade, Indicator, Labelled, Series, SeriesKind};
use row::{Row, Rows};

/// Where labels end and figures begin.
struct Frame {
    /// Columns of labels.
    labels: usize,
    /// Rows of the header.
    head: usize,
    /// One for each row of the table.
    rows: Vec<Row>,
}

/// What a column gives.
struct Column<'t> {
    name: &'t Passage,
    /// The heading over the name.
    outer: Option<&'t Passage>,
    /// Whether the name only says what the figures under an outer heading are: 目標 and 実績.
    kind: Option<SeriesKind>,
    unit: Option<String>,
}

/// Reads a table whose rows are years and whose columns are indicators; `None` when it is none. `title` is the heading
/// above the table, for columns that are called 目標 and 実績 and no more.
pub(in crate::report) fn transposed(
    context: &mut Context,
    grid: &Grid,
    title: Option<&Passage>,
) -> Option<Vec<Indicator>> {
    let (frame, supposed) = frame(context, grid)?;
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut owner: Option<&Passage> = None;
    for index in frame.labels..grid.columns() {
        let Some(column) = column(context, grid, &frame, index, title) else { continue };
        let named = if column.kind.is_some() { column.outer.or(title) } else { None };
        let Some(mut read) = series(context, grid, &frame, index, &column) else { continue };
        let shared = named.is_some_and(|name| owner.is_some_and(|known| std::ptr::eq(known, name)));
        owner = named;
        if let (true, Some(indicator)) = (shared, indicators.last_mut()) {
            indicator.series.append(&mut read);
            continue;
        }
        let name = named.unwrap_or(column.name);
        context.ledger.place(name);
        let group = column.outer.filter(|_| named.is_none());
        group.iter().for_each(|group| context.ledger.place(group));
        let group = group.map(|group| context.whole(group));
        let mut indicator = Indicator {
            name: Some(context.whole(name)),
            group,
            grade: grade_of(context, grid, &frame, index),
            years: years(&frame),
            series: read,
            ..Indicator::default()
        };
        tell(context, grid, &frame, index, &mut indicator);
        indicators.push(indicator);
    }
    if indicators.is_empty() {
        return None;
    }
    context.check_years(&supposed);
    // The label of a row that was not read stays with its figures.
    let unread = |cell: &Cell| {
        let row = frame.rows.get(cell.row);
        cell.row >= frame.head && cell.row_span == 1 && row == Some(&Row::Unknown) && grid.banner(cell.row).is_none()
    };
    let labels = grid.table.cells.iter().filter(|cell| cell.column < frame.labels || cell.row < frame.head);
    for cell in labels.filter(|cell| !unread(cell)) {
        context.ledger.structure(&cell.text);
    }
    Some(indicators)
}

/// Finds the years below each other in one of the first columns.
fn frame<'t>(context: &Context, grid: &Grid<'t>) -> Option<(Frame, Vec<&'t Passage>)> {
    let Rows { labels, rows, supposed } = Rows::of(context, grid)?;
    let head = rows.iter().position(|row| *row != Row::Unknown)?;
    (head > 0 && labels < grid.columns()).then_some((Frame { labels, head, rows }, supposed))
}

/// The grade of a column in the row of grades.
fn grade_of(context: &mut Context, grid: &Grid, frame: &Frame, index: usize) -> Option<Grade> {
    let row = frame.rows.iter().position(|row| *row == Row::Grade)?;
    let cell = own(grid, row, index)?;
    let marked = grade::read(context.rules, cell, &context.scale)?;
    context.check_grade(&marked);
    context.ledger.place(cell);
    Some(marked.grade(context.document))
}

/// The text of a cell that stands under one indicator alone.
fn own<'t>(grid: &Grid<'t>, row: usize, index: usize) -> Option<&'t Passage> {
    let cell = grid.at(row, index).filter(|cell| cell.column_span == 1 && cell.row == row)?;
    Some(&cell.text).filter(|text| !text.is_blank())
}

/// The unit of a column in the row of units.
fn unit_of<'t>(grid: &Grid<'t>, frame: &Frame, index: usize) -> Option<&'t Passage> {
    let row = frame.rows.iter().position(|row| *row == Row::Unit)?;
    own(grid, row, index)
}

/// The rows that tell more of the indicator of a column: its department, and what has no member of its own.
fn tell(context: &mut Context, grid: &Grid, frame: &Frame, index: usize, indicator: &mut Indicator) {
    for (row, given) in frame.rows.iter().enumerate() {
        let Some(text) = own(grid, row, index) else { continue };
        match given {
            Row::Responsible => indicator.responsible = Some(context.whole(text)),
            Row::Told(label) => {
                let whole = context.whole(text);
                indicator.other.push(Labelled { label: label.text.clone(), text: whole.text, at: whole.at });
            }
            _ => continue,
        }
        context.ledger.place(text);
    }
}

fn years(frame: &Frame) -> Vec<FiscalYear> {
    let mut years: Vec<FiscalYear> = Vec::new();
    for row in &frame.rows {
        if let Row::Year(year) = row
            && !years.iter().any(|known| known.year == year.year)
        {
            years.push(year.clone());
        }
    }
    years
}

/// The headings of a column.
fn column<'t>(
    context: &Context,
    grid: &Grid<'t>,
    frame: &Frame,
    index: usize,
    title: Option<&Passage>,
) -> Option<Column<'t>> {
    let over = (0..frame.head).rev().filter(|row| grid.banner(*row).is_none());
    let mut headings: Vec<&Passage> = Vec::new();
    for heading in over.filter_map(|row| grid.text(row, index)) {
        if !headings.last().is_some_and(|known| std::ptr::eq(*known, heading)) {
            headings.push(heading);
        }
    }
    let (name, outer) = (*headings.first()?, headings.get(1).copied());
    let label = context.rules.label(&name.text).filter(|label| label.fit == Fit::Whole);
    let kind = label.and_then(|label| match label.role {
        Role::Target | Role::Plan => Some(SeriesKind::Target),
        Role::Actual | Role::Result => Some(SeriesKind::Actual),
        Role::Baseline => Some(SeriesKind::Baseline),
        _ => None,
    });
    let kind = kind.filter(|_| outer.is_some() || title.is_some());
    let told = unit_of(grid, frame, index).filter(|text| !context.rules.matches(Rule::NoValue, &text.text));
    let unit = told.map(|text| Folded::new(text.text.trim()).text.into_owned());
    let unit = unit.or_else(|| headings.iter().find_map(|heading| context.rules.unit_in(&heading.text)));
    let unit = unit.or_else(|| headings.iter().find_map(|heading| context.rate_unit(&heading.text)));
    Some(Column { name, outer, kind, unit: unit.or_else(|| context.unit.whole.clone()) })
}

/// The figures of a column, with its target; the baseline is a series of its own. `None` where it holds no figures.
fn series(context: &mut Context, grid: &Grid, frame: &Frame, index: usize, column: &Column) -> Option<Vec<Series>> {
    let unit = column.unit.as_deref();
    let name = Some(context.whole(column.name));
    let kind = column.kind.unwrap_or(SeriesKind::Actual);
    let mut main = Series { label: name, kind, unit: column.unit.clone(), ..Series::default() };
    let mut aimed = Series { kind: SeriesKind::Target, unit: column.unit.clone(), ..Series::default() };
    let mut all = Vec::new();
    for (row, given) in frame.rows.iter().enumerate().skip(frame.head) {
        let Some(cell) = grid.at(row, index).filter(|cell| cell.row == row && !cell.text.is_blank()) else { continue };
        let cell = &cell.text;
        match given {
            Row::Unknown | Row::Grade | Row::Unit | Row::Responsible | Row::Told(_) => {}
            Row::Target(due) => {
                let read = goal::read(context.rules, cell, unit, due.as_ref());
                let Some(read) = read.filter(|_| main.target.is_none()) else { continue };
                context.check_goal(&read);
                context.ledger.place(cell);
                main.target = Some(read.target(context.document));
            }
            Row::Aimed(year, label) => {
                let Some(read) = figure::in_year(context.rules, cell, unit) else { continue };
                context.ledger.place(cell);
                aimed.label = aimed.label.or_else(|| Some(context.whole(label)));
                aimed.years.push(read.measure(context.document, year));
            }
            Row::Year(year) => {
                let Some(read) = figure::in_year(context.rules, cell, unit) else { continue };
                context.ledger.place(cell);
                main.years.push(read.measure(context.document, year));
            }
            Row::Baseline(year, label) => {
                let Some(read) = figure::read(context.rules, cell, unit) else { continue };
                context.ledger.place(cell);
                let years = vec![read.measure(context.document, year)];
                let unit = column.unit.clone().or_else(|| common_unit(&years));
                let label = Some(context.whole(label));
                all.push(Series { label, kind: SeriesKind::Baseline, unit, target: None, years });
            }
        }
    }
    if main.years.is_empty() {
        return None;
    }
    unit_of(grid, frame, index).iter().for_each(|told| context.ledger.structure(told));
    let target_unit = main.target.as_ref().and_then(|target| target.unit.clone());
    main.unit = main.unit.take().or_else(|| common_unit(&main.years)).or(target_unit);
    // The column is the indicator: its unit holds for a sign that stands for "no value", too.
    for measure in main.years.iter_mut().filter(|measure| measure.unit.is_none()) {
        measure.unit.clone_from(&main.unit);
    }
    if !aimed.years.is_empty() {
        // Of two series each is called what the rows of its figures are.
        let reached = frame.rows.iter().position(|row| matches!(row, Row::Year(_)));
        let label = reached.and_then(|row| grid.text(row, frame.labels - 1));
        main.label = label.map(|label| context.whole(label)).or(main.label);
        aimed.unit = aimed.unit.take().or_else(|| common_unit(&aimed.years));
        all.push(aimed);
    }
    all.push(main);
    Some(all)
}
