//! Operators of the graphics state (ISO 32000-2, 8.4.4), and the parameter dictionaries that they name.

use super::{Interpreter, Resources, last};
use crate::pdf::lexer::Token;
use crate::pdf::matrix::Matrix;
use crate::pdf::object::{dictionary, get_array, get_number, number, resolve};
use crate::pdf::operator::StateOperator;
use crate::pdf::state::Parameters;

/// How deep `q` may nest.
const MOST_SAVED: usize = 4096;

impl<'d> Interpreter<'d> {
    pub(super) fn state_operator(
        &mut self,
        operator: StateOperator,
        operands: &[Token<'_>],
        resources: Resources<'d>,
        floor: usize,
    ) -> Option<()> {
        match operator {
            StateOperator::Save if self.saved.len() < MOST_SAVED => self.saved.push(self.state),
            StateOperator::Save => self.trouble.defects += 1,
            StateOperator::Restore => {
                let above = self.saved.len().checked_sub(floor).filter(|above| *above > 0);
                self.state = above.and_then(|_| self.saved.pop())?;
            }
            StateOperator::Concatenate => self.state.ctm = Matrix::new(last(operands)?).then(&self.state.ctm),
            StateOperator::LineWidth => [self.state.line_width] = last(operands)?,
            StateOperator::LineCap => self.state.square_cap = last(operands)? == [2.0],
            StateOperator::Parameters => self.graphics_state(operands, resources)?,
        }
        Some(())
    }

    fn graphics_state(&mut self, operands: &[Token<'_>], resources: Resources<'d>) -> Option<()> {
        let [.., Token::Name(raw)] = operands else { return None };
        match self.named_states.find(resources, raw).or_else(|| self.look_up_state(raw, resources)) {
            Some(parameters) => self.state.apply(&parameters),
            None => self.trouble.missing_resources += 1,
        }
        Some(())
    }

    fn look_up_state(&mut self, raw: &[u8], resources: Resources<'d>) -> Option<Parameters> {
        let objects = self.objects;
        let dict = dictionary(resolve(objects, self.find(resources, b"ExtGState", raw)?)?)?;
        let entry = |key: &[u8]| get_number(objects, dict, key);
        let mut parameters = Parameters {
            line_width: entry(b"LW"),
            square_cap: entry(b"LC").map(|cap| cap == 2.0),
            stroke_alpha: entry(b"CA"),
            fill_alpha: entry(b"ca"),
            font: None,
        };
        if let Some([font, size]) = get_array(objects, dict, b"Font")
            && let Some(loaded) = resolve(objects, font).and_then(dictionary)
        {
            parameters.font = Some((self.use_font(font, loaded, Some(loaded)), number(size)));
        }
        self.named_states.keep(resources, raw, parameters);
        Some(parameters)
    }
}
