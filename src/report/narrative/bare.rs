//! Headings without number or sign: where no heading of a narrative has either, the lines above the word that begins each
//! list of 担当課, 取組実績, 評価 are names of initiatives, and a line right above a name is the heading of a section.

use super::labels;
use crate::document::Passage;
use crate::report::context::Context;
use crate::report::heading::Heading;
use crate::report::values::fold::key;
use std::collections::BTreeMap;

/// Longest such heading, in characters.
const LONGEST: usize = 40;
/// Fewest names that are believed.
const FEWEST: usize = 2;

/// Styles that no label has.
const SECTION: &str = "section";
pub(super) const NAME: &str = "name";

/// The first glyphs of the headings, each with the style of its level; none where the narrative has others.
pub(super) fn find(context: &Context, lines: &[Passage]) -> BTreeMap<u32, &'static str> {
    let mut found = BTreeMap::new();
    if lines.iter().any(|line| super::plain_heading(context, line, &[]).is_some()) {
        return found;
    }
    let words: Vec<Option<String>> = lines.iter().map(|line| word(context, line)).collect();
    let is_plain = |at: usize| {
        let line = lines.get(at).filter(|line| line.text.chars().count() <= LONGEST);
        words.get(at).is_some_and(Option::is_none) && line.is_some_and(|line| Heading::could_be(context.rules, line))
    };
    // How often a word comes, and how often below a line that may be a name.
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        let Some(word) = word else { continue };
        let (all, below) = counts.entry(word).or_default();
        *all += 1;
        *below += usize::from(at > 0 && is_plain(at - 1));
    }
    let begins = counts.into_iter().filter(|(_, (all, below))| all == below && *all >= FEWEST);
    let Some((first, _)) = begins.max_by_key(|(_, (all, _))| *all) else { return found };
    let glyph = |at: usize| lines.get(at).and_then(|line| line.origins.first()).map(|origin| origin.glyph);
    for at in (1..words.len()).filter(|at| words[*at].as_deref() == Some(first)) {
        found.extend(glyph(at - 1).map(|glyph| (glyph, NAME)));
        let above = at.checked_sub(2).filter(|above| is_plain(*above));
        found.extend(above.and_then(glyph).map(|glyph| (glyph, SECTION)));
    }
    found
}

/// The heading that a line is by what [`find`] found.
pub(super) fn heading(context: &Context, found: &BTreeMap<u32, &'static str>, line: &Passage) -> Option<Heading> {
    let style = found.get(&line.origins.first()?.glyph)?;
    let heading = Heading::read(context.rules, line);
    Some(Heading { style: (*style).to_owned(), ..heading })
}

/// The word that introduces a line, or that it is.
fn word(context: &Context, line: &Passage) -> Option<String> {
    let led = labels::labelled(context, line, false).filter(|field| labels::may_introduce(field.role));
    let alone = || labels::alone(context, line).map(|_| labels::bare_word(line));
    led.map(|field| field.label).or_else(alone).map(|word| key(&word.text).into_owned())
}
