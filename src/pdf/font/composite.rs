//! Takes a Type 0 font dictionary and its CIDFont (ISO 32000-2, 9.7), gives the text and the metrics of a code by its
//! CMap and its CID. `ToUnicode` and the folding of characters are left to the font.

use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::Metrics;
use super::cmap::CMap;
use super::cmap::predefined::{Collection, Predefined};
use super::code_space::CodeSpace;
use super::metrics::CidMetrics;
use super::object;
use super::program::Program;
use crate::pdf::Decoding;

/// The full-width space: below it stand half-width and proportional forms.
const FIRST_FULL_WIDTH_CID: u32 = 633;

/// A font whose codes go through a CMap to CIDs.
#[derive(Debug)]
pub(super) struct Composite {
    cmap: CMap,
    code_space: CodeSpace,
    collection: Option<Collection>,
    metrics: CidMetrics,
    vertical: bool,
    true_type: bool,
    /// `CIDToGIDMap` where it is a stream, and its bytes once they were needed.
    glyph_map: Option<ObjectId>,
    glyphs: OnceLock<Option<Vec<u8>>>,
}

impl Composite {
    /// Reads the dictionary of a Type 0 font; an unknown `Encoding` is taken as `Identity-H`.
    pub(super) fn load(objects: &Document, dict: &Dictionary, descendant: &Dictionary, limit: usize) -> Self {
        let cmap = dict
            .get(b"Encoding")
            .ok()
            .and_then(|encoding| CMap::load(objects, encoding, limit))
            .unwrap_or_else(|| CMap::Predefined(Predefined::identity()));
        let collection = cmap.collection().or_else(|| collection(objects, descendant));
        Self {
            code_space: cmap.code_space(),
            vertical: cmap.is_vertical(),
            collection,
            cmap,
            metrics: CidMetrics::load(objects, descendant),
            glyph_map: descendant.get(b"CIDToGIDMap").and_then(Object::as_reference).ok(),
            glyphs: OnceLock::new(),
            true_type: object::name(objects, descendant, b"Subtype") == Some(b"CIDFontType2"),
        }
    }

    pub(super) fn code_space(&self) -> &CodeSpace {
        &self.code_space
    }

    pub(super) fn is_vertical(&self) -> bool {
        self.vertical
    }

    /// The text of a code by its CMap or by its CID.
    pub(super) fn text(&self, code: u32, bytes: u8) -> Option<(String, Decoding)> {
        let predefined = self.cmap.predefined_for(code, bytes);
        let by_cid = || Some((self.collection?.text(self.cmap.cid(code, bytes)?)?, Decoding::Cid));
        let by_code = predefined.and_then(|cmap| cmap.text(code, bytes));
        by_code.or_else(by_cid).or_else(|| predefined?.likely_text(code, bytes))
    }

    /// The CID of a code; what the CMap does not map is shown as CID 0.
    pub(super) fn cid(&self, code: u32, bytes: u8) -> u32 {
        self.cmap.cid(code, bytes).unwrap_or_default()
    }

    /// Whether a CID, in an embedded program, is the index of a glyph (9.7.4.2).
    pub(super) fn cids_are_glyphs(&self) -> bool {
        self.true_type && self.glyph_map.is_none()
    }

    /// Whether its CMap is one of those whose codes are characters.
    pub(super) fn is_coded(&self) -> bool {
        self.cmap.collection().is_some()
    }

    /// The glyph of the embedded program that a code shows.
    pub(super) fn glyph(
        &self,
        objects: &Document,
        code: u32,
        bytes: u8,
        program: &Program,
        limit: usize,
    ) -> Option<u32> {
        let cid = self.cid(code, bytes);
        let read = || object::content(objects.get_object(self.glyph_map?).ok()?.as_stream().ok()?, limit);
        match self.glyphs.get_or_init(read) {
            Some(glyphs) => {
                let start = usize::try_from(cid).ok()?.checked_mul(2)?;
                let pair = glyphs.get(start..)?.first_chunk::<2>()?;
                Some(u32::from(u16::from_be_bytes(*pair)))
            }
            None => program.glyph_of_cid(cid),
        }
    }

    /// The metrics of a code. The CID is looked up only where it makes a difference.
    pub(super) fn metrics(&self, code: u32, bytes: u8) -> Metrics {
        let cid = self.needs_cid(code, bytes).then(|| self.cid(code, bytes));
        let width = self.metrics.width(cid);
        if !self.vertical {
            return Metrics { advance: width, origin: (0.0, 0.0) };
        }
        let vertical = self.metrics.vertical(cid, width);
        Metrics { advance: vertical.advance, origin: vertical.origin }
    }

    fn needs_cid(&self, code: u32, bytes: u8) -> bool {
        let widths = self.metrics.has_widths();
        let verticals = self.vertical && self.metrics.has_verticals();
        let pair = bytes == 2 && self.cmap.predefined_for(code, bytes).is_some_and(Predefined::pairs_are_full_width);
        verticals || widths && !(pair && self.metrics.end_of_widths() <= FIRST_FULL_WIDTH_CID)
    }
}

/// `CIDSystemInfo` of a CIDFont.
fn collection(objects: &Document, descendant: &Dictionary) -> Option<Collection> {
    let info = object::dictionary(objects, descendant, b"CIDSystemInfo")?;
    let string = |key| object::entry(objects, info, key)?.as_str().ok();
    Collection::new(string(b"Registry")?, string(b"Ordering")?)
}
