//! A second reader as a witness: an independent interpreter of PDF (hayro) runs every sample, and each glyph that it
//! places has to be one of ours, at the same place and in the same order.
//!
//! What it is not asked: the text of a glyph (it knows fewer ways to Unicode) and what is clipped (it clips when drawing).

#![allow(clippy::unwrap_used, reason = "a test that cannot read its sample has to fail")]

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RectExt, SoftMask, TransformExt, interpret_page,
};
use std::path::{Path, PathBuf};
use torikumi::pdf::{Direction, Glyph, Options, Page, Pdf};

/// How far apart the two may place an origin, in points: both compute in 64 bits, we keep 32.
const TOLERANCE: f64 = 0.02;

/// Origins of glyphs as the witness places them, in points from the top left.
#[derive(Default)]
struct Origins {
    placed: Vec<(Point, WritingMode)>,
    /// The last run was filled: the same run stroked is the same glyphs again.
    filled: Option<(usize, Point)>,
}

impl<'a> Device<'a> for Origins {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let origin = |transform: Affine| props.transform * transform * Point::ZERO;
        let Some(first) = run.glyphs().first().map(|glyph| origin(glyph.transform())) else { return };
        let key = (run.glyphs().len(), first);
        if matches!(mode, DrawMode::Stroke(_)) && self.filled.take() == Some(key) {
            return;
        }
        self.filled = matches!(mode, DrawMode::Fill(_)).then_some(key);
        self.placed.extend(run.glyphs().iter().map(|glyph| (origin(glyph.transform()), run.writing_mode())));
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The glyphs of each page as the witness places them.
fn witness(bytes: &[u8]) -> Vec<Vec<(Point, WritingMode)>> {
    let pdf = hayro_interpret::hayro_syntax::Pdf::new(bytes.to_vec()).unwrap();
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (transform, bounds) = (page.initial_transform(true).to_kurbo(), page.intersected_crop_box().to_kurbo());
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        let mut origins = Origins::default();
        interpret_page(page, &mut context, &mut origins);
        pages.push(origins.placed);
    }
    pages
}

/// Whether our glyph stands where the witness put its origin: at the edge of the box where the glyph begins, between the
/// edges along the writing direction. In vertical writing both count from the upper left of the upright glyph.
fn agrees(page: &Page, glyph: &Glyph, &(origin, mode): &(Point, WritingMode)) -> bool {
    let run = &page.runs[glyph.run as usize];
    let [x0, y0, x1, y1] = [glyph.bbox.x0, glyph.bbox.y0, glyph.bbox.x1, glyph.bbox.y1].map(f64::from);
    let is = |ours: f64, theirs: f64| (ours - theirs).abs() <= TOLERANCE;
    let within = |low: f64, value: f64, high: f64| low - TOLERANCE <= value && value <= high + TOLERANCE;
    if run.vertical != matches!(mode, WritingMode::Vertical) {
        return false;
    }
    match run.direction {
        Direction::Down if run.vertical => is(x0, origin.x) && within(y0, origin.y, y1),
        Direction::Right => is(x0, origin.x) && within(y0, origin.y, y1),
        Direction::Left => is(x1, origin.x) && within(y0, origin.y, y1),
        Direction::Down => is(y0, origin.y) && within(x0, origin.x, x1),
        Direction::Up => is(y1, origin.y) && within(x0, origin.x, x1),
    }
}

/// How many glyphs of a file both readers place alike; they have to agree on every one.
fn compare(path: &Path) -> usize {
    let bytes = std::fs::read(path).unwrap();
    let (ours, theirs) = (Pdf::open(&bytes, &Options::default()).unwrap(), witness(&bytes));
    assert_eq!(ours.page_count() as usize, theirs.len(), "{}: pages", path.display());
    let mut agreed = 0;
    for (number, placed) in (1..).zip(&theirs) {
        let page = ours.page(number);
        assert_eq!(page.glyphs.len(), placed.len(), "{} page {number}: glyphs", path.display());
        for (glyph, origin) in page.glyphs.iter().zip(placed) {
            assert!(
                agrees(&page, glyph, origin),
                "{} page {number}: {glyph:?} of {:?} is at {origin:?}",
                path.display(),
                page.runs[glyph.run as usize]
            );
        }
        agreed += placed.len();
    }
    agreed
}

#[test]
fn an_independent_reader_places_every_glyph_of_every_sample_where_we_do() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    paths.sort();
    let agreed: usize = paths.iter().map(|path| compare(path)).sum();
    assert!(agreed > 20_000, "only {agreed} glyphs were compared");
}
