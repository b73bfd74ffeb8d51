//! Takes a [`Sheet`], gives it drawn as text: what a person reviews in a snapshot. Rulings of cells are drawn with
//! `+ - |`, merged cells leave their inner sides out, and lines outside tables stand between tables as they are read.

use crate::layout::{Item, Sheet, Table};

/// Draws a sheet as text.
#[must_use]
pub fn sketch(sheet: &Sheet) -> String {
    let mut out = format!("page {} ({:.0} x {:.0})\n", sheet.page.number, sheet.page.width, sheet.page.height);
    for item in &sheet.items {
        match item {
            Item::Line(line) => {
                let mark = if line.vertical { "↓ " } else { "" };
                out.push_str(&format!("{mark}{}\n", line.text));
            }
            Item::Table(table) => out.push_str(&draw(table)),
        }
    }
    for warning in &sheet.warnings {
        out.push_str(&format!("! {}: {}\n", warning.code, warning.message));
    }
    out
}

/// Columns of a terminal that a text takes.
fn width(text: &str) -> usize {
    text.chars().map(|c| if crate::layout::script::is_japanese(c) { 2 } else { 1 }).sum()
}

/// Draws a table.
fn draw(table: &Table) -> String {
    let texts: Vec<Vec<String>> = table
        .cells
        .iter()
        .map(|cell| {
            let mark = |l: &crate::layout::Line| if l.vertical { format!("↓{}", l.text) } else { l.text.clone() };
            let mut lines: Vec<String> = cell.lines.iter().map(mark).collect();
            if cell.struck {
                lines.insert(0, "╱".to_owned());
            }
            lines
        })
        .collect();
    let (widths, heights) = measures(table, &texts);
    let mut canvas = Canvas::new(&widths, &heights);
    for (cell, lines) in table.cells.iter().zip(&texts) {
        canvas.cell(cell, lines);
    }
    format!("[{:?} {} x {}]\n{}", table.method, table.rows, table.columns, canvas.text())
}

/// Width of each column and height of each row, in characters.
fn measures(table: &Table, texts: &[Vec<String>]) -> (Vec<usize>, Vec<usize>) {
    let (mut widths, mut heights) = (vec![1; table.columns], vec![1; table.rows]);
    for spans in 1..=table.columns.max(table.rows) {
        for (cell, lines) in table.cells.iter().zip(texts) {
            let widest = lines.iter().map(|l| width(l)).max().unwrap_or(0);
            if cell.column_span == spans {
                stretch(&mut widths[cell.column..cell.column + spans], widest);
            }
            if cell.row_span == spans {
                stretch(&mut heights[cell.row..cell.row + spans], lines.len());
            }
        }
    }
    (widths, heights)
}

/// Makes the last of `sizes` larger until all together hold `needed`.
fn stretch(sizes: &mut [usize], needed: usize) {
    let available = sizes.iter().sum::<usize>() + sizes.len() - 1;
    if let Some(last) = sizes.last_mut() {
        *last += needed.saturating_sub(available);
    }
}

/// A grid of characters; the second half of a wide one is `'\0'`.
struct Canvas {
    rows: Vec<Vec<char>>,
    xs: Vec<usize>,
    ys: Vec<usize>,
}

impl Canvas {
    fn new(widths: &[usize], heights: &[usize]) -> Self {
        let starts = |sizes: &[usize]| {
            let mut at = 0;
            std::iter::once(0)
                .chain(sizes.iter().map(|s| {
                    at += s + 1;
                    at
                }))
                .collect::<Vec<usize>>()
        };
        let (xs, ys) = (starts(widths), starts(heights));
        let size = |starts: &[usize]| starts.last().map_or(0, |s| s + 1);
        Self { rows: vec![vec![' '; size(&xs)]; size(&ys)], xs, ys }
    }

    /// Draws the sides and the text of a cell; a side that the page leaves open is dotted.
    fn cell(&mut self, cell: &crate::layout::Cell, lines: &[String]) {
        let (x0, x1) = (self.xs[cell.column], self.xs[cell.column + cell.column_span]);
        let (y0, y1) = (self.ys[cell.row], self.ys[cell.row + cell.row_span]);
        for (y, closed) in [(y0, cell.closed_top), (y1, cell.closed_bottom)] {
            for x in x0 + 1..x1 {
                let side = &mut self.rows[y][x];
                if *side != '+' && *side != '-' {
                    *side = if closed { '-' } else { '.' };
                }
            }
        }
        for y in y0 + 1..y1 {
            for x in [x0, x1] {
                if self.rows[y][x] == ' ' {
                    self.rows[y][x] = '|';
                }
            }
        }
        for (x, y) in [(x0, y0), (x1, y0), (x0, y1), (x1, y1)] {
            self.rows[y][x] = '+';
        }
        for (y, line) in (y0 + 1..y1).zip(lines) {
            self.put(x0 + 1, y, line);
        }
    }

    /// Writes `text` at a place.
    fn put(&mut self, mut x: usize, y: usize, text: &str) {
        for c in text.chars() {
            let wide = width(c.encode_utf8(&mut [0; 4]));
            for (offset, c) in [c, '\0'].into_iter().take(wide).enumerate() {
                if let Some(place) = self.rows[y].get_mut(x + offset) {
                    *place = c;
                }
            }
            x += wide;
        }
    }

    fn text(&self) -> String {
        let line = |row: &Vec<char>| row.iter().filter(|c| **c != '\0').collect::<String>() + "\n";
        self.rows.iter().map(line).collect()
    }
}
