//! Values of form fields that the file leaves to the reader to draw (ISO 32000-2, 12.7.4.3): a text or choice field with
//! a value and without an appearance. Where the characters come to lie is near enough to tell the field.

use super::interpreter::Interpreter;
use super::lexer::{Lexer, Token};
use super::object::{dictionary, get, get_dict, get_name, get_rect, text_string};
use super::state::State;
use super::{Decoding, Direction, Glyph, Run, Visibility};
use crate::geom::Rect;
use lopdf::{Dictionary, Object};

/// How far up fields inherit.
const HIGHEST_ANCESTOR: usize = 32;
/// Longest value that is shown, in characters.
const LONGEST_VALUE: usize = 10_000;
/// Field flag of a text field with several lines, and of a password (ISO 32000-2, table 231).
const MULTILINE: i64 = 1 << 12;
const PASSWORD: i64 = 1 << 13;
/// Font size where the field says "as it fits", in points, and as part of the field's height.
const LARGEST_AUTO: f64 = 12.0;
const AUTO_PER_HEIGHT: f64 = 0.66;
/// Distance from the field's border, in points.
const PADDING: f64 = 2.0;
/// Advance of Latin and other characters, and the reach below the baseline, per font size.
const NARROW: f64 = 0.5;
const WIDE: f64 = 1.0;
const DESCENT: f64 = 0.2;

/// How a value is drawn.
struct Style {
    font: Option<usize>,
    size: f64,
}

impl<'d> Interpreter<'d> {
    /// Shows the value of a field whose widget has no appearance.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn field_value(&mut self, widget: &'d Dictionary) {
        let objects = self.objects;
        if get_name(objects, widget, b"Subtype") != Some(b"Widget") {
            return;
        }
        let flags = self.of_field(widget, b"Ff").and_then(super::object::number).unwrap_or(0.0) as i64;
        let kind = self.of_field(widget, b"FT").and_then(super::object::name);
        let Some(rect) = get_rect(objects, widget, b"Rect") else { return };
        if !matches!(kind, Some(b"Tx" | b"Ch")) || flags & PASSWORD != 0 {
            return;
        }
        let value = match self.of_field(widget, b"V") {
            Some(Object::String(bytes, _)) => text_string(bytes),
            _ => return,
        };
        let style = self.style(widget, f64::from(rect.height()));
        let top = if flags & MULTILINE == 0 {
            f64::midpoint(f64::from(rect.y0), f64::from(rect.y1)) + style.size / 2.0
        } else {
            f64::from(rect.y1) - PADDING
        };
        let value: String = value.chars().take(LONGEST_VALUE).collect();
        for (row, line) in (0_u16..).zip(value.split(['\r', '\n'])) {
            let baseline = top - style.size * (1.0 - DESCENT) - f64::from(row) * style.size;
            self.field_line(line, (f64::from(rect.x0) + PADDING, baseline), &style);
        }
    }

    fn field_line(&mut self, line: &str, (mut x, y): (f64, f64), style: &Style) {
        let Some(index) = style.font.or_else(|| self.fallback_font()) else { return };
        let State { ctm, fill, clip, .. } = self.state;
        let page = &mut self.page;
        page.runs.push(Run {
            font: self.fonts.get(index).map_or(0, |entry| entry.id),
            size: super::matrix::coordinate(style.size * ctm.c.hypot(ctm.d)),
            direction: Direction::Right,
            vertical: false,
            aslant: false,
            decoded: Decoding::ActualText,
            color: fill.color,
        });
        for character in line.chars() {
            let advance = style.size * if character.is_ascii() { NARROW } else { WIDE };
            let bbox: Rect =
                ctm.apply_to_box(x, y - style.size * DESCENT, x + advance, y + style.size * (1.0 - DESCENT));
            page.glyphs.push(Glyph {
                start: u32::try_from(page.text.len()).unwrap_or(u32::MAX),
                length: u16::try_from(character.len_utf8()).unwrap_or(0),
                visibility: if clip.shows_middle(&bbox) { Visibility::Visible } else { Visibility::Clipped },
                run: u32::try_from(page.runs.len() - 1).unwrap_or(u32::MAX),
                bbox,
            });
            page.text.push(character);
            x += advance;
        }
    }

    /// An attribute of the field, its own or inherited.
    fn of_field(&self, widget: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
        let mut node = widget;
        for _ in 0..HIGHEST_ANCESTOR {
            if let Some(value) = get(self.objects, node, key) {
                return Some(value);
            }
            node = get_dict(self.objects, node, b"Parent")?;
        }
        None
    }

    /// Reads the default appearance string: `/Helv 12 Tf`.
    fn style(&mut self, widget: &'d Dictionary, height: f64) -> Style {
        let objects = self.objects;
        let form = get_dict(objects, &objects.trailer, b"Root").and_then(|root| get_dict(objects, root, b"AcroForm"));
        let appearance = self.of_field(widget, b"DA").or_else(|| get(objects, form?, b"DA"));
        let tokens: Vec<Token<'_>> = match appearance {
            Some(Object::String(bytes, _)) => Lexer::new(bytes).take(64).collect(),
            _ => Vec::new(),
        };
        let chosen = tokens.windows(3).find_map(|tokens| match tokens {
            [Token::Name(name), Token::Number(size), Token::Operator(b"Tf", _)] => Some((*name, *size)),
            _ => None,
        });
        let resources = form.and_then(|form| get_dict(objects, form, b"DR"));
        let font = chosen.and_then(|(name, _)| self.find(resources, b"Font", name)).and_then(|object| {
            let dict = super::object::resolve(objects, object).and_then(dictionary)?;
            Some(self.use_font(object, dict, None))
        });
        let size = chosen.map(|(_, size)| size).filter(|size| *size > 0.0);
        Style { font, size: size.unwrap_or((height * AUTO_PER_HEIGHT).min(LARGEST_AUTO)) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{page_with, text};

    #[track_caller]
    fn case(field: &str, expected: &str) {
        let page = page_with(&format!("/Annots[<</Subtype/Widget/Rect[10 10 90 30]{field}>>]"), "", "", "");
        assert_eq!(text(&page), expected);
        assert!(page.glyphs.iter().all(|glyph| glyph.bbox.y0 >= 70.0 && glyph.bbox.y1 <= 90.0), "{:?}", page.glyphs);
    }

    #[test]
    fn fields_with_a_value_and_no_appearance() {
        case("/FT/Tx/V(a b)/DA(/F1 10 Tf)", "a b");
        case("/FT/Tx/V<FEFF9032>", "進");
        case("/FT/Tx/V(secret)/Ff 8192", "");
        case("/FT/Btn/V(Yes)", "");
        case("/FT/Tx", "");
    }
}
