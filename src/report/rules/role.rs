//! What a row or column label can mean.

use super::name;

/// Meaning of the text under a column heading, or beside a row label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// No., 番号, コード.
    Number,
    /// 取組, 事業名: the initiative's name.
    Name,
    /// 指標名: the indicator's name.
    Indicator,
    /// 取組内容, 事業概要.
    Description,
    /// 担当課, 所管課, 役割.
    Responsible,
    /// 評価, 達成度. 進捗状況 stands here too: over letters it is a grade, over sentences it is not.
    Grade,
    /// 実施状況 as a short word or arrow; over sentences it is [`Role::Actions`].
    Status,
    /// 主な取組, 取組実績, 実施内容, 成果.
    Actions,
    /// 課題, 今後の方向性, 次年度の取組.
    Issues,
    /// 計画: what was to be done.
    Plan,
    /// 実績: what was done beside a plan, or figures.
    Result,
    /// 実績値, 現状値 of the latest year: figures.
    Actual,
    /// 基準値, 策定時.
    Baseline,
    /// 中間目標.
    Interim,
    /// 中間値, 中間評価時: what was measured halfway, or is aimed at where halfway lies ahead.
    Midway,
    /// 目標, 目標値.
    Target,
    /// 単位.
    Unit,
    /// 達成率, 進捗率.
    Rate,
    /// 基本目標, 施策: a level above the initiative.
    Level,
    /// 年度: the column of year labels in a transposed table.
    Year,
    /// 算出方法, 出典.
    Method,
    /// 備考.
    Remark,
    /// 合計, 評価Aの数: a row of totals.
    Total,
    /// 前年比, 増減: derived from other rows.
    Derived,
}

/// Each with its name in a pack.
const NAMES: &[(Role, &str)] = &[
    (Role::Number, "number"),
    (Role::Name, "name"),
    (Role::Indicator, "indicator"),
    (Role::Description, "description"),
    (Role::Responsible, "responsible"),
    (Role::Grade, "grade"),
    (Role::Status, "status"),
    (Role::Actions, "actions"),
    (Role::Issues, "issues"),
    (Role::Plan, "plan"),
    (Role::Result, "result"),
    (Role::Actual, "actual"),
    (Role::Baseline, "baseline"),
    (Role::Interim, "interim"),
    (Role::Midway, "midway"),
    (Role::Target, "target"),
    (Role::Unit, "unit"),
    (Role::Rate, "rate"),
    (Role::Level, "level"),
    (Role::Year, "year"),
    (Role::Method, "method"),
    (Role::Remark, "remark"),
    (Role::Total, "total"),
    (Role::Derived, "derived"),
];

impl Role {
    /// Its name in a pack.
    #[must_use]
    pub fn name(self) -> &'static str {
        name::of(NAMES, &self)
    }

    /// The one called `name` in a pack.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name::thing(NAMES, name)
    }

    /// What it means beside its values, if the label is `dated`: 令和５年度の取組 describes what was done, where 取組 would
    /// head a name.
    #[must_use]
    pub(crate) fn in_year(self, dated: bool) -> Self {
        if dated && self == Self::Name { Self::Description } else { self }
    }
}
