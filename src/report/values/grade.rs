//! Grades with the marks beside them: `A`, `※ C`, `C※`, `◎`, `Ａ`, `A（順調）`. A sign that the document's legend
//! spells another way (〇 for ○) takes the legend's spelling; the printed text stays beside it.

use super::fold::{self, Folded, key};
use crate::document::{Document, Passage};
use crate::report::Grade;
use crate::report::rules::{Memo, Rule, Rules};
use std::borrow::Cow;

/// The grades of a legend.
#[derive(Debug, Clone, Default)]
pub struct Scale {
    grades: Vec<Known>,
    /// What cells were read as.
    read: Memo<Option<Bare>>,
}

/// A grade of a legend.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    key: String,
    printed: String,
}

impl FromIterator<String> for Scale {
    fn from_iter<T: IntoIterator<Item = String>>(grades: T) -> Self {
        let known = |printed: String| Known { key: key(&printed).into_owned(), printed };
        Self { grades: grades.into_iter().map(known).collect(), read: Memo::default() }
    }
}

impl Scale {
    /// Whether there is no legend, or it has no grade.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.grades.is_empty()
    }

    /// Whether `printed` is one of its grades, however it is spelled.
    #[must_use]
    pub fn has(&self, printed: &str) -> bool {
        let wanted = key(printed);
        self.grades.iter().any(|grade| grade.key == wanted)
    }

    /// Its spelling of the grade that `printed` is.
    fn spelling(&self, printed: &Folded<'_>) -> Option<&str> {
        let wanted = printed.key();
        let known = self.grades.iter().find(|grade| !wanted.is_empty() && grade.key == wanted)?;
        Some(&known.printed)
    }
}

/// A grade without the text that it stands in.
#[derive(Debug, Clone)]
struct Bare {
    grade: String,
    marks: Vec<String>,
}

/// A grade before its places are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// As printed, marks included.
    pub text: Passage,
    /// The grade alone.
    pub grade: String,
    /// The marks beside it.
    pub marks: Vec<String>,
}

impl Marked {
    /// The grade as the report's JSON has it.
    #[must_use]
    pub fn grade(self, document: &Document) -> Grade {
        let at = document.places(&self.text, true);
        Grade { text: self.text.text, grade: self.grade, marks: self.marks, at }
    }
}

/// The grade that `cell` holds, `None` for a blank cell, a sign for "no value" and text that is no grade. `scale` are
/// the grades of the legend: what they name is a grade whatever its form.
#[must_use]
pub fn read(rules: &Rules, cell: &Passage, scale: &Scale) -> Option<Marked> {
    if cell.is_blank() {
        return None;
    }
    let Bare { grade, marks } = scale.read.get(&cell.text, || bare(rules, cell.text.trim(), scale))?;
    Some(Marked { text: cell.slice(0..cell.text.len()), grade, marks })
}

/// Whether `cell` holds a grade, as [`read`] tells it.
#[must_use]
pub fn is_one(rules: &Rules, cell: &Passage, scale: &Scale) -> bool {
    !cell.is_blank() && scale.read.with(&cell.text, || bare(rules, cell.text.trim(), scale), Option::is_some)
}

/// Whether text that begins with this character is no grade, nor one after a mark. Sentences among grades are told so
/// without folding them.
fn is_none(rules: &Rules, first: char, scale: &Scale) -> bool {
    let marked = [first, ' '].into_iter().any(|c| rules.may_begin_with(Rule::Mark, c));
    let known = || scale.grades.iter().any(|grade| grade.key.starts_with(first));
    first != ' ' && !marked && !rules.may_match_from(Rule::Grade, first) && !known()
}

fn bare(rules: &Rules, printed: &str, scale: &Scale) -> Option<Bare> {
    if fold::first(printed).is_some_and(|first| is_none(rules, first, scale)) {
        return None;
    }
    let folded = Folded::new(printed);
    if let Some(grade) = scale.spelling(&folded) {
        return Some(Bare { grade: grade.to_owned(), marks: Vec::new() });
    }
    if rules.matches_folded(Rule::NoValue, &folded) {
        return None;
    }
    let marks = marks(rules, printed, &folded);
    if let [mark] = marks.as_slice()
        && let Some((sign, grade)) = marked_figure(printed, mark, scale)
    {
        return Some(Bare { grade, marks: vec![sign] });
    }
    let bare = marks.iter().fold(Cow::Borrowed(printed), |bare, mark| bare.replacen(mark.as_str(), "", 1).into());
    let bare = bare.trim();
    let folded = if marks.is_empty() { folded } else { Folded::new(bare) };
    if !marks.is_empty()
        && let Some(grade) = scale.spelling(&folded)
    {
        return Some(Bare { grade: grade.to_owned(), marks });
    }
    let found = rules.find_folded(Rule::Grade, &folded)?;
    let folded = found.group("grade")?;
    let printed = bare.get(found.range_of("grade")?).unwrap_or_default().trim();
    // Letters and digits are told in one width; signs stay as printed.
    let plain = if folded.is_ascii() { folded } else { printed };
    let grade = scale.spelling(&Folded::new(printed)).unwrap_or(plain).to_owned();
    Some(Bare { grade, marks })
}

/// The sign and the grade of a cell that is nothing but a mark with a figure, where the legend has that figure as a grade:
/// `※5` is no note 5.
fn marked_figure(printed: &str, mark: &str, scale: &Scale) -> Option<(String, String)> {
    let (sign, figure) = mark.split_at(mark.find(|c: char| c.is_numeric())?);
    let grade = scale.spelling(&Folded::new(figure)).filter(|_| printed == mark)?;
    let sign = sign.trim();
    sign.chars().all(|c| !c.is_alphabetic()).then(|| (sign.to_owned(), grade.to_owned()))
}

/// The note marks in a cell, as printed.
fn marks(rules: &Rules, cell: &str, folded: &Folded) -> Vec<String> {
    let found = rules.patterns(Rule::Mark).iter().flat_map(|pattern| pattern.find_all_folded(folded));
    found.filter_map(|found| cell.get(found.range).map(|mark| mark.trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Scale, read};
    use crate::document::Passage;
    use crate::report::rules::Rules;

    #[track_caller]
    fn case(text: &str, scale: &[&str], grade: &str, marks: &[&str]) {
        let scale = scale.iter().map(ToString::to_string).collect();
        let cell = Passage { text: text.into(), origins: Vec::new() };
        let read = read(Rules::named("general").unwrap(), &cell, &scale).unwrap_or_else(|| panic!("{text} is a grade"));
        assert_eq!(read.grade, grade, "{text}");
        assert_eq!(read.marks, marks, "{text}");
        assert_eq!(read.text.text, text.trim());
    }

    #[track_caller]
    fn no(text: &str) {
        let cell = Passage { text: text.into(), origins: Vec::new() };
        assert_eq!(read(Rules::named("general").unwrap(), &cell, &Scale::default()), None, "{text}");
    }

    #[test]
    fn letters_signs_and_words() {
        case("A", &[], "A", &[]);
        case("Ａ", &[], "A", &[]);
        case(" B ", &[], "B", &[]);
        case("◎", &[], "◎", &[]);
        case("〇", &["○"], "○", &[]);
        case("〇", &[], "〇", &[]);
        case("✕", &["×"], "×", &[]);
        case("A+", &[], "A+", &[]);
        case("5", &["5", "4"], "5", &[]);
        case("a", &[], "a", &[]);
        case("達成", &[], "達成", &[]);
        case("未達成", &[], "未達成", &[]);
        case("目標達成", &[], "目標達成", &[]);
        case("概ね達成", &[], "概ね達成", &[]);
        case("順調", &["順調", "遅れ"], "順調", &[]);
        case("A（順調）", &[], "A", &[]);
        case("A：順調", &[], "A", &[]);
        case("★★★", &[], "★★★", &[]);
    }

    #[test]
    fn marks_beside_a_grade() {
        case("※ C", &[], "C", &["※"]);
        case("※C", &[], "C", &["※"]);
        case("C※", &[], "C", &["※"]);
        case("Ｃ※１", &[], "C", &["※１"]);
        case("B*", &[], "B", &["*"]);
        case("A(注1)", &[], "A", &["(注1)"]);
        case("※5", &["5", "4"], "5", &["※"]);
        case("※ ５", &["5", "4"], "5", &["※"]);
        case("5※1", &["5", "4", "1"], "5", &["※1"]);
    }

    #[test]
    fn other_text_is_no_grade() {
        for text in ["※5", "", "-", "－", "―", "…", "／", "実施した。", "継続", "12人", "R5", "AB"] {
            no(text);
        }
    }
}
