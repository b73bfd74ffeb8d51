//! The legend of grades: which grade is best, which means finished, which the legend does not know. The same letter
//! means different things in different legends, so nothing is said about a grade without its legend.

use super::subject::plain;
use super::wording::Wording;
use crate::report::ScaleGrade;

/// Signs and letters whose order is the same in every legend that uses them together, best first.
const KNOWN_ORDER: [&[&str]; 2] = [&["S", "A", "B", "C", "D", "E", "F"], &["◎", "○", "△", "×"]];

/// The scales of a report, each in the order of its legend.
#[derive(Debug, Clone, Default)]
pub(super) struct Legend {
    pub(super) scales: Vec<Scale>,
}

/// One scale.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub(super) grades: Vec<ScaleGrade>,
}

impl Legend {
    pub(super) fn new(printed: &[ScaleGrade]) -> Self {
        let mut scales: Vec<Scale> = Vec::new();
        for grade in printed {
            match scales.iter_mut().find(|scale| scale.grades.first().is_some_and(|first| first.scale == grade.scale)) {
                Some(scale) => scale.grades.push(grade.clone()),
                None => scales.push(Scale { grades: vec![grade.clone()] }),
            }
        }
        Self { scales }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// The scale that knows `grade`, if just one does.
    pub(super) fn scale_of(&self, grade: &str) -> Option<&Scale> {
        let mut knowing = self.scales.iter().filter(|scale| scale.meaning(grade).is_some());
        knowing.next().filter(|_| knowing.next().is_none())
    }

    pub(super) fn knows(&self, grade: &str) -> bool {
        self.scales.iter().any(|scale| scale.meaning(grade).is_some())
    }
}

impl Scale {
    /// What the legend says `grade` means.
    pub(super) fn meaning(&self, grade: &str) -> Option<&str> {
        self.grades.iter().find(|one| same(&one.grade, grade)).map(|one| one.meaning.as_str())
    }

    /// The best grade: first in the known order of its signs or else in the legend, finished and ungraded left out.
    pub(super) fn best(&self, wording: Wording<'_>) -> Option<&ScaleGrade> {
        let ranked = || self.grades.iter().filter(|one| !wording.matches("GRD-04", "outside", &one.meaning));
        let known = KNOWN_ORDER.iter().find(|order| ranked().all(|one| place(order, &one.grade).is_some()));
        match known {
            Some(order) => ranked().min_by_key(|one| place(order, &one.grade)),
            None => ranked().next(),
        }
    }

    /// Whether `grade` says that something lags: below the best and neither finished nor as planned. Where the best
    /// grade is itself no more than as planned, a grade below it is less, however it is put (おおむね計画どおり).
    pub(super) fn lags(&self, grade: &str, wording: Wording<'_>) -> bool {
        let Some(meaning) = self.meaning(grade) else { return false };
        let Some(best) = self.best(wording) else { return false };
        let says = |list: &str, meaning: &str| wording.matches("GRD-06", list, meaning);
        let best_is_plan = says("on-plan", &best.meaning) && !says("beyond-plan", &best.meaning);
        let on_plan = says("on-plan", meaning) && !says("lags", meaning) && !best_is_plan;
        !same(&best.grade, grade) && !on_plan && !wording.matches("GRD-04", "outside", meaning)
    }
}

fn place(order: &[&str], grade: &str) -> Option<usize> {
    order.iter().position(|sign| same(sign, grade))
}

/// Whether two grades are the same sign, whatever form of circle or cross is printed.
pub(super) fn same(a: &str, b: &str) -> bool {
    sign(a) == sign(b)
}

/// The sign of a grade with all circles and all crosses alike.
pub(super) fn sign(grade: &str) -> String {
    let one = |c| match c {
        '〇' | '◯' | '⭕' => '○',
        '✕' | '✖' | '☓' | 'Ｘ' => '×',
        '▵' => '△',
        c => c,
    };
    plain(grade).chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn legend(grades: &[(&str, &str)]) -> Legend {
        let grade = |(grade, meaning): &(&str, &str)| ScaleGrade {
            grade: (*grade).to_owned(),
            meaning: (*meaning).to_owned(),
            ..ScaleGrade::default()
        };
        Legend::new(&grades.iter().map(grade).collect::<Vec<_>>())
    }

    #[track_caller]
    fn lagging(grades: &[(&str, &str)], expected: &[&str]) {
        let legend = legend(grades);
        let wording = Wording::of("");
        let scale = &legend.scales[0];
        let found: Vec<_> = grades.iter().map(|(grade, _)| *grade).filter(|grade| scale.lags(grade, wording)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_last_letter_is_not_always_the_worst() {
        lagging(
            &[("A", "計画どおり"), ("B", "一部遅れている"), ("C", "大きく遅れている"), ("D", "完結した取組")],
            &["B", "C"],
        );
        lagging(&[("F", "完了"), ("A", "順調"), ("B", "やや遅れ"), ("Z", "評価困難")], &["B"]);
    }

    #[test]
    fn a_lower_grade_that_is_as_planned_does_not_lag() {
        lagging(&[("A", "計画を上回って実施できた"), ("B", "計画どおり実施できた"), ("C", "十分ではなかった")], &["C"]);
        lagging(&[("A", "順調"), ("B", "計画より遅れているが一部進捗")], &["B"]);
    }

    #[test]
    fn a_grade_below_as_planned_is_less_than_planned() {
        lagging(
            &[
                ("Ａ", "目標を達成した、又は計画どおり実施した"),
                ("Ｂ", "おおむね計画どおり実施した"),
                ("Ｃ", "できなかった"),
            ],
            &["Ｂ", "Ｃ"],
        );
        lagging(&[("◎", "予定以上に進んだ"), ("○", "予定どおり進んだ"), ("△", "予定より遅れた")], &["△"]);
    }

    #[test]
    fn circles_and_crosses_are_alike_in_all_their_forms() {
        assert!(same("〇", "○") && same("✕", "×") && same("Ａ", "A") && !same("◎", "○"));
    }
}
