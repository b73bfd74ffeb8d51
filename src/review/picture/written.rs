//! Takes what `pdf` read of a page, gives it as SVG text and lines for the reader's own fonts: in place of a page that
//! cannot be drawn, or for text that no font was found for.

use super::{Picture, compact::short};
use crate::geom::Axis;
use crate::pdf::{Direction, Glyph, Page, Run, Visibility};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How high the base line stands above the bottom of a glyph's box, as a share of the font size.
const BASE_LINE: f32 = 0.12;

/// The picture with the text of `fonts` written over it.
pub(super) fn add(page: &Page, fonts: &BTreeSet<u32>, mut picture: Picture) -> Picture {
    if fonts.is_empty() {
        return picture;
    }
    let (x, y) = (picture.width / page.width, picture.height / page.height);
    let _ = write!(picture.markup, "<g transform=\"scale({} {})\">", short(x), short(y));
    text(page, &mut picture.markup, |run| fonts.contains(&run.font));
    picture.markup.push_str("</g>");
    picture
}

/// A picture of the page's characters, fills and rulings.
pub(super) fn whole(page: &Page) -> Picture {
    let mut markup = String::new();
    for fill in &page.fills {
        let [r, g, b] = fill.color;
        rectangle(&mut markup, [fill.bbox.x0, fill.bbox.y0, fill.bbox.width(), fill.bbox.height()], [r, g, b]);
    }
    for ruling in &page.rulings {
        let (half, length) = (ruling.thickness / 2.0, ruling.span.length());
        let (along, across) = (ruling.span.start, ruling.position - half);
        let sides = match ruling.axis {
            Axis::Horizontal => [along, across, length, ruling.thickness],
            Axis::Vertical => [across, along, ruling.thickness, length],
        };
        rectangle(&mut markup, sides, [0; 3]);
    }
    text(page, &mut markup, |_| true);
    Picture { width: page.width, height: page.height, markup }
}

fn rectangle(markup: &mut String, [x, y, width, height]: [f32; 4], [r, g, b]: [u8; 3]) {
    let (x, y, width, height) = (short(x), short(y), short(width), short(height));
    let _ = write!(
        markup,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#{r:02x}{g:02x}{b:02x}\"/>"
    );
}

fn text(page: &Page, markup: &mut String, wanted: impl Fn(&Run) -> bool) {
    markup.push_str("<g class=\"written\">");
    for glyph in page.glyphs.iter().filter(|glyph| glyph.visibility == Visibility::Visible) {
        let Some(run) = page.runs.get(glyph.run as usize).filter(|run| wanted(run)) else { continue };
        let start = glyph.start as usize;
        let text = page.text.get(start..start + usize::from(glyph.length)).unwrap_or_default();
        if !text.trim().is_empty() && glyph.bbox.is_finite() {
            letter(markup, glyph, run, text);
        }
    }
    markup.push_str("</g>");
}

/// One glyph, turned as its run is.
fn letter(markup: &mut String, glyph: &Glyph, run: &Run, text: &str) {
    let rise = run.size * BASE_LINE;
    let bbox = &glyph.bbox;
    let (x, y, turn) = match run.direction {
        _ if run.vertical => (bbox.center().x - run.size / 2.0, bbox.y1 - rise, 0),
        Direction::Right => (bbox.x0, bbox.y1 - rise, 0),
        Direction::Down => (bbox.x0 + rise, bbox.y0, 90),
        Direction::Left => (bbox.x1, bbox.y0 + rise, 180),
        Direction::Up => (bbox.x1 - rise, bbox.y1, 270),
    };
    let (x, y, size, [r, g, b]) = (short(x), short(y), short(run.size), run.color);
    let _ = write!(markup, "<text font-size=\"{size}\" fill=\"#{r:02x}{g:02x}{b:02x}\" ");
    let _ = match turn {
        0 => write!(markup, "x=\"{x}\" y=\"{y}\">"),
        turn => write!(markup, "transform=\"translate({x} {y}) rotate({turn})\">"),
    };
    escape(text, markup);
    markup.push_str("</text>");
}

fn escape(text: &str, markup: &mut String) {
    for character in text.chars() {
        match character {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            other if other.is_control() => {}
            other => markup.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;
    use crate::pdf::Decoding;

    fn page() -> Page {
        let run = |font| Run {
            font,
            size: 10.0,
            direction: Direction::Right,
            vertical: false,
            decoded: Decoding::Cid,
            color: [0; 3],
        };
        let glyph = |start, run| Glyph {
            start,
            length: 1,
            visibility: Visibility::Visible,
            run,
            bbox: Rect::new(5.0, 10.0, 15.0, 20.0),
        };
        Page {
            number: 1,
            width: 100.0,
            height: 50.0,
            text: "<B".to_owned(),
            glyphs: vec![glyph(0, 0), glyph(1, 1)],
            runs: vec![run(7), run(8)],
            ..Page::default()
        }
    }

    #[test]
    fn only_text_without_a_font_is_written_over_a_picture() {
        let picture = Picture { width: 200.0, height: 100.0, markup: String::new() };
        let picture = add(&page(), &BTreeSet::from([7]), picture);
        assert_eq!(
            picture.markup,
            "<g transform=\"scale(2 2)\"><g class=\"written\"><text font-size=\"10\" fill=\"#000000\" x=\"5\" \
             y=\"18.8\">&lt;</text></g></g>"
        );
    }

    #[test]
    fn a_page_that_cannot_be_drawn_keeps_its_characters() {
        let picture = whole(&page());
        assert!(picture.markup.contains("&lt;") && picture.markup.contains(">B<"));
        assert_eq!((picture.width, picture.height), (100.0, 50.0));
    }
}
