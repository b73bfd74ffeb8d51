//! Fonts that a page selects by their names in its resources (ISO 32000-2, 9.3 and 7.8.3).

use super::{Interpreter, Resources};
use crate::pdf::lexer::Token;
use crate::pdf::object::{dictionary, resolve};
use crate::pdf::text::{Codes, PageFont};
use lopdf::{Dictionary, Object};
use std::rc::Rc;

impl<'d> Interpreter<'d> {
    pub(super) fn select_font(&mut self, operands: &[Token<'_>], resources: Resources<'d>) -> Option<()> {
        let [.., Token::Name(raw), Token::Number(_)] = operands else { return None };
        self.state.text.font = self.named_fonts.find(resources, raw).or_else(|| self.look_up_font(raw, resources));
        if self.state.text.font.is_none() {
            self.trouble.missing_resources += 1;
        }
        Some(())
    }

    fn look_up_font(&mut self, raw: &[u8], resources: Resources<'d>) -> Option<usize> {
        let object = self.find(resources, b"Font", raw)?;
        let dict = dictionary(resolve(self.objects, object)?)?;
        let index = self.use_font(object, dict, Some(dict));
        self.named_fonts.keep(resources, raw, index);
        Some(index)
    }

    /// The index of the font on this page, loaded at its first use; `own` is `dict` where its glyphs may be procedures.
    pub(in crate::pdf) fn use_font(
        &mut self,
        object: &Object,
        dict: &Dictionary,
        own: Option<&'d Dictionary>,
    ) -> usize {
        let (id, font) = self.pdf.fonts_in_use().font(self.pdf, object, dict);
        *self.fonts_by_id.entry(id).or_insert_with(|| {
            self.fonts.push(PageFont {
                id,
                font: Rc::new(font),
                style: None,
                dict: own,
                undecoded: Codes::default(),
                contradicted: Codes::default(),
            });
            self.fonts.len() - 1
        })
    }

    /// What stands in for a font that was not selected or is not there.
    pub(in crate::pdf) fn fallback_font(&mut self) -> Option<usize> {
        let nothing = Dictionary::new();
        let index = self.use_font(&Object::Null, &nothing, None);
        self.state.text.font = Some(index);
        Some(index)
    }
}
