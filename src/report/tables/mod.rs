//! Tables to values: [`grid`] knows which cell covers a place, [`header`] what each column holds; [`initiatives`] reads
//! rows about initiatives, [`indicators`] rows of figures. What kind of table it is shows in what its cells hold.

pub(super) mod beside;
pub(super) mod grid;
pub(super) mod header;
pub(super) mod indicators;
pub(super) mod initiatives;
pub(super) mod inner;
pub(super) mod items;
pub(super) mod joined;
pub(super) mod kind;

/// A longer text (in bytes) is a sentence, neither a grade, a status word nor a figure.
const LONGEST_VALUE: usize = 120;
