//! Takes what `pdf` read of a page, gives its characters and lines as SVG: for text whose font the document does not bring
//! along, and in place of a page that cannot be drawn. Characters have the outlines of the font found for them; those it
//! lacks are SVG text in the reader's own fonts.

use super::Picture;
use super::compact::Outlines;
use super::decimal::short;
use super::font::{EM, FontFile};
use crate::geom::Axis;
use crate::pdf::{Direction, Glyph, Page, Run, Visibility};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How high the base line stands above the bottom of a glyph's box, as a share of the font size.
const BASE_LINE: f32 = 0.12;

/// Writes characters, each outline once.
pub(super) struct Scribe<'a> {
    font: Option<&'a FontFile>,
    outlines: &'a mut Outlines,
    known: BTreeMap<char, Option<(usize, f32)>>,
}

impl<'a> Scribe<'a> {
    pub(super) fn new(font: Option<&'a FontFile>, outlines: &'a mut Outlines) -> Self {
        Self { font, outlines, known: BTreeMap::new() }
    }

    /// The picture with the text of `fonts` written over it.
    pub(super) fn add(&mut self, page: &Page, fonts: &BTreeSet<u32>, mut picture: Picture) -> Picture {
        if fonts.is_empty() {
            return picture;
        }
        let (x, y) = (picture.width / page.width, picture.height / page.height);
        let _ = write!(picture.markup, "<g transform=\"scale({} {})\">", short(x), short(y));
        self.text(page, &mut picture.markup, |run| fonts.contains(&run.font));
        picture.markup.push_str("</g>");
        picture
    }

    /// A picture of the page's characters, fills and rulings.
    pub(super) fn whole(&mut self, page: &Page) -> Picture {
        let mut markup = String::new();
        for fill in &page.fills {
            let bbox = &fill.bbox;
            rectangle(&mut markup, [bbox.x0, bbox.y0, bbox.width(), bbox.height()], fill.color);
        }
        for ruling in &page.rulings {
            let (along, across) = (ruling.span.start, ruling.position - ruling.thickness / 2.0);
            let (length, thickness) = (ruling.span.length(), ruling.thickness);
            let sides = match ruling.axis {
                Axis::Horizontal => [along, across, length, thickness],
                Axis::Vertical => [across, along, thickness, length],
            };
            rectangle(&mut markup, sides, [0; 3]);
        }
        self.text(page, &mut markup, |_| true);
        Picture { width: page.width, height: page.height, markup }
    }

    fn text(&mut self, page: &Page, markup: &mut String, wanted: impl Fn(&Run) -> bool) {
        markup.push_str("<g class=\"written\">");
        for glyph in page.glyphs.iter().filter(|glyph| glyph.visibility == Visibility::Visible) {
            let Some(run) = page.runs.get(glyph.run as usize).filter(|run| wanted(run)) else { continue };
            let start = glyph.start as usize;
            let text = page.text.get(start..start + usize::from(glyph.length)).unwrap_or_default();
            if !text.trim().is_empty() && glyph.bbox.is_finite() {
                self.letter(markup, &Stand::of(glyph, run), run, text);
            }
        }
        markup.push_str("</g>");
    }

    fn letter(&mut self, markup: &mut String, stand: &Stand, run: &Run, text: &str) {
        let [r, g, b] = run.color;
        let fill = if run.color == [0; 3] { String::new() } else { format!(" fill=\"#{r:02x}{g:02x}{b:02x}\"") };
        let mut characters = text.chars();
        let outline = match (characters.next(), characters.next()) {
            (Some(character), None) => self.outline(character),
            _ => None,
        };
        match outline {
            Some((number, advance)) => {
                let scale = run.size / EM;
                let narrow = if advance > 0.0 { (stand.length / (advance * scale)).clamp(0.3, 1.0) } else { 1.0 };
                let matrix = stand.matrix(scale * narrow, scale);
                let _ = write!(markup, "<use href=\"#o{number}\" transform=\"matrix({matrix})\"{fill}/>");
            }
            None => {
                let (size, matrix) = (short(run.size), stand.matrix(1.0, -1.0));
                let _ = write!(markup, "<text font-size=\"{size}\" transform=\"matrix({matrix})\"{fill}>");
                escape(text, markup);
                markup.push_str("</text>");
            }
        }
    }

    /// Number and advance of a character's outline, where the font has it.
    fn outline(&mut self, character: char) -> Option<(usize, f32)> {
        let font = self.font?;
        let outlines = &mut *self.outlines;
        let draw = || font.outline(character).map(|(path, advance)| (outlines.number(path), advance));
        *self.known.entry(character).or_insert_with(draw)
    }
}

/// Where a glyph's origin is, which way it runs, and how far.
struct Stand {
    x: f32,
    y: f32,
    /// Direction of its base line.
    along: (f32, f32),
    length: f32,
}

impl Stand {
    fn of(glyph: &Glyph, run: &Run) -> Self {
        let rise = run.size * BASE_LINE;
        let bbox = &glyph.bbox;
        let (x, y, along, length) = match run.direction {
            _ if run.vertical => (bbox.center().x - run.size / 2.0, bbox.y1 - rise, (1.0, 0.0), run.size),
            Direction::Right => (bbox.x0, bbox.y1 - rise, (1.0, 0.0), bbox.width()),
            Direction::Down => (bbox.x0 + rise, bbox.y0, (0.0, 1.0), bbox.height()),
            Direction::Left => (bbox.x1, bbox.y0 + rise, (-1.0, 0.0), bbox.width()),
            Direction::Up => (bbox.x1 - rise, bbox.y1, (0.0, -1.0), bbox.height()),
        };
        Self { x, y, along, length }
    }

    /// The six numbers of the matrix that puts a glyph drawn with y up (or, with negative `rise`, down) here.
    fn matrix(&self, run: f32, rise: f32) -> String {
        let (x, y) = self.along;
        let numbers = [x * run, y * run, y * rise, -x * rise, self.x, self.y];
        numbers.map(short).join(" ")
    }
}

fn rectangle(markup: &mut String, [x, y, width, height]: [f32; 4], [r, g, b]: [u8; 3]) {
    let (x, y, width, height) = (short(x), short(y), short(width), short(height));
    let _ = write!(
        markup,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#{r:02x}{g:02x}{b:02x}\"/>"
    );
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
            aslant: false,
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
        let mut outlines = Outlines::default();
        let picture = Scribe::new(None, &mut outlines).add(&page(), &BTreeSet::from([7]), picture);
        assert_eq!(
            picture.markup,
            "<g transform=\"scale(2 2)\"><g class=\"written\"><text font-size=\"10\" \
             transform=\"matrix(1 0 0 1 5 18.8)\">&lt;</text></g></g>"
        );
    }

    #[test]
    fn a_page_that_cannot_be_drawn_keeps_its_characters() {
        let picture = Scribe::new(None, &mut Outlines::default()).whole(&page());
        assert!(picture.markup.contains("&lt;") && picture.markup.contains(">B<"));
        assert_eq!((picture.width, picture.height), (100.0, 50.0));
    }
}
