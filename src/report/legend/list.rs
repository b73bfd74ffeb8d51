//! Takes the paragraphs of a document, gives those that are lists of signs with their meanings, one in each line.

use crate::document::{Block, Document};
use crate::report::rules::{Rule, Rules};

/// Fewest lines of a list of signs that stands without a heading.
const FEWEST_LISTED: usize = 3;

/// The paragraphs, ascending, of lists of different signs that need no heading: each line is a sign and its meaning.
pub(super) fn lists(document: &Document, rules: &Rules, before: &[usize]) -> Vec<usize> {
    let sign = |block: usize, content: &Block| match content {
        Block::Paragraph(paragraph) if !before.contains(&block) && !paragraph.text.text.contains('\n') => {
            let found = rules.find(Rule::LegendLine, &paragraph.text.text)?;
            // Letters and digits number headings, too.
            found.group("grade").filter(|sign| !sign.is_ascii()).map(str::to_owned)
        }
        _ => None,
    };
    let mut lists = Vec::new();
    let mut run: Vec<(usize, String)> = Vec::new();
    let ends = document.blocks.iter().enumerate().map(|(block, content)| (block, sign(block, content)));
    for (block, sign) in ends.chain([(document.blocks.len(), None)]) {
        let goes_on = sign.as_ref().is_some_and(|sign| run.iter().all(|(_, known)| known != sign));
        if !goes_on {
            let list = std::mem::take(&mut run);
            lists.extend(list.iter().filter(|_| list.len() >= FEWEST_LISTED).map(|(block, _)| *block));
        }
        run.extend(sign.map(|sign| (block, sign)));
    }
    lists
}
