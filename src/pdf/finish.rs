//! What was met while reading a page, as warnings.

use super::Page;
use super::interpreter::Interpreter;
use super::space::PageSpace;
use super::text::PageFont;
use crate::warning::Warning;

impl Interpreter<'_> {
    /// The page with its warnings.
    pub(super) fn finish(mut self, space: &PageSpace) -> Page {
        self.marks.close_to(0, &mut self.page);
        super::paint::settle(&mut self.page.fills);
        self.pdf.budget().take_marks(self.page.marks());
        let number = self.page.number;
        let trouble = &self.trouble;
        let cases = [
            (usize::from(space.assumed), "missing-page-size", "has no usable MediaBox: US Letter was assumed"),
            (trouble.defects, "bad-content", "malformed tokens or operators were skipped"),
            (trouble.unknown_operators, "unknown-operators", "operators are not of PDF and were skipped"),
            (trouble.undecoded_streams, "missing-content", "content streams could not be decoded"),
            (trouble.form_loops, "form-loop", "forms inside themselves or nested too deep were not drawn"),
            (trouble.missing_resources, "missing-resources", "fonts, forms or states are not in the resources"),
            (usize::from(trouble.cut), "page-cut", "was cut at the limit on memory"),
            (self.hidden_glyphs, "hidden-layer", "characters stand on layers that are switched off and were left out"),
        ];
        let mut warnings: Vec<Warning> = cases
            .into_iter()
            .filter(|(count, _, _)| *count > 0)
            .map(|(count, code, what)| match code {
                "missing-page-size" | "page-cut" => Warning::new(code, format!("page {number} {what}")),
                _ => Warning::new(code, format!("page {number}: {count} {what}")),
            })
            .collect();
        warnings.extend(self.fonts.iter().flat_map(|font| troubles(font, number)));
        self.page.warnings.append(&mut warnings);
        self.page
    }
}

/// What is wrong with the characters of a font on a page.
fn troubles(font: &PageFont<'_>, page: u32) -> impl Iterator<Item = Warning> {
    let name = font.font.name();
    let cases = [
        (&font.undecoded, "undecodable-characters", "have no Unicode value"),
        (&font.contradicted, "contradicting-unicode", "are other letters by the font itself than by its ToUnicode"),
    ];
    cases.into_iter().filter(|(codes, _, _)| codes.count > 0).map(move |(codes, code, what)| {
        let listed: Vec<String> = codes.codes.iter().map(|code| format!("{code:#06x}")).collect();
        let more = if codes.count > listed.len() { ", …" } else { "" };
        let (count, listed) = (codes.count, listed.join(", "));
        let message = format!("page {page}: {count} characters of the font {name} {what} (codes {listed}{more})");
        Warning::new(code, message).at(codes.places.iter().copied())
    })
}

impl Page {
    /// How many things it holds, for the limit on memory.
    pub(super) fn marks(&self) -> usize {
        let lines = self.rulings.len() + self.diagonals.len() + self.rings.len();
        self.glyphs.len() + lines + self.fills.len() + self.images.len()
    }
}
