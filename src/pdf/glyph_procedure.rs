//! Glyphs of Type 3 fonts whose code says nothing (ISO 32000-2, 9.6.4): what their procedures show is what a reader
//! sees. The procedures of all other glyphs only draw their shapes and are not run.

use super::interpreter::Interpreter;
use super::matrix::Matrix;
use super::object::get_dict;
use lopdf::Object;

/// How deep procedures may show text that is procedures.
const DEEPEST: usize = 8;

impl Interpreter<'_> {
    /// Runs the procedure of a code, with 1/1000 of text space as in `glyph`. False if it showed no text.
    pub(super) fn draw_procedure(&mut self, code: u32, font: usize, glyph: &Matrix) -> bool {
        let Some(entry) = self.fonts.get(font) else { return false };
        let (Some(dict), Some(matrix)) = (entry.dict, entry.font.font_matrix()) else { return false };
        let Some(id) = entry.font.char_procedure(self.objects, dict, code) else { return false };
        let resources = get_dict(self.objects, dict, b"Resources");
        let open = self.open_forms.len();
        if open >= DEEPEST || self.open_forms.contains(&id) {
            return false;
        }
        let Ok(Object::Stream(procedure)) = self.objects.get_object(id) else { return false };
        let Some(content) = self.form_content(Some(id), procedure) else { return false };
        let (outside, before) = (self.state, self.page.glyphs.len());
        let to_thousandths = Matrix::new([1000.0, 0.0, 0.0, 1000.0, 0.0, 0.0]);
        self.state.ctm = Matrix::new(matrix.map(f64::from)).then(&to_thousandths).then(glyph);
        let path = std::mem::take(&mut self.path);
        self.open_forms.push(id);
        self.run(&content, resources);
        self.open_forms.truncate(open);
        self.path = path;
        self.state = outside;
        self.page.glyphs.len() > before
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{page, text};

    #[test]
    fn text_inside_a_glyph_of_a_type_3_font() {
        let font = "10 0 obj<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 0/Widths[9]\
            /Encoding<</Differences[0/g1]>>/CharProcs<</g1 11 0 R>>/Resources<</Font<</F1 5 0 R/T 10 0 R>>>>>>endobj\n\
            11 0 obj<<>>stream\n9 0 d0 BT /F1 5 Tf (A) Tj /T 1 Tf <00> Tj ET\nendstream endobj";
        let page = page("BT /T 20 Tf 10 10 Td <00> Tj ET", "/Font<</T 10 0 R>>", font);
        assert_eq!(text(&page).chars().next(), Some('A'), "{}", text(&page));
        assert_eq!(page.glyphs[0].bbox.x0, 10.0);
        assert_eq!(page.glyphs[0].bbox.width().round(), 7.0);
    }
}
