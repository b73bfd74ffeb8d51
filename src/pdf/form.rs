//! Form XObjects (ISO 32000-2, 8.10) and what else `Do` draws: each in its own space, clipped to its box, with its own
//! resources or those around it, never inside itself.

use super::interpreter::{Interpreter, Resources};
use super::object::{get, get_dict, get_matrix, get_name, get_rect, resolve};
use super::stream;
use lopdf::{Object, ObjectId, Stream};
use std::sync::Arc;

/// How deep forms may nest.
const DEEPEST: usize = 28;
/// What drawing a form costs of the operations that a document may have, beside those in it.
const OPERATIONS_PER_FORM: usize = 32;
/// Bytes of content for each glyph that room is made for at first: operators and places of strings take most of them.
const BYTES_PER_GLYPH: usize = 40;
/// Bytes of a Japanese character in UTF-8.
const BYTES_OF_TEXT: usize = 3;
/// Most glyphs that room is made for before they come.
const MOST_ROOM: usize = 8192;
/// Decoded forms of one page that are kept, in bytes.
const MOST_KEPT: usize = 16 << 20;

impl<'d> Interpreter<'d> {
    /// `Do`.
    pub(super) fn external_object(&mut self, object: &'d Object, resources: Resources<'d>) {
        let Some(Object::Stream(stream)) = resolve(self.objects, object) else {
            self.trouble.missing_resources += 1;
            return;
        };
        if let Ok(membership) = stream.dict.get(b"OC")
            && !self.pdf.optional().shows(self.objects, membership)
        {
            return;
        }
        match get_name(self.objects, &stream.dict, b"Subtype") {
            Some(b"Image") => self.image(),
            Some(b"Form") => self.form(object.as_reference().ok(), stream, resources),
            _ if stream.dict.has(b"BBox") => self.form(object.as_reference().ok(), stream, resources),
            _ => {}
        }
    }

    /// Draws a form; the graphics state around it is as before afterwards.
    pub(super) fn form(&mut self, id: Option<ObjectId>, form: &'d Stream, around: Resources<'d>) {
        let open = self.open_forms.len();
        if open >= DEEPEST || id.is_some_and(|id| self.open_forms.contains(&id)) {
            self.trouble.form_loops += 1;
            return;
        }
        if !(0..OPERATIONS_PER_FORM).all(|_| self.take_operation()) {
            return;
        }
        let Some(content) = self.form_content(id, form) else { return };
        let outside = self.state;
        self.state.ctm = get_matrix(self.objects, &form.dict, b"Matrix").then(&outside.ctm);
        if let Some(bbox) = get_rect(self.objects, &form.dict, b"BBox") {
            let [x0, y0, x1, y1] = [bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(f64::from);
            let clip = self.state.ctm.apply_to_box(x0, y0, x1, y1);
            self.state.clip.narrow(&clip);
        }
        let resources = get_dict(self.objects, &form.dict, b"Resources").or(around);
        let path = std::mem::take(&mut self.path);
        self.open_forms.push(id.unwrap_or((u32::MAX, 0)));
        self.run(&content, resources);
        self.open_forms.truncate(open);
        self.path = path;
        self.state = outside;
    }

    pub(super) fn form_content(&mut self, id: Option<ObjectId>, form: &Stream) -> Option<Arc<Vec<u8>>> {
        if let Some(kept) = id.and_then(|id| self.forms.get(&id)) {
            return Some(Arc::clone(kept));
        }
        match stream::decode(self.objects, form, self.pdf.budget()) {
            Ok(content) => {
                let content = Arc::new(content);
                let kept: usize = self.forms.values().map(|form| form.len()).sum();
                if let Some(id) = id
                    && kept + content.len() <= MOST_KEPT
                {
                    self.forms.insert(id, Arc::clone(&content));
                }
                Some(content)
            }
            Err(_) => {
                self.trouble.undecoded_streams += 1;
                None
            }
        }
    }

    /// The page's own content streams as one (ISO 32000-2, 7.8.2), those that cannot be decoded left out.
    pub(super) fn page_content(&mut self, page: &'d lopdf::Dictionary) -> Vec<u8> {
        let mut content = Vec::new();
        let streams: Vec<&Object> = match get(self.objects, page, b"Contents") {
            Some(Object::Array(items)) => items.iter().filter_map(|item| resolve(self.objects, item)).collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        for object in streams {
            let Object::Stream(part) = object else {
                self.trouble.undecoded_streams += 1;
                continue;
            };
            match stream::decode(self.objects, part, self.pdf.budget()) {
                Ok(bytes) if content.is_empty() => content = bytes,
                Ok(bytes) if content.len() + bytes.len() <= self.pdf.budget().per_stream() => {
                    content.push(b'\n');
                    content.extend_from_slice(&bytes);
                }
                Ok(_) => {
                    self.pdf.budget().exceed();
                    self.trouble.cut = true;
                    break;
                }
                Err(_) => self.trouble.undecoded_streams += 1,
            }
        }
        self.make_room(content.len());
        content
    }

    /// Makes room for what a page with so many bytes of content shows, so that it need not be moved as it grows.
    fn make_room(&mut self, content: usize) {
        let glyphs = (content / BYTES_PER_GLYPH).min(MOST_ROOM);
        self.page.glyphs.reserve(glyphs);
        self.page.text.reserve(glyphs * BYTES_OF_TEXT);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{page, page_with, text};

    /// A form that shows `text` at its origin and then does `more`.
    fn form(number: u32, entries: &str, text: &str, more: &str) -> String {
        format!(
            "{number} 0 obj<</Subtype/Form/BBox[0 0 50 50] {entries}>>stream\nBT /F1 10 Tf ({text}) Tj ET {more}\nendstream endobj\n"
        )
    }

    #[test]
    fn a_form_has_its_own_space_and_resources_or_those_around_it() {
        let objects = form(10, "/Matrix[1 0 0 1 100 0]", "A", "");
        let page = page("q /X Do Q BT /F1 10 Tf (B) Tj ET", "/XObject<</X 10 0 R>>", &objects);
        assert_eq!(text(&page), "AB");
        assert_eq!(page.glyphs.iter().map(|glyph| glyph.bbox.x0).collect::<Vec<_>>(), [100.0, 0.0]);
    }

    #[test]
    fn forms_in_circles_end() {
        let around = "/Resources<</Font<</F1 5 0 R>>/XObject<</X 10 0 R/Y 11 0 R>>>>";
        let objects = form(10, around, "A", "/Y Do /Y Do") + &form(11, around, "B", "/X Do");
        let page = page("/X Do", "/XObject<</X 10 0 R>>", &objects);
        assert_eq!(text(&page), "ABB");
        assert!(page.warnings.iter().any(|warning| warning.code == "form-loop"), "{:?}", page.warnings);
    }

    #[test]
    fn what_a_form_leaves_open_ends_with_it() {
        let page =
            page("/X Do Q Q BT /F1 10 Tf (B) Tj ET", "/XObject<</X 10 0 R>>", &form(10, "", "A", "Q q 9 0 0 9 0 0 cm"));
        assert_eq!(text(&page), "AB");
        assert_eq!(page.glyphs[1].bbox.x0, 0.0);
    }

    #[test]
    fn layers_that_are_off_are_left_out_and_told() {
        let objects = form(11, "/OC 10 0 R", "A", "") + "10 0 obj<</Type/OCG/Name(x)>>endobj";
        let resources = "/XObject<</X 11 0 R>>/Properties<</P 10 0 R>>";
        let page = page("/X Do BT /F1 10 Tf /OC /P BDC (B) Tj EMC (C) Tj ET", resources, &objects);
        assert_eq!(text(&page), "C");
        assert!(page.warnings.iter().any(|warning| warning.code == "hidden-layer"), "{:?}", page.warnings);
    }

    #[test]
    fn appearances_of_annotations_are_part_of_the_page() {
        let objects = form(10, "/Resources<</Font<</F1 5 0 R>>>>", "A", "");
        let annotation = |flags: u32| {
            let entries = format!("/Annots[<</Subtype/FreeText/F {flags}/Rect[100 0 200 100]/AP<</N 10 0 R>>>>]");
            page_with(&entries, "", "", &objects)
        };
        assert_eq!((text(&annotation(4)).as_str(), annotation(4).glyphs[0].bbox.width().round()), ("A", 13.0));
        assert_eq!(text(&annotation(2)), "");
    }
}
