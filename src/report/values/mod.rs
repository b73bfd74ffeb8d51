//! Typed values read from printed text: years, dates, numbers, figures, targets, grades, status words. Each reader
//! takes a [`Passage`](crate::document::Passage) and the [`Rules`](super::rules::Rules) and keeps the passage of what
//! it took, so that a value's place is exactly that of its characters. What a column or row means is not decided here.

pub mod date;
pub mod figure;
pub mod fold;
pub mod goal;
pub mod grade;
pub mod number;
pub mod sieve;
pub mod status;
pub mod tiers;
pub mod year;
