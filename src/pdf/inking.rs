//! Operators that choose colours (ISO 32000-2, 8.6.8).

use super::color::ColorSpace;
use super::interpreter::{Interpreter, Resources};
use super::lexer::{Token, name_bytes};
use super::object::get_dict;
use super::operator::{ColorChoice, ColorOperator};
use super::state::Paint;
use lopdf::Object;

/// Most colorants of a colour (ISO 32000-2, annex C).
const MOST_COMPONENTS: usize = 32;

impl<'d> Interpreter<'d> {
    pub(super) fn choose_color(&mut self, operator: ColorOperator, operands: &[Token<'_>], resources: Resources<'d>) {
        let space = match operator.choice {
            ColorChoice::Gray => Some(ColorSpace::Gray),
            ColorChoice::Rgb => Some(ColorSpace::Rgb),
            ColorChoice::Cmyk => Some(ColorSpace::Cmyk),
            ColorChoice::Space => Some(self.color_space(operands, resources)),
            ColorChoice::Color => None,
        };
        let paint = if operator.strokes { &mut self.state.stroke } else { &mut self.state.fill };
        paint.space = space.unwrap_or(paint.space);
        if operator.choice == ColorChoice::Space {
            paint.color = paint.space.initial();
        } else {
            set(paint, operands);
        }
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
