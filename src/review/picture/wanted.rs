//! Takes the pages and their fonts, gives the composite fonts that the document does not bring along, with the characters
//! shown in them: what a font of the machine is wanted for.

use super::Notice;
use super::font::FontFile;
use crate::audit::Message;
use crate::pdf::{Page, UsedFont};
use std::collections::{BTreeMap, BTreeSet};

/// Most missing characters that a notice names.
const NAMED: usize = 30;

/// Fonts that a document shows text in and does not bring along.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// The names of the fonts by id.
    pub(super) fonts: BTreeMap<u32, String>,
    /// The characters shown in them.
    pub(super) characters: BTreeSet<char>,
    shown: BTreeMap<u32, BTreeSet<char>>,
}

impl Wanted {
    pub(super) fn of(pages: &[Page], fonts: &[UsedFont]) -> Self {
        let absent = fonts.iter().filter(|font| !font.info.embedded && font.info.subtype.starts_with("Type0"));
        let fonts: BTreeMap<u32, String> = absent.map(|font| (font.id, font.info.name.clone())).collect();
        let mut shown: BTreeMap<u32, BTreeSet<char>> = BTreeMap::new();
        for page in pages {
            for glyph in &page.glyphs {
                let font = page.runs.get(glyph.run as usize).map(|run| run.font);
                if !font.is_some_and(|font| fonts.contains_key(&font)) {
                    continue;
                }
                let start = glyph.start as usize;
                let text = page.text.get(start..start + usize::from(glyph.length)).unwrap_or_default();
                let visible = text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{FFFD}');
                shown.entry(page.number).or_default().extend(visible);
            }
        }
        shown.retain(|_, characters| !characters.is_empty());
        let characters = shown.values().flatten().copied().collect();
        Self { fonts, characters, shown }
    }

    /// What the reader has to know about a font of the machine in place of the document's, or about there being none.
    pub(super) fn notices(&self, found: Option<&FontFile>) -> Vec<Notice> {
        if self.characters.is_empty() {
            return Vec::new();
        }
        let names: BTreeSet<&str> = self.fonts.values().map(String::as_str).collect();
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        let pages: Vec<u32> = self.shown.keys().copied().collect();
        let Some(found) = found else {
            return vec![Notice { code: "no-font", message: no_font(&names), pages }];
        };
        let mut notices = vec![Notice { code: "font-replaced", message: replaced(&names, found.name()), pages }];
        if !found.missing().is_empty() {
            let lacks = |characters: &BTreeSet<char>| !characters.is_disjoint(found.missing());
            let pages = self.shown.iter().filter(|(_, shown)| lacks(shown)).map(|(page, _)| *page).collect();
            notices.push(Notice { code: "font-lacks-glyphs", message: lacking(found), pages });
        }
        notices
    }
}

fn no_font(names: &str) -> Message {
    Message::new(
        format!(
            "書体 {names} は PDF に埋め込まれておらず、この計算機に日本語の書体が見つからないため、読み取った文字をブラウザの書体で示す。\
             --font で書体のファイルを指定できる。"
        ),
        format!(
            "The font {names} is not in the PDF and no Japanese font was found on this machine: the characters that were \
             read are shown in the browser's font. Name a font file with --font."
        ),
    )
}

fn replaced(names: &str, found: &str) -> Message {
    Message::new(
        format!("書体 {names} は PDF に埋め込まれていないため、{found} で描いた。字形は原本の表示と異なることがある。"),
        format!("The font {names} is not in the PDF: drawn with {found}, so shapes may differ from the original's."),
    )
}

fn lacking(found: &FontFile) -> Message {
    let some: String = found.missing().iter().take(NAMED).collect();
    let count = found.missing().len();
    let name = found.name();
    Message::new(
        format!(
            "{name} には次の {count} 字がなく、ブラウザの書体で示す（書体がなければ □ になる）: {some}。--font で別の書体を指定できる。"
        ),
        format!(
            "{name} lacks these {count} characters, which are shown in the browser's font, or as boxes where it has none: \
             {some}. Name another font file with --font."
        ),
    )
}
