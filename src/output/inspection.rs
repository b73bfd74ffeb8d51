//! Takes an open PDF, gives what it is made of and how well it can be read: producer, pages, fonts and how the codes of
//! each became text, what was repaired and what is missing.

use super::text::{decoding, rounded};
use crate::pdf::{Decoding, Page, Pdf, UsedFont, Visibility};
use crate::warning::Warning;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a PDF is made of.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Inspection {
    /// The program that wrote the PDF.
    pub producer: Option<String>,
    /// The program in which the document was made.
    pub creator: Option<String>,
    /// Version of PDF in the file's header.
    pub version: String,
    /// Whether the file is encrypted.
    pub encrypted: bool,
    /// What had to be repaired to open it.
    pub repaired: Vec<String>,
    /// Every page.
    pub pages: Vec<PageInspection>,
    /// Every font that shows text, by its number in the file.
    pub fonts: Vec<FontInspection>,
    /// Characters of the whole document by the way their codes became text.
    pub decoded: BTreeMap<&'static str, usize>,
    /// What was skipped or could not be decoded, by page.
    pub warnings: Vec<Warning>,
}

/// What one page holds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PageInspection {
    /// 1-based.
    pub page: u32,
    /// Width as seen, in points.
    pub width: f64,
    /// Height as seen, in points.
    pub height: f64,
    /// Glyphs, white space and those that nobody sees included.
    pub glyphs: usize,
    /// Glyphs outside the clip or the crop box.
    pub clipped: usize,
    /// Glyphs of invisible text, such as that over a scanned page.
    pub invisible: usize,
    /// Lines along an axis, before pieces are joined.
    pub rulings: usize,
    /// Images.
    pub images: usize,
}

/// A font and how it decodes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FontInspection {
    /// Its name in the file.
    pub name: String,
    /// `Type0/CIDFontType2`, `TrueType`, `Type3` and so on.
    pub subtype: String,
    /// Name of its encoding or CMap, `embedded`, `custom`, or empty where the font program decides.
    pub encoding: String,
    /// Whether the font program is in the file.
    pub embedded: bool,
    /// Whether it has a usable `ToUnicode` CMap.
    pub to_unicode: bool,
    /// Its characters by the way their codes became text.
    pub decoded: BTreeMap<&'static str, usize>,
    /// What is wrong with it.
    pub faults: Vec<String>,
}

impl Inspection {
    /// Reads all pages.
    #[must_use]
    pub fn of(pdf: &Pdf) -> Self {
        let mut decoded: BTreeMap<u32, BTreeMap<&'static str, usize>> = BTreeMap::new();
        let mut pages = Vec::new();
        let mut warnings = Vec::new();
        for number in 1..=pdf.page_count() {
            let mut page = pdf.page(number);
            count(&page, &mut decoded);
            pages.push(PageInspection::of(&page));
            warnings.append(&mut page.warnings);
        }
        if let Err(limit) = pdf.check_limits() {
            warnings.push(Warning::new("limit-reached", limit.to_string()));
        }
        let mut total = BTreeMap::new();
        for (name, count) in decoded.values().flatten() {
            *total.entry(*name).or_default() += count;
        }
        let info = pdf.info();
        let shown =
            pdf.fonts().into_iter().filter_map(|font| Some(FontInspection::of(decoded.remove(&font.id)?, font)));
        let fonts = shown.collect();
        Self {
            producer: info.producer.clone(),
            creator: info.creator.clone(),
            version: info.version.clone(),
            encrypted: info.encrypted,
            repaired: info.repaired.clone(),
            pages,
            fonts,
            decoded: total,
            warnings,
        }
    }

    /// A summary for a person.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut out = String::new();
        let mut line = |label: &str, text: &str| {
            if !text.is_empty() {
                let _ = writeln!(out, "{label:<10} {text}");
            }
        };
        line("producer", self.producer.as_deref().unwrap_or("unknown"));
        line("creator", self.creator.as_deref().unwrap_or_default());
        line("version", &format!("PDF {}{}", self.version, if self.encrypted { ", encrypted" } else { "" }));
        line("pages", &self.pages.len().to_string());
        for (range, size) in self.sizes() {
            line("", &format!("{range}: {size}"));
        }
        line("", &self.missing());
        line("characters", &counts(&self.decoded));
        for font in &self.fonts {
            line("font", &font.sentence());
            font.faults.iter().for_each(|fault| line("", &format!("  {fault}")));
        }
        self.repaired.iter().for_each(|repair| line("repaired", repair));
        self.warnings.iter().for_each(|warning| line("warning", &format!("{}: {}", warning.code, warning.message)));
        out
    }

    /// Ranges of pages of the same size.
    fn sizes(&self) -> Vec<(String, String)> {
        let mut ranges: Vec<(u32, u32, String)> = Vec::new();
        for page in &self.pages {
            let size = format!("{} x {} pt", page.width, page.height);
            match ranges.last_mut() {
                Some((_, last, same)) if *same == size => *last = page.page,
                _ => ranges.push((page.page, page.page, size)),
            }
        }
        let range = |first: u32, last: u32| if first == last { first.to_string() } else { format!("{first}-{last}") };
        ranges.into_iter().map(|(first, last, size)| (range(first, last), size)).collect()
    }

    /// Pages from which nothing can be read.
    fn missing(&self) -> String {
        let silent = self.pages.iter().filter(|page| page.glyphs == 0);
        let pages: Vec<String> =
            silent.map(|page| format!("{}{}", page.page, if page.images > 0 { " (an image)" } else { "" })).collect();
        if pages.is_empty() { String::new() } else { format!("no text on {}", pages.join(", ")) }
    }
}

impl PageInspection {
    fn of(page: &Page) -> Self {
        let seen_as = |visibility| page.glyphs.iter().filter(|glyph| glyph.visibility == visibility).count();
        Self {
            page: page.number,
            width: rounded(page.width),
            height: rounded(page.height),
            glyphs: page.glyphs.len(),
            clipped: seen_as(Visibility::Clipped),
            invisible: seen_as(Visibility::Invisible),
            rulings: page.rulings.len(),
            images: page.images.len(),
        }
    }
}

impl FontInspection {
    fn of(decoded: BTreeMap<&'static str, usize>, font: UsedFont) -> Self {
        let info = font.info;
        Self {
            name: info.name,
            subtype: info.subtype,
            encoding: info.encoding,
            embedded: info.embedded,
            to_unicode: info.to_unicode,
            decoded,
            faults: info.faults,
        }
    }

    fn sentence(&self) -> String {
        let name = if self.name.is_empty() { "(without a name)" } else { &self.name };
        let embedded = if self.embedded { "embedded" } else { "not embedded" };
        let encoding = if self.encoding.is_empty() { "its own encoding" } else { &self.encoding };
        format!("{name}: {}, {encoding}, {embedded}; {}", self.subtype, counts(&self.decoded))
    }
}

/// `12 by to-unicode, 3 unknown`.
fn counts(decoded: &BTreeMap<&'static str, usize>) -> String {
    if decoded.is_empty() {
        return "none".to_owned();
    }
    let unknown = decoding(Decoding::Unknown);
    let each: Vec<String> = decoded
        .iter()
        .map(|(rung, count)| if *rung == unknown { format!("{count} {rung}") } else { format!("{count} by {rung}") })
        .collect();
    each.join(", ")
}

fn count(page: &Page, decoded: &mut BTreeMap<u32, BTreeMap<&'static str, usize>>) {
    for glyph in &page.glyphs {
        let Some(run) = page.runs.get(glyph.run as usize) else { continue };
        *decoded.entry(run.font).or_default().entry(decoding(run.decoded)).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::Options;

    #[test]
    fn tells_pages_fonts_and_what_is_missing() {
        let file = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R 6 0 R 6 0 R]/MediaBox[0 0 9 9]>>endobj\n\
            3 0 obj<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Parent 2 0 R>>endobj 6 0 obj<</Type/Page/Parent 2 0 R>>endobj\n\
            4 0 obj<<>>stream\nBT /F 9 Tf (ab) Tj oops ET\nendstream endobj\n\
            5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj trailer<</Root 1 0 R>>";
        let summary = Inspection::of(&Pdf::open(file.as_bytes(), &Options::default()).unwrap()).summary();
        for expected in [
            "producer   unknown\nversion    PDF 1.7\npages      3\n           1-3: 9 x 9 pt\n           no text on 2, 3\n",
            "characters 2 by glyph-name\n",
            "font       Helvetica: Type1, WinAnsiEncoding, not embedded; 2 by glyph-name\n",
            "repaired   ",
            "warning    unknown-operators: page 1: 1 operators are not of PDF and were skipped\n",
        ] {
            assert!(summary.contains(expected), "{expected:?} is not in\n{summary}");
        }
    }
}
