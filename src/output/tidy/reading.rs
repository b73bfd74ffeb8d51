//! What the columns ask a printed value: its text, number, unit, grade, marks.

use super::{Reading, Value, absence};
use crate::report::{Comparison, Target};

impl Reading {
    /// As printed.
    pub(super) fn raw(&self) -> Option<&str> {
        match self {
            Self::Grade(grade, _) => Some(&grade.text),
            Self::Status(status) => Some(&status.text),
            Self::Text(text) => Some(text),
            Self::Figure(figure) => Some(&figure.text),
            Self::Target(target) => Some(&target.text),
            Self::Blank => None,
        }
    }

    /// What a value that is text stands for.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Grade(grade, _) => Some(&grade.grade),
            Self::Status(status) => Some(&status.value),
            Self::Text(text) => Some(text),
            Self::Figure(_) | Self::Target(_) | Self::Blank => None,
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Figure(figure) => figure.value,
            Self::Target(target) => target.value,
            _ => None,
        }
    }

    pub(super) fn unit(&self) -> Option<&str> {
        match self {
            Self::Figure(figure) => figure.unit.as_deref(),
            Self::Target(target) => target.unit.as_deref(),
            _ => None,
        }
    }
}

impl Value {
    /// Why a figure has no number.
    pub(super) fn null_reason(&self) -> Option<&'static str> {
        match &self.reading {
            Reading::Figure(figure) if figure.value.is_none() => Some(absence::reason(&figure.text)),
            Reading::Blank => Some(absence::reason("")),
            _ => None,
        }
    }

    /// Whether a sign that repeats the year before was read as what it repeats.
    pub(super) fn inherited(&self) -> Option<bool> {
        match &self.reading {
            Reading::Status(status) => Some(status.text != status.value),
            _ => None,
        }
    }

    /// The heading as printed, else the item's Japanese name, which is how such reports call it.
    pub(super) fn item_name(&self) -> &str {
        self.heading.as_deref().unwrap_or(self.item.words().ja)
    }
}

/// The signs of comparison, as [`operator`] writes them.
pub(super) const OPERATORS: [&str; 4] = [">=", "<=", "<", ">"];

/// How an actual is to stand to a target, where that is printed.
pub(super) fn operator(target: &Target) -> Option<&'static str> {
    target.comparison.map(|comparison| match comparison {
        Comparison::AtLeast => OPERATORS[0],
        Comparison::AtMost => OPERATORS[1],
        Comparison::LessThan => OPERATORS[2],
        Comparison::MoreThan => OPERATORS[3],
    })
}
