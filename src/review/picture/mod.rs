//! Takes the bytes of a PDF and what `pdf` read of its pages, gives a picture of each page as SVG markup, and says what
//! a picture does not show as printed.
//!
//! hayro draws; [`compact`] makes its SVG small and safe to stand in a page with others. Where the document does not bring
//! the font of a text, or hayro cannot draw a page, [`written`] writes the characters that were read: hayro itself would
//! take numbers of the collection for numbers of glyphs where it knows no character, and draw another one.

mod compact;
mod decimal;
pub mod font;
mod wanted;
mod written;

use crate::audit::Message;
use crate::pdf::{Page, UsedFont};
use compact::Outlines;
use font::FontFile;
use hayro_interpret::font::FontQuery;
use hayro_interpret::{InterpreterSettings, InterpreterWarning};
use hayro_svg::{RenderCache, SvgRenderSettings};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wanted::Wanted;
use written::Scribe;

/// A page and its picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// 1-based.
    pub number: u32,
    /// Width as seen, in points.
    pub width: f32,
    /// Height as seen, in points.
    pub height: f32,
    /// Its picture.
    pub picture: Picture,
}

/// SVG markup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// Width of its coordinates.
    pub width: f32,
    /// Height of its coordinates.
    pub height: f32,
    /// What stands between `<svg>` and `</svg>`.
    pub markup: String,
}

/// What pictures do not show as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Stable code in kebab case.
    pub code: &'static str,
    /// What is missing or replaced, in one or two sentences.
    pub message: Message,
    /// On which pages; empty where on all.
    pub pages: Vec<u32>,
}

/// The pictures of all pages.
#[derive(Debug, Default)]
pub(super) struct Album {
    pub(super) leaves: Vec<Leaf>,
    pub(super) outlines: Vec<String>,
    pub(super) notices: Vec<Notice>,
}

/// Largest share by which the sides of a picture may differ from those of its page before it is refused.
const MISFIT: f32 = 0.01;

/// Draws all pages.
pub(super) fn draw(
    bytes: &[u8],
    password: &str,
    pages: &[Page],
    fonts: &[UsedFont],
    find_font: &dyn Fn(&BTreeSet<char>) -> Option<FontFile>,
) -> Album {
    let wanted = Wanted::of(pages, fonts);
    let found = if wanted.characters.is_empty() { None } else { find_font(&wanted.characters) };
    let mut notices = wanted.notices(found.as_ref());
    let undrawn: BTreeSet<u32> = wanted.fonts.keys().copied().collect();
    let mut outlines = Outlines::default();
    let artist = Artist::new(bytes, password);
    let drawn = match &artist {
        Some(artist) => artist.draw(pages, &mut outlines),
        None => pages.iter().map(|_| None).collect(),
    };
    let mut scribe = Scribe::new(found.as_ref(), &mut outlines);
    let mut failed = Vec::new();
    let mut without_image = Vec::new();
    let mut leaves = Vec::with_capacity(pages.len());
    for (page, picture) in pages.iter().zip(drawn) {
        let picture = match picture.filter(|(picture, _)| fits(page, picture)) {
            Some((picture, Trouble(trouble))) => {
                without_image.extend(trouble.then_some(page.number));
                scribe.add(page, &undrawn, picture)
            }
            None => {
                failed.push(page.number);
                scribe.whole(page)
            }
        };
        leaves.push(Leaf { number: page.number, width: page.width, height: page.height, picture });
    }
    notices.extend(missing(failed, without_image));
    Album { leaves, outlines: outlines.into_paths(), notices }
}

/// What the reader has to know about pages and images that are not drawn.
fn missing(failed: Vec<u32>, without_image: Vec<u32>) -> impl Iterator<Item = Notice> {
    let page = Message::new(
        "このページは描画できなかったため、読み取った文字と線だけを示す。図・画像・書体は原本で確認のこと。",
        "This page could not be drawn: only the characters and lines that were read are shown. See the original for \
         pictures and typefaces.",
    );
    let image = Message::new(
        "このページの画像のうち、描画できないものがある。原本で確認のこと。",
        "An image on this page could not be drawn: see the original.",
    );
    let notices = [("page-not-drawn", page, failed), ("image-not-drawn", image, without_image)];
    let notices = notices.into_iter().map(|(code, message, pages)| Notice { code, message, pages });
    notices.filter(|notice| !notice.pages.is_empty())
}

/// Whether a picture has the shape of its page, so that boxes on the page stand on their text in the picture.
fn fits(page: &Page, picture: &Picture) -> bool {
    let scale = |of: f32, to: f32| of / to;
    let (x, y) = (scale(page.width, picture.width), scale(page.height, picture.height));
    x.is_finite() && y.is_finite() && (x - y).abs() <= MISFIT * x.abs()
}

/// Whether an image of a page could not be decoded.
struct Trouble(bool);

/// hayro with the settings for one document.
struct Artist {
    pdf: hayro_syntax::Pdf,
    settings: InterpreterSettings,
    /// Set where hayro meets an image that it cannot decode.
    trouble: Arc<AtomicBool>,
}

impl Artist {
    fn new(bytes: &[u8], password: &str) -> Option<Self> {
        let open = || hayro_syntax::Pdf::new_with_password(bytes.to_vec(), password).ok();
        let pdf = catch_unwind(open).ok()??;
        let trouble = Arc::new(AtomicBool::new(false));
        let sink = Arc::clone(&trouble);
        let settings = InterpreterSettings {
            font_resolver: Arc::new(move |query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(query) if query.character_collection.is_none() => {
                    Some(query.pick_standard_font().get_font_data())
                }
                FontQuery::Fallback(_) => None,
            }),
            cmap_resolver: Arc::new(hayro_cmap::load_embedded),
            warning_sink: Arc::new(move |warning| {
                if matches!(warning, InterpreterWarning::ImageDecodeFailure) {
                    sink.store(true, Ordering::Relaxed);
                }
            }),
            ..InterpreterSettings::default()
        };
        Some(Self { pdf, settings, trouble })
    }

    /// The picture of each page, `None` where there is none.
    fn draw(&self, pages: &[Page], outlines: &mut Outlines) -> Vec<Option<(Picture, Trouble)>> {
        let cache = RenderCache::new();
        let one = |page: &Page| {
            let leaf = self.pdf.pages().get((page.number as usize).checked_sub(1)?)?;
            let (width, height) = leaf.render_dimensions();
            let settings = SvgRenderSettings { bg_color: [0; 4] };
            Some((width, height, hayro_svg::convert(leaf, &cache, &self.settings, &settings)))
        };
        let mut pictures = Vec::with_capacity(pages.len());
        for page in pages {
            let drawn = catch_unwind(AssertUnwindSafe(|| one(page))).ok().flatten();
            let trouble = Trouble(self.trouble.swap(false, Ordering::Relaxed));
            pictures.push(drawn.map(|(width, height, svg)| {
                let markup = compact::page(&svg, &format!("p{}-", page.number), outlines);
                (Picture { width, height, markup }, trouble)
            }));
        }
        pictures
    }
}
