//! The columns of all tables, in groups that tables share.

mod edition;
mod finding;
mod owner;
mod value;

pub(crate) use edition::EDITION;
pub(crate) use finding::FINDING;
pub(crate) use owner::{INDICATOR, INITIATIVE, ROLE, SECTION, SERIES};
pub(crate) use value::{FIGURE, GRADE, ID, ITEM, LEGEND, OBSERVATION, PLACE, TARGET, TEXT};
