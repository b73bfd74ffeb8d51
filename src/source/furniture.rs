//! Takes the blocks of a converted document, tells the lines of its pages (their numbers, running heads, words that a
//! table goes on) where they stand between two parts of a table.

use super::draft::Draft;

/// A running head is one line; a caption of few letters may be part of the title by chance.
const LONGEST_LINE: usize = 40;
const SHORTEST_HEAD: usize = 8;
/// The title of a document stands in its first blocks.
const TITLE_BLOCKS: usize = 4;
/// Words for a page that goes on with the one before, in brackets at the end of a text or alone.
const CONTINUED: [&str; 6] = ["（続き）", "(続き)", "（つづき）", "(つづき)", "（続）", "(続)"];

/// A text without white space and the words for a page that goes on.
pub(super) fn key(text: &str) -> String {
    let text = text.replace(char::is_whitespace, "");
    CONTINUED.iter().find_map(|mark| text.strip_suffix(mark)).unwrap_or(&text).to_owned()
}

/// The words of the first blocks, without white space.
pub(super) fn title(drafts: &[Draft]) -> String {
    let first = drafts.iter().map_while(|draft| match draft {
        Draft::Paragraph { text, .. } => Some(text.as_str()),
        _ => None,
    });
    first.take(TITLE_BLOCKS).flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

/// Whether a block between two parts of a table belongs to the page: its number, its running head, a word that the
/// table goes on.
pub(super) fn is_page_line(draft: &Draft, title: &str) -> bool {
    let Draft::Paragraph { text, heading, .. } = draft else { return matches!(draft, Draft::Furniture(_)) };
    if heading.is_some() || text.contains('\n') || text.chars().count() > LONGEST_LINE {
        return false;
    }
    let is_running_head = || {
        let mut words = text.split_whitespace();
        text.chars().count() >= SHORTEST_HEAD && words.all(|word| is_page_number(word) || title.contains(word))
    };
    is_page_number(text) || says_continued(text) || is_running_head()
}

/// Whether a line is certainly the number of a page: between two dashes.
pub(super) fn is_page_mark(line: &str) -> bool {
    let dashes = ['-', '－', '―', '‐', '–', '—', '−'];
    let inner = line.trim().strip_prefix(dashes).and_then(|line| line.strip_suffix(dashes));
    let is_figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    inner
        .map(str::trim)
        .is_some_and(|number| (1..=4).contains(&number.chars().count()) && number.chars().all(is_figure))
}

fn says_continued(text: &str) -> bool {
    let text = text.trim();
    CONTINUED.iter().any(|mark| text.ends_with(mark) || text == mark.trim_matches(['（', '）', '(', ')']))
}

/// `4`, `- 4 -`, `4／12`, `P.4`, `4ページ`.
fn is_page_number(text: &str) -> bool {
    let is_figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let figures = text.chars().filter(|c| is_figure(*c)).count();
    let rest: String = text.chars().filter(|c| !is_figure(*c) && !c.is_whitespace()).collect();
    let bare = rest.trim_matches(|c| "-－―‐–—−ー/／.．()（）[]〔〕|~～".contains(c)).to_ascii_lowercase();
    (1..=8).contains(&figures) && matches!(bare.as_str(), "" | "p" | "page" | "ページ" | "頁")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        assert!(["4", "- 4 -", "4／12", "P.4", "４ページ"].iter().all(|text| is_page_number(text)));
        assert!(["- 4 -", "－１２－"].iter().all(|text| is_page_mark(text)));
        assert!(!["- 4", "4", "- 4人 -", "--"].iter().any(|text| is_page_mark(text)));
        assert!(["（続き）", "つづき", "表2 推移（続き）"].iter().all(|text| says_continued(text)));
        assert!(!says_continued("休業の手続き"));
        assert_eq!(key("課 題（続き）"), "課題");
        assert!(!["A", "4人", "第4", "令和4年度"].iter().any(|text| is_page_number(text)));
    }
}
