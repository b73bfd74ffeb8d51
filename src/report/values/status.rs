//! Status words and what carries them on: 実施, → (as the year before), 〃, 同上.

use super::fold::Folded;
use crate::document::{Document, Passage};
use crate::report::Status;
use crate::report::rules::{Rule, Rules};

/// A status before its places are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// As printed.
    pub text: Passage,
    /// What it stands for.
    pub value: String,
}

impl State {
    /// The status as the report's JSON has it.
    #[must_use]
    pub fn status(self, document: &Document) -> Status {
        let at = document.places(&self.text, true);
        Status { text: self.text.text, value: self.value, at }
    }
}

/// The status that `cell` holds; `before` is what the year before stands for. `None` for a blank cell and for text
/// that is longer than a status.
#[must_use]
pub fn read(rules: &Rules, cell: &Passage, before: Option<&str>) -> Option<State> {
    let repeated = form(rules, cell)? == Form::Repeated;
    let text = cell.slice(0..cell.text.len());
    let value = before.filter(|_| repeated).map_or_else(|| text.text.clone(), str::to_owned);
    Some(State { text, value })
}

/// Whether `cell` holds a status, as [`read`] tells it.
#[must_use]
pub fn is_one(rules: &Rules, cell: &Passage) -> bool {
    form(rules, cell).is_some()
}

/// How a cell says its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As before.
    Repeated,
    Word,
}

fn form(rules: &Rules, cell: &Passage) -> Option<Form> {
    if cell.is_blank() {
        return None;
    }
    let folded = Folded::new(cell.text.trim());
    if repeats_folded(rules, &folded) {
        return Some(Form::Repeated);
    }
    rules.matches_folded(Rule::StatusWord, &folded).then_some(Form::Word)
}

/// Whether a cell only says "as before": an arrow or a ditto sign.
#[must_use]
pub fn repeats(rules: &Rules, cell: &str) -> bool {
    repeats_folded(rules, &Folded::new(cell))
}

fn repeats_folded(rules: &Rules, cell: &Folded) -> bool {
    rules.matches_folded(Rule::Arrow, cell) || rules.matches_folded(Rule::Ditto, cell)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::document::Passage;
    use crate::report::rules::Rules;

    #[track_caller]
    fn case(text: &str, before: Option<&str>, value: Option<&str>) {
        let cell = Passage { text: text.into(), origins: Vec::new() };
        let state = read(Rules::named("general").unwrap(), &cell, before);
        assert_eq!(state.map(|s| s.value).as_deref(), value, "{text}");
    }

    #[test]
    fn words_stand_for_themselves_and_arrows_for_the_year_before() {
        case("実施", None, Some("実施"));
        case("一部実施", Some("実施"), Some("一部実施"));
        case("未実施", None, Some("未実施"));
        case("検討", None, Some("検討"));
        case("→", Some("実施"), Some("実施"));
        case("⇒", Some("実施"), Some("実施"));
        case("〃", Some("検討"), Some("検討"));
        case("同上", Some("検討"), Some("検討"));
        case("→", None, Some("→"));
        case("", Some("実施"), None);
        case("研修を実施し、職員が参加した。", Some("実施"), None);
    }
}
