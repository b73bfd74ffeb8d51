//! The patterns of the packs that the program carries, taken apart when it was built. The build script writes them.

use super::Matcher;
use super::filter::{Begin, Filter, Part};
use super::program::{Program, Step};
use super::set::Set;
use crate::report::values::sieve::Sieve;
use std::borrow::Cow::{self, Borrowed};

include!(concat!(env!("OUT_DIR"), "/matchers.rs"));
