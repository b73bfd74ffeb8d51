//! Annotations that a reader sees (ISO 32000-2, 12.5): their appearance streams, drawn into their rectangles.

use super::interpreter::Interpreter;
use super::matrix::Matrix;
use super::object::{dictionary, get, get_array, get_dict, get_matrix, get_name, get_number, get_rect, resolve};
use super::state::State;
use crate::geom::Rect;
use lopdf::{Dictionary, Object, ObjectId, Stream};

/// Annotation flags (ISO 32000-2, table 167).
const HIDDEN: i64 = 1 << 1;
const PRINT: i64 = 1 << 2;
const NO_VIEW: i64 = 1 << 5;
/// Most annotations of one page that are looked at.
const MOST_ANNOTATIONS: usize = 20_000;

impl<'d> Interpreter<'d> {
    /// Draws the page's annotations over its content.
    pub(super) fn annotations(&mut self, page: &'d Dictionary, matrix: Matrix) {
        let bounds = Rect::new(0.0, 0.0, self.page.width, self.page.height);
        let annotations = get_array(self.objects, page, b"Annots").unwrap_or_default();
        for object in annotations.iter().take(MOST_ANNOTATIONS) {
            let Some(annotation) = resolve(self.objects, object).and_then(dictionary) else { continue };
            if self.shows_annotation(annotation) {
                self.state = State::new(matrix, bounds);
                self.annotation(annotation);
            }
        }
    }

    #[allow(clippy::cast_possible_truncation)]
    fn shows_annotation(&self, annotation: &Dictionary) -> bool {
        let flags = get_number(self.objects, annotation, b"F").unwrap_or(0.0) as i64;
        let popup = get_name(self.objects, annotation, b"Subtype") == Some(b"Popup");
        let switched_on = annotation.get(b"OC").map_or(true, |entry| self.pdf.optional().shows(self.objects, entry));
        flags & HIDDEN == 0 && (flags & NO_VIEW == 0 || flags & PRINT != 0) && !popup && switched_on
    }

    /// Maps the box of the appearance onto the annotation's rectangle (ISO 32000-2, 12.5.5, algorithm 8).
    fn annotation(&mut self, annotation: &'d Dictionary) {
        let Some((id, appearance)) = self.appearance(annotation) else { return self.field_value(annotation) };
        let Some(rect) = get_rect(self.objects, annotation, b"Rect") else { return };
        let bbox = get_rect(self.objects, &appearance.dict, b"BBox").unwrap_or(rect);
        let [x0, y0, x1, y1] = [bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(f64::from);
        let around = get_matrix(self.objects, &appearance.dict, b"Matrix").apply_to_box(x0, y0, x1, y1);
        let scale = |to: f32, from: f32| if from > 0.0 { f64::from(to / from) } else { 1.0 };
        let (sx, sy) = (scale(rect.width(), around.width()), scale(rect.height(), around.height()));
        let (tx, ty) = (f64::from(rect.x0) - f64::from(around.x0) * sx, f64::from(rect.y0) - f64::from(around.y0) * sy);
        self.state.ctm = Matrix::new([sx, 0.0, 0.0, sy, tx, ty]).then(&self.state.ctm);
        self.form(id, appearance, None);
    }

    /// The normal appearance, in the state that `AS` names.
    fn appearance(&self, annotation: &'d Dictionary) -> Option<(Option<ObjectId>, &'d Stream)> {
        let appearances = get_dict(self.objects, annotation, b"AP")?;
        let written = appearances.get(b"N").ok()?;
        let chosen = match get(self.objects, appearances, b"N")? {
            Object::Dictionary(states) => states.get(get_name(self.objects, annotation, b"AS")?).ok()?,
            _ => written,
        };
        match resolve(self.objects, chosen)? {
            Object::Stream(stream) => Some((chosen.as_reference().ok(), stream)),
            _ => None,
        }
    }
}
