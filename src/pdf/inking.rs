//! Operators that choose colours (ISO 32000-2, 8.6.8).

use super::color::ColorSpace;
use super::interpreter::{Interpreter, Resources};
use super::lexer::{Token, name_bytes};
use super::object::get_dict;
use super::state::Paint;
use lopdf::Object;

/// Most colorants of a colour (ISO 32000-2, annex C).
const MOST_COMPONENTS: usize = 32;

impl<'d> Interpreter<'d> {
    /// Returns whether the operator is one of these and has its operands.
    pub(super) fn color_operator(&mut self, word: &[u8], operands: &[Token<'_>], resources: Resources<'d>) -> bool {
        let device = match word {
            b"g" | b"G" => Some(ColorSpace::Gray),
            b"rg" | b"RG" => Some(ColorSpace::Rgb),
            b"k" | b"K" => Some(ColorSpace::Cmyk),
            b"cs" | b"CS" | b"sc" | b"SC" | b"scn" | b"SCN" => None,
            _ => return false,
        };
        let space = match word {
            b"cs" | b"CS" => Some(self.color_space(operands, resources)),
            _ => device,
        };
        let paint = if word.first().is_some_and(u8::is_ascii_uppercase) {
            &mut self.state.stroke
        } else {
            &mut self.state.fill
        };
        if let Some(space) = space {
            paint.space = space;
        }
        if matches!(word, b"cs" | b"CS") {
            paint.color = paint.space.initial();
        } else {
            set(paint, operands);
        }
        true
    }

    fn color_space(&self, operands: &[Token<'_>], resources: Resources<'d>) -> ColorSpace {
        let [.., Token::Name(raw)] = operands else { return ColorSpace::Gray };
        let named = resources.and_then(|resources| get_dict(self.objects, resources, b"ColorSpace"));
        ColorSpace::read(self.objects, &Object::Name(name_bytes(raw).into_owned()), named)
    }
}

fn set(paint: &mut Paint, operands: &[Token<'_>]) {
    let mut values = [0.0; MOST_COMPONENTS];
    let mut count = 0;
    for token in operands {
        if let (Token::Number(value), Some(slot)) = (token, values.get_mut(count)) {
            *slot = *value;
            count += 1;
        }
    }
    paint.color = paint.space.color(values.get(..count).unwrap_or_default());
}
