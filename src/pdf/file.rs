//! A PDF file that is open: its objects, its list of pages, and what all pages share.

use super::font::Font;
use super::interpreter::Interpreter;
use super::load::{self, Loaded, limit_error};
use super::object::{get_dict, text_string};
use super::optional::OptionalContent;
use super::space::PageSpace;
use super::stream::Budget;
use super::tree::{self, PageList};
use super::{Page, UsedFont};
use crate::error::Result;
use crate::warning::Warning;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How to open a file.
#[derive(Debug, Clone)]
pub struct Options {
    /// User or owner password of an encrypted file.
    pub password: Option<String>,
    /// Bytes that reading may take at most, roughly; larger inflated streams and pages are refused.
    pub max_memory: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { password: None, max_memory: 1 << 30 }
    }
}

/// What the file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Info {
    /// The program that wrote the PDF.
    pub producer: Option<String>,
    /// The program in which the document was made.
    pub creator: Option<String>,
    /// Version of PDF in the file's header.
    pub version: String,
    /// Number of pages.
    pub page_count: u32,
    /// Whether the file is encrypted.
    pub encrypted: bool,
    /// What had to be repaired to open it, as sentences.
    pub repaired: Vec<String>,
}

/// An open PDF file. Pages can be read in any order and from several threads.
pub struct Pdf {
    objects: Document,
    pages: PageList,
    info: Info,
    optional: OptionalContent,
    fonts: FontsInUse,
    budget: Budget,
    max_memory: usize,
}

/// Fonts that pages have used, each loaded once.
#[derive(Default)]
pub(super) struct FontsInUse {
    by_id: Mutex<BTreeMap<u32, Arc<OnceLock<Arc<Font>>>>>,
}

impl Pdf {
    /// Opens a file from its bytes, repairing what can be repaired.
    ///
    /// # Errors
    ///
    /// When no object can be recovered, no password opens it, it has no pages, or it inflates beyond the limit.
    pub fn open(bytes: &[u8], options: &Options) -> Result<Self> {
        let budget = Budget::new(options.max_memory);
        let Loaded { objects, pages, rebuilt } = load::load(bytes, options, &budget)?;
        let info = info(&objects, &pages, rebuilt);
        let optional = OptionalContent::read(&objects);
        let fonts = FontsInUse::default();
        Ok(Self { objects, pages, info, optional, fonts, budget, max_memory: options.max_memory })
    }

    /// Number of pages, at least 1.
    #[must_use]
    pub fn page_count(&self) -> u32 {
        self.info.page_count
    }

    /// What the file says of itself and how it was repaired.
    #[must_use]
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// Reads one page. Pages that do not exist or cannot be read are empty and carry a warning.
    #[must_use]
    pub fn page(&self, number: u32) -> Page {
        let pointer = (number as usize).checked_sub(1).and_then(|index| self.pages.pages.get(index));
        let Some(node) = pointer.and_then(|pointer| pointer.node(&self.objects)) else {
            let warning = Warning::new("missing-page", format!("page {number} cannot be found"));
            return Page { number, warnings: vec![warning], ..Page::default() };
        };
        let space = PageSpace::of(&self.objects, &node);
        let page = Page { number, width: space.width, height: space.height, ..Page::default() };
        let resources = node.inherited(&self.objects, b"Resources", |dict, key| get_dict(&self.objects, dict, key));
        let mut interpreter = Interpreter::new(self, page, space.matrix);
        let content = interpreter.page_content(node.dict);
        interpreter.run(&content, resources);
        interpreter.annotations(node.dict, space.matrix);
        interpreter.finish(&space)
    }

    /// The fonts of the pages read so far, by id.
    #[must_use]
    pub fn fonts(&self) -> Vec<UsedFont> {
        let fonts = self.fonts.by_id.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = fonts.iter().filter_map(|(id, cell)| Some((*id, cell.get()?)));
        loaded.map(|(id, font)| UsedFont { id, info: font.info().clone() }).collect()
    }

    /// Whether all pages read so far stayed within the limits.
    ///
    /// # Errors
    ///
    /// When something was left out because it exceeds [`Options::max_memory`].
    pub fn check_limits(&self) -> Result<()> {
        if self.budget.is_exceeded() { Err(limit_error(self.max_memory)) } else { Ok(()) }
    }

    pub(super) fn objects(&self) -> &Document {
        &self.objects
    }

    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }

    pub(super) fn optional(&self) -> &OptionalContent {
        &self.optional
    }

    pub(super) fn fonts_in_use(&self) -> &FontsInUse {
        &self.fonts
    }
}

fn info(objects: &Document, pages: &PageList, rebuilt: Option<&'static str>) -> Info {
    let dict = get_dict(objects, &objects.trailer, b"Info");
    let entry = |key: &[u8]| {
        let text = super::object::get(objects, dict?, key)?.as_str().ok()?;
        Some(text_string(text)).filter(|text| !text.trim().is_empty())
    };
    let mut repaired = Vec::new();
    if let Some(recovery) = &objects.xref_recovery {
        repaired.push(match recovery {
            lopdf::xref::XrefRecovery::Reconstructed => {
                "the cross-reference table was rebuilt from the objects".to_owned()
            }
            _ => "the offsets of the cross-reference table were corrected".to_owned(),
        });
    }
    repaired.extend(rebuilt.map(str::to_owned));
    if pages.gathered {
        repaired.push("the page tree is broken: pages were gathered from all objects, in their order".to_owned());
    }
    if pages.broken_kids > 0 {
        repaired.push(format!("{} entries of the page tree are missing, repeated or no pages", pages.broken_kids));
    }
    if pages.cut {
        repaired.push(format!("only the first {} pages are listed", tree::MOST_PAGES));
    }
    Info {
        producer: entry(b"Producer"),
        creator: entry(b"Creator"),
        version: objects.version.clone(),
        page_count: u32::try_from(pages.pages.len()).unwrap_or(u32::MAX),
        encrypted: objects.was_encrypted(),
        repaired,
    }
}

/// Ids of fonts that are no objects of their own begin here.
const DIRECT_FONT: u32 = 0x8000_0000;

impl FontsInUse {
    /// The font and its id: the object number, or one made from its dictionary where that is no object of its own.
    pub(super) fn font(&self, pdf: &Pdf, object: &Object, dict: &Dictionary) -> (u32, Arc<Font>) {
        let id = match object {
            Object::Reference((number, _)) => *number,
            _ => DIRECT_FONT | fingerprint(dict),
        };
        let cell = Arc::clone(self.by_id.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default());
        (id, Arc::clone(cell.get_or_init(|| Arc::new(Font::load(pdf.objects(), dict, pdf.budget().per_stream())))))
    }
}

/// FNV-1a over the dictionary as written.
fn fingerprint(dict: &Dictionary) -> u32 {
    format!("{dict:?}").bytes().fold(0x811C_9DC5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
        & !DIRECT_FONT
}
