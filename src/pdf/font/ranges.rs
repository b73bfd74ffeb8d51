//! Takes ranges of codes with what their first code maps to, finds the range of a code. It keeps ranges as ranges, so
//! that one over all of 2^32 codes costs no more than one code.

/// How many ranges that begin before a code are looked at: more only overlap in made-up files.
const MAX_OVERLAP: usize = 8;

/// Ranges of codes, each with the value of its first code.
#[derive(Debug, Clone)]
pub(super) struct Ranges<T> {
    ranges: Vec<Range<T>>,
    /// One past the last code of all ranges.
    end: u32,
}

#[derive(Debug, Clone)]
struct Range<T> {
    low: u32,
    high: u32,
    value: T,
}

impl<T> Default for Ranges<T> {
    fn default() -> Self {
        Self { ranges: Vec::new(), end: 0 }
    }
}

impl<T> Ranges<T> {
    /// Adds a range, ends included; one that ends before it begins is none.
    pub(super) fn push(&mut self, low: u32, high: u32, value: T) {
        if low <= high {
            self.ranges.push(Range { low, high, value });
            self.end = self.end.max(high.saturating_add(1));
        }
    }

    /// To be called once after the last [`Ranges::push`].
    pub(super) fn sort(&mut self) {
        self.ranges.sort_by_key(|range| range.low);
    }

    /// The value of the range that holds `code`, and the distance of `code` from its first; of several the one that
    /// begins last, of those the one that was added last.
    pub(super) fn get(&self, code: u32) -> Option<(&T, u32)> {
        let after = self.ranges.partition_point(|range| range.low <= code);
        let before = self.ranges.get(..after)?.iter().rev().take(MAX_OVERLAP);
        before.filter(|range| code <= range.high).map(|range| (&range.value, code - range.low)).next()
    }

    /// One past the last code of all ranges.
    pub(super) fn end(&self) -> u32 {
        self.end
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_finds_its_range_and_its_distance_from_the_first() {
        let mut ranges = Ranges::default();
        ranges.push(0x20, 0x7E, 'a');
        ranges.push(5, 5, 'b');
        ranges.push(0x100, u32::MAX, 'c');
        ranges.push(9, 8, 'd');
        ranges.sort();
        assert_eq!(ranges.get(0x21), Some((&'a', 1)));
        assert_eq!(ranges.get(5), Some((&'b', 0)));
        assert_eq!(ranges.get(u32::MAX), Some((&'c', u32::MAX - 0x100)));
        assert_eq!([ranges.get(4), ranges.get(9), ranges.get(0x7F)], [None; 3]);
    }

    #[test]
    fn a_later_and_narrower_range_hides_an_earlier_one() {
        let mut ranges = Ranges::default();
        ranges.push(0, 255, 1);
        ranges.push(10, 20, 2);
        ranges.push(10, 20, 3);
        ranges.sort();
        assert_eq!([5, 15, 30].map(|code| ranges.get(code).map(|(value, _)| *value)), [Some(1), Some(3), Some(1)]);
    }
}
