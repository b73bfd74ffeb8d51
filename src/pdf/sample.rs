//! One-page files for the tests of this stage, and their pages in a notation that tests can state.

use super::{Options, Page, Pdf, Visibility};
use crate::geom::Axis;

/// The page of a file with this content, 200 by 100 points, with Helvetica as `F1`. `resources` are entries of its
/// resource dictionary, `objects` further objects from number 10 on.
pub(super) fn page(content: &str, resources: &str, objects: &str) -> Page {
    page_with("", content, resources, objects)
}

/// The same with further entries of the page's dictionary.
pub(super) fn page_with(entries: &str, content: &str, resources: &str, objects: &str) -> Page {
    let file = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R {}>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R {entries}\n\
         /Resources<</Font<</F1 5 0 R>> {resources}>>>>endobj\n\
         4 0 obj<<>>stream\n{content}\nendstream endobj\n\
         5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n{objects}\n\
         trailer<</Root 1 0 R>>",
        if objects.contains("/OCG") { "/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>" } else { "" }
    );
    Pdf::open(file.as_bytes(), &Options::default()).unwrap().page(1)
}

/// The text of the page, what is clipped in square brackets, what is invisible in angle brackets.
pub(super) fn text(page: &Page) -> String {
    let glyphs = page.glyphs.iter().map(|glyph| {
        let start = glyph.start as usize;
        let text = &page.text[start..start + usize::from(glyph.length)];
        match glyph.visibility {
            Visibility::Visible => text.to_owned(),
            Visibility::Clipped => format!("[{text}]"),
            Visibility::Invisible => format!("<{text}>"),
        }
    });
    glyphs.collect()
}

/// Rulings as `h position from..to thickness`, fills as `fill box`, diagonals as `/`, rings as `o`.
pub(super) fn lines(page: &Page) -> Vec<String> {
    let rulings = page.rulings.iter().map(|ruling| {
        let axis = if ruling.axis == Axis::Horizontal { 'h' } else { 'v' };
        let (span, thickness) = (ruling.span, ruling.thickness);
        format!("{axis} {:.1} {:.1}..{:.1} {thickness:.1}", ruling.position, span.start, span.end)
    });
    let fills = page.fills.iter().map(|fill| {
        let bbox = fill.bbox;
        format!("fill {:.1} {:.1} {:.1} {:.1}", bbox.x0, bbox.y0, bbox.x1, bbox.y1)
    });
    let diagonals = page.diagonals.iter().map(|_| "/".to_owned());
    let rings = page.rings.iter().map(|_| "o".to_owned());
    rulings.chain(fills).chain(diagonals).chain(rings).collect()
}
