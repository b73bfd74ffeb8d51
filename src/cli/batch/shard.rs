//! Parts of a list of inputs, for several machines or processes that each read one.

use sha2::{Digest, Sha256};
use std::path::Path;
use std::str::FromStr;

/// One of several equal parts. An input belongs to the same part however many other inputs there are and wherever the
/// folder stands, because the hash of its path decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// From 1.
    part: u32,
    of: u32,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let parsed = argument.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match parsed {
            Some((part, of)) if 1 <= part && part <= of => Ok(Self { part, of }),
            _ => Err("give a part and the number of parts, such as 3/16".to_owned()),
        }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

impl Shard {
    /// Whether the input with this path belongs to the part.
    pub(super) fn holds(self, path: &Path) -> bool {
        let hash = Sha256::digest(slashed(path).as_bytes());
        let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.of) == u64::from(self.part - 1)
    }

    /// `3-of-16`, for file names.
    pub(crate) fn name(self) -> String {
        format!("{}-of-{}", self.part, self.of)
    }
}

/// The path with `/` between its parts on every system.
pub(crate) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_in_exactly_one_part_and_the_parts_are_near_in_size() {
        let paths: Vec<_> = (0..1000).map(|n| format!("2023/市{n}/報告.pdf")).collect();
        let parts: Vec<Shard> = (1..=4).map(|part| format!("{part}/4").parse().unwrap()).collect();
        for path in &paths {
            assert_eq!(parts.iter().filter(|part| part.holds(path.as_ref())).count(), 1, "{path}");
        }
        for part in parts {
            let size = paths.iter().filter(|path| part.holds(path.as_ref())).count();
            assert!((200..300).contains(&size), "{part}: {size}");
        }
    }

    #[test]
    fn a_part_is_one_of_at_least_one() {
        assert_eq!("3/16".parse::<Shard>().unwrap().to_string(), "3/16");
        for wrong in ["", "3", "0/3", "4/3", "1/0", "a/b", "-1/3", "1/2/3"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
