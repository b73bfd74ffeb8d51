use crate::geom::Axis::{Horizontal, Vertical};
use crate::layout::made::Made;
use crate::layout::{Item, lay_out};

/// A grid of three columns and two rows with a text in each place.
fn filled() -> Made {
    let mut made = Made::page();
    for (row, y) in [105.0, 135.0].into_iter().enumerate() {
        for (column, x) in [105.0, 205.0, 305.0].into_iter().enumerate() {
            made = made.text(x, y, &format!("r{row}c{column}"));
        }
    }
    made
}

#[track_caller]
fn case(made: Made, expected: &[&str]) {
    assert_eq!(made.read(), expected);
}

#[test]
fn reads_a_plain_grid() {
    let made = filled().grid(&[100.0, 200.0, 300.0, 400.0], &[100.0, 130.0, 160.0]);
    case(made, &["[2x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0 r1c0", "1,1 r1c1", "1,2 r1c2"]);
}

#[test]
fn reads_merged_cells() {
    let mut made = Made::page().text(105.0, 120.0, "name").text(205.0, 105.0, "years").text(205.0, 135.0, "R4");
    made = made.text(305.0, 135.0, "R5").grid(&[100.0, 200.0, 400.0], &[100.0, 160.0]);
    made = made.line(Horizontal, 130.0, 200.0, 400.0).line(Vertical, 300.0, 130.0, 160.0);
    case(made, &["[2x3]", "0,0+2x1 name", "0,1+1x2 years", "1,1 R4", "1,2 R5"]);
}

#[test]
fn takes_double_rules_as_one() {
    let made = filled().grid(&[98.5, 100.0, 200.0, 201.8, 300.0, 400.0], &[100.0, 130.0, 131.5, 160.0, 161.5]);
    case(made, &["[2x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0 r1c0", "1,1 r1c1", "1,2 r1c2"]);
}

#[test]
fn tables_with_a_narrow_gap_between_them_are_two() {
    let mut made = Made::page();
    for (row, y) in [104.0, 118.0, 136.5, 150.5].into_iter().enumerate() {
        made = made.text(105.0, y, &format!("a{row}")).text(205.0, y, &format!("b{row}"));
    }
    let parted = made.grid(&[100.0, 200.0, 300.0], &[100.0, 114.0, 128.0]);
    let parted = parted.grid(&[100.0, 200.0, 300.0], &[132.5, 146.5, 160.5]);
    case(parted, &["[2x2]", "0,0 a0", "0,1 b0", "1,0 a1", "1,1 b1", "[2x2]", "0,0 a2", "0,1 b2", "1,0 a3", "1,1 b3"]);
}

#[test]
fn closes_cells_that_a_page_break_leaves_open() {
    let mut made = filled();
    for y in [100.0, 130.0] {
        made = made.line(Horizontal, y, 100.0, 400.0);
    }
    for x in [100.0, 200.0, 300.0, 400.0] {
        made = made.line(Vertical, x, 100.0, 170.0);
    }
    let sheet = lay_out(made.0);
    let Some(Item::Table(table)) = sheet.items.first() else { panic!("no table") };
    let closed: Vec<(bool, bool)> = table.cells.iter().map(|c| (c.closed_top, c.closed_bottom)).collect();
    assert_eq!(closed, [(true, true), (true, true), (true, true), (true, false), (true, false), (true, false)]);
}

#[test]
fn closes_the_sides_of_a_table_without_outer_rules() {
    let mut made = filled();
    for y in [100.0, 130.0, 160.0] {
        made = made.line(Horizontal, y, 100.0, 400.0);
    }
    made = made.line(Vertical, 200.0, 100.0, 160.0).line(Vertical, 300.0, 100.0, 160.0);
    case(made, &["[2x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0 r1c0", "1,1 r1c1", "1,2 r1c2"]);
}

#[test]
fn a_heading_across_a_table_without_outer_rules_is_one_of_its_rows() {
    let table = |heading: f32| {
        let mut made = Made::page().text(230.0, heading + 5.0, "heading");
        for (row, y) in [105.0, heading + 25.0].into_iter().enumerate() {
            for (column, x) in [105.0, 205.0, 305.0].into_iter().enumerate() {
                made = made.text(x, y, &format!("r{row}c{column}"));
            }
        }
        for y in [100.0, 120.0, heading, heading + 20.0, heading + 40.0] {
            made = made.line(Horizontal, y, 100.0, 400.0);
        }
        for x in [200.0, 300.0] {
            made = made.line(Vertical, x, 100.0, 120.0).line(Vertical, x, heading + 20.0, heading + 40.0);
        }
        made
    };
    let joined = ["[3x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0+1x3 heading", "2,0 r1c0", "2,1 r1c1", "2,2 r1c2"];
    case(table(120.0), &joined);
    let apart = ["[1x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "heading", "[1x3]", "0,0 r1c0", "0,1 r1c1", "0,2 r1c2"];
    case(table(140.0), &apart);
}

#[test]
fn cells_that_end_unevenly_at_a_page_break_end_in_one_row() {
    let mut made = filled().line(Horizontal, 100.0, 100.0, 400.0).line(Horizontal, 130.0, 100.0, 400.0);
    for (x, end) in [(100.0, 160.0), (200.0, 160.0), (300.0, 166.0), (400.0, 166.0)] {
        made = made.line(Vertical, x, 100.0, end);
    }
    made = made.line(Horizontal, 154.0, 100.0, 200.0).line(Horizontal, 160.0, 200.0, 300.0);
    made = made.line(Horizontal, 166.0, 300.0, 400.0);
    case(made, &["[2x3]", "0,0 r0c0", "0,1 r0c1", "0,2 r0c2", "1,0 r1c0", "1,1 r1c1", "1,2 r1c2"]);
}

#[test]
fn keeps_nested_tables_apart() {
    let mut made = Made::page().grid(&[100.0, 200.0, 500.0], &[100.0, 200.0, 230.0]).text(105.0, 105.0, "outer");
    made = made.text(105.0, 205.0, "next").grid(&[250.0, 300.0, 350.0], &[120.0, 150.0, 180.0]);
    for (x, y, text) in [(255.0, 125.0, "a"), (305.0, 125.0, "b"), (255.0, 155.0, "c"), (305.0, 155.0, "d")] {
        made = made.text(x, y, text);
    }
    case(made, &["[2x2]", "0,0 outer", "1,0 next", "[2x2]", "0,0 a", "0,1 b", "1,0 c", "1,1 d"]);
}

#[test]
fn frames_and_underlines_are_no_tables() {
    let made = Made::page().grid(&[90.0, 400.0], &[90.0, 150.0]).text(100.0, 100.0, "Words in a frame");
    case(made.line(Horizontal, 112.0, 100.0, 170.0), &["Words in a frame"]);
}

#[test]
fn a_sheet_drawn_sideways_reads_as_held() {
    let made = || {
        let page = filled().grid(&[100.0, 200.0, 300.0, 400.0], &[100.0, 130.0, 160.0]);
        page.text(100.0, 60.0, "A heading that is long enough")
    };
    assert_eq!(made().turned().read(), made().read());
    let sheet = lay_out(made().turned().0);
    let Some(Item::Table(table)) = sheet.items.last() else { panic!("no table") };
    let seen = sheet.seen(&table.bbox);
    assert_eq!((seen.x0, seen.y0, seen.x1, seen.y1), (842.0 - 160.0, 100.0, 842.0 - 100.0, 400.0));
}
