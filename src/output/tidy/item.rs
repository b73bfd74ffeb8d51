//! What a printed value is: the items of the tidy tables.

use crate::audit::Words;
use crate::report::SeriesKind;

/// What a printed value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// Grade in the detail or only table, of a section's heading row, or of an indicator.
    Grade,
    /// Grade in the front table where there is a detail too.
    SummaryGrade,
    /// 実績.
    Actual,
    /// 目標値.
    Target,
    /// 基準値.
    Baseline,
    /// 実施状況.
    Status,
    /// 主な取組.
    Actions,
    /// 課題等.
    Issues,
    /// 計画.
    Plan,
    /// 実績 beside 計画.
    Result,
    /// 取組内容.
    Description,
    /// Line of the 取組内容 box of a section.
    Objective,
    /// 【目標】 line of a section.
    TargetText,
    /// A column or row that the rules know no name for.
    Other,
    /// Note under an indicator.
    Note,
    /// Note of the document.
    Footnote,
    /// Title of the plan.
    Title,
    /// Second line of the title.
    Subtitle,
    /// Department that publishes.
    Publisher,
    /// Date of publication as printed.
    Published,
    /// Paragraph outside tables.
    Prose,
    /// What the rules could not give a meaning.
    Unplaced,
}

/// The three kinds of values; each value is of exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Grades.
    Grades,
    /// Figures and targets of indicators.
    Figures,
    /// Texts.
    Narratives,
}

impl Item {
    const ALL: [Self; 22] = [
        Self::Grade,
        Self::SummaryGrade,
        Self::Actual,
        Self::Target,
        Self::Baseline,
        Self::Status,
        Self::Actions,
        Self::Issues,
        Self::Plan,
        Self::Result,
        Self::Description,
        Self::Objective,
        Self::TargetText,
        Self::Other,
        Self::Note,
        Self::Footnote,
        Self::Title,
        Self::Subtitle,
        Self::Publisher,
        Self::Published,
        Self::Prose,
        Self::Unplaced,
    ];

    /// The stable names of all items.
    #[must_use]
    pub fn codes() -> Vec<&'static str> {
        Self::ALL.iter().map(|item| item.code()).collect()
    }

    /// The stable names of the items of one kind.
    #[must_use]
    pub fn codes_of(group: Group) -> Vec<&'static str> {
        Self::ALL.iter().filter(|item| item.group() == group).map(|item| item.code()).collect()
    }

    /// Its stable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.names().0
    }

    /// Its name in both languages.
    #[must_use]
    pub fn words(self) -> Words {
        let (_, ja, en) = self.names();
        Words { ja, en }
    }

    /// Which kind of value it is.
    #[must_use]
    pub fn group(self) -> Group {
        match self {
            Self::Grade | Self::SummaryGrade => Group::Grades,
            Self::Actual | Self::Target | Self::Baseline => Group::Figures,
            _ => Group::Narratives,
        }
    }

    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Grade => ("grade", "評価", "grade"),
            Self::SummaryGrade => ("summary_grade", "評価（一覧表）", "grade in the summary"),
            Self::Actual => ("actual", "実績", "actual"),
            Self::Target => ("target", "目標", "target"),
            Self::Baseline => ("baseline", "基準値", "baseline"),
            Self::Status => ("status", "実施状況", "status"),
            Self::Actions => ("actions", "主な取組", "actions"),
            Self::Issues => ("issues", "課題等", "issues"),
            Self::Plan => ("plan", "計画", "plan"),
            Self::Result => ("result", "計画に対する実績", "result"),
            Self::Description => ("description", "取組内容", "description"),
            Self::Objective => ("objective", "目的", "objective"),
            Self::TargetText => ("target_text", "目標（文）", "target as text"),
            Self::Other => ("other", "その他の欄", "other column"),
            Self::Note => ("note", "注", "note"),
            Self::Footnote => ("footnote", "脚注", "footnote"),
            Self::Title => ("title", "計画名", "title of the plan"),
            Self::Subtitle => ("subtitle", "副題", "subtitle"),
            Self::Publisher => ("publisher", "発行者", "publisher"),
            Self::Published => ("published", "発行年月", "date of publication"),
            Self::Prose => ("prose", "本文", "paragraph"),
            Self::Unplaced => ("unplaced", "位置付けできなかった文字", "text without a place"),
        }
    }
}

impl From<SeriesKind> for Item {
    fn from(kind: SeriesKind) -> Self {
        match kind {
            SeriesKind::Actual => Self::Actual,
            SeriesKind::Target => Self::Target,
            SeriesKind::Baseline => Self::Baseline,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Item;
    use std::collections::BTreeSet;

    #[test]
    fn every_item_has_a_name_of_its_own() {
        let codes: BTreeSet<_> = Item::codes().into_iter().collect();
        let names: BTreeSet<_> = Item::ALL.iter().map(|item| item.words().ja).collect();
        assert_eq!((codes.len(), names.len()), (Item::ALL.len(), Item::ALL.len()));
    }
}
