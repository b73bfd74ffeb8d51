//! Marked content (ISO 32000-2, 14.6): which of it is hidden by optional content, and whose text `ActualText` replaces.

use super::Decoding;
use super::{Page, Run};

/// One open `BMC` or `BDC`.
#[derive(Debug)]
pub(super) enum Mark {
    /// Nothing that concerns the text.
    Plain,
    /// Optional content that is off.
    Hidden,
    /// Its glyphs, from this index of the page's on, stand for this text.
    Actual { text: String, first: usize },
}

/// The open marked-content sequences of one page.
#[derive(Debug, Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    /// Open sequences beyond [`DEEPEST`], which are only counted.
    deeper: usize,
    hidden: usize,
    actual: usize,
}

/// More are counted but not kept.
const DEEPEST: usize = 512;

impl Marks {
    /// Whether what is drawn now is switched off.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden > 0
    }

    /// Whether the text of what is drawn now will be replaced.
    pub(super) fn has_actual_text(&self) -> bool {
        self.actual > 0
    }

    /// How many sequences are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len() + self.deeper
    }

    /// Opens a sequence. An `ActualText` inside another one stands for nothing of its own.
    pub(super) fn open(&mut self, mark: Mark) {
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        let mark = match mark {
            Mark::Actual { .. } if self.actual > 0 => Mark::Plain,
            other => other,
        };
        match mark {
            Mark::Hidden => self.hidden += 1,
            Mark::Actual { .. } => self.actual += 1,
            Mark::Plain => {}
        }
        self.open.push(mark);
    }

    /// Closes sequences until `depth` are open.
    pub(super) fn close_to(&mut self, depth: usize, page: &mut Page) {
        self.deeper = self.deeper.min(depth.saturating_sub(self.open.len()));
        while self.open.len() > depth {
            match self.open.pop() {
                Some(Mark::Hidden) => self.hidden = self.hidden.saturating_sub(1),
                Some(Mark::Actual { text, first }) => {
                    self.actual = self.actual.saturating_sub(1);
                    replace(page, first, &text);
                }
                _ => {}
            }
        }
    }
}

/// Gives the glyphs from `first` on the text of `ActualText`: each its own character where there are as many characters
/// as glyphs, else all of it to the first one.
fn replace(page: &mut Page, first: usize, actual: &str) {
    let Some(start) = page.glyphs.get(first).map(|glyph| glyph.start as usize) else { return };
    if page.text.get(start..) == Some(actual) || u16::try_from(actual.len()).is_err() {
        return;
    }
    let one_each = actual.chars().count() == page.glyphs.len() - first;
    page.text.truncate(start);
    let mut characters = actual.chars();
    let mut renamed: Option<(u32, u32)> = None;
    for glyph in page.glyphs.iter_mut().skip(first) {
        let begin = page.text.len();
        if one_each {
            page.text.extend(characters.next());
        } else {
            page.text.extend(characters.by_ref());
        }
        glyph.start = u32::try_from(begin).unwrap_or(u32::MAX);
        glyph.length = u16::try_from(page.text.len() - begin).unwrap_or(u16::MAX);
        if renamed.is_none_or(|(from, _)| from != glyph.run) {
            let to = actual_run(&mut page.runs, glyph.run);
            renamed = Some((glyph.run, to));
        }
        glyph.run = renamed.map_or(glyph.run, |(_, to)| to);
    }
}

/// The run `from` again, decoded by `ActualText`.
fn actual_run(runs: &mut Vec<Run>, from: u32) -> u32 {
    let Some(run) = runs.get(from as usize).cloned() else { return from };
    runs.push(Run { decoded: Decoding::ActualText, ..run });
    u32::try_from(runs.len() - 1).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{page, text};

    #[track_caller]
    fn case(marked: &str, texts: &[&str]) {
        let page = page(&format!("BT /F1 10 Tf (x) Tj /Span <</ActualText {marked} EMC (y) Tj ET"), "", "");
        let each: Vec<&str> = page
            .glyphs
            .iter()
            .map(|glyph| &page.text[glyph.start as usize..glyph.start as usize + usize::from(glyph.length)])
            .collect();
        assert_eq!(each, texts, "{}", text(&page));
    }

    #[test]
    fn actual_text_replaces_the_text_of_its_glyphs() {
        case("<FEFF9032>>> BDC (abc) Tj", &["x", "進", "", "", "y"]);
        case("(ABC)>> BDC (abc) Tj", &["x", "A", "B", "C", "y"]);
        case("()>> BDC (ab) Tj", &["x", "", "", "y"]);
        case("(ab)>> BDC (ab) Tj", &["x", "a", "b", "y"]);
        case("(A)>> BDC /Span <</ActualText (B)>> BDC (ab) Tj EMC", &["x", "A", "", "y"]);
        case("(A)>> BDC", &["x", "y"]);
    }
}
