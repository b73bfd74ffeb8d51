//! Takes the widths of a CIDFont (ISO 32000-2, 9.7.4.3: `DW`, `W`, `DW2`, `W2`), gives those of a CID. The CID of a code
//! is for the CMap to say.

use lopdf::{Dictionary, Document, Object};

use super::object;
use super::ranges::Ranges;

/// `DW` where the font has none.
const DEFAULT_WIDTH: f32 = 1000.0;
/// `DW2` where the font has none: y of the position vector, vertical displacement.
const DEFAULT_VERTICAL: [f32; 2] = [880.0, -1000.0];

/// Widths and vertical metrics by CID, in 1/1000 of text space.
#[derive(Debug)]
pub(super) struct CidMetrics {
    default_width: f32,
    widths: Ranges<f32>,
    default_vertical: [f32; 2],
    verticals: Ranges<Vertical>,
}

/// An entry of `W2`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vertical {
    /// Displacement to the next glyph, negative downwards.
    pub(super) advance: f32,
    /// From the horizontal origin to the vertical one.
    pub(super) origin: (f32, f32),
}

impl CidMetrics {
    /// Reads them from a CIDFont dictionary.
    pub(super) fn load(objects: &Document, dict: &Dictionary) -> Self {
        let mut metrics = Self {
            default_width: object::number(objects, dict, b"DW").unwrap_or(DEFAULT_WIDTH),
            widths: Ranges::default(),
            default_vertical: object::numbers(objects, dict, b"DW2").unwrap_or(DEFAULT_VERTICAL),
            verticals: Ranges::default(),
        };
        let list = |key| object::array(objects, dict, key).unwrap_or_default();
        read(objects, list(b"W"), |low, high, [width]| metrics.widths.push(low, high, width));
        read(objects, list(b"W2"), |low, high, [advance, x, y]| {
            metrics.verticals.push(low, high, Vertical { advance, origin: (x, y) });
        });
        metrics.widths.sort();
        metrics.verticals.sort();
        metrics
    }

    /// Whether `W` tells some widths apart from the default.
    pub(super) fn has_widths(&self) -> bool {
        !self.widths.is_empty()
    }

    /// Whether `W2` tells some vertical metrics apart from the default.
    pub(super) fn has_verticals(&self) -> bool {
        !self.verticals.is_empty()
    }

    /// One past the last CID with a width of its own.
    pub(super) fn end_of_widths(&self) -> u32 {
        self.widths.end()
    }

    /// The horizontal width of a CID.
    pub(super) fn width(&self, cid: Option<u32>) -> f32 {
        cid.and_then(|cid| self.widths.get(cid)).map_or(self.default_width, |(width, _)| *width)
    }

    /// The vertical metrics of a CID whose horizontal width is `width`.
    pub(super) fn vertical(&self, cid: Option<u32>, width: f32) -> Vertical {
        let [y, advance] = self.default_vertical;
        let default = Vertical { advance, origin: (width / 2.0, y) };
        cid.and_then(|cid| self.verticals.get(cid)).map_or(default, |(vertical, _)| *vertical)
    }
}

/// Reads a list in both forms: `first [a b …]`, one group of `N` numbers for each CID, and `first last a…`, one group
/// for all. What fits neither form is passed over number by number.
fn read<const N: usize>(objects: &Document, list: &[Object], mut emit: impl FnMut(u32, u32, [f32; N])) {
    let mut rest = list;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let Some(first) = cid(objects, first) else { continue };
        let Some(second) = tail.first().and_then(|object| object::resolve(objects, object)) else { continue };
        if let Object::Array(groups) = second {
            for (cid, group) in (first..=u32::MAX).zip(groups.chunks_exact(N)) {
                emit(cid, cid, numbers(objects, group));
            }
            rest = tail.get(1..).unwrap_or_default();
        } else if let (Some(last), Some(group)) = (cid(objects, second), tail.get(1..=N)) {
            emit(first, last, numbers(objects, group));
            rest = tail.get(N + 1..).unwrap_or_default();
        }
    }
}

fn cid(objects: &Document, object: &Object) -> Option<u32> {
    let number = object::float(objects, object)?;
    (0.0..=65535.0).contains(&number).then_some(number as u32)
}

fn numbers<const N: usize>(objects: &Document, group: &[Object]) -> [f32; N] {
    let mut numbers = [0.0; N];
    for (number, object) in numbers.iter_mut().zip(group) {
        *number = object::float(objects, object).unwrap_or_default();
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    fn metrics(dict: &Dictionary) -> CidMetrics {
        CidMetrics::load(&Document::new(), dict)
    }

    #[test]
    fn widths_in_both_forms() {
        let metrics = metrics(&dictionary! {
            "DW" => 900,
            "W" => vec![1.into(), Object::Array(vec![250.into(), 333.5.into()]), 231.into(), 389.into(), 500.into()],
        });
        assert_eq!([1, 2, 3].map(|cid| metrics.width(Some(cid))), [250.0, 333.5, 900.0]);
        assert_eq!([230, 231, 389, 390].map(|cid| metrics.width(Some(cid))), [900.0, 500.0, 500.0, 900.0]);
        assert_eq!(metrics.width(None), 900.0);
    }

    #[test]
    fn defaults_without_any_entry() {
        let metrics = metrics(&dictionary! {});
        assert_eq!(metrics.width(Some(7)), 1000.0);
        assert_eq!(metrics.vertical(Some(7), 600.0), Vertical { advance: -1000.0, origin: (300.0, 880.0) });
    }

    #[test]
    fn vertical_metrics_in_both_forms() {
        let metrics = metrics(&dictionary! {
            "DW2" => vec![800.into(), (-900).into()],
            "W2" => vec![
                1.into(), Object::Array(vec![(-500).into(), 250.into(), 700.into()]),
                5.into(), 6.into(), (-600).into(), 300.into(), 750.into(),
            ],
        });
        assert_eq!(metrics.vertical(Some(1), 500.0), Vertical { advance: -500.0, origin: (250.0, 700.0) });
        assert_eq!(metrics.vertical(Some(6), 500.0), Vertical { advance: -600.0, origin: (300.0, 750.0) });
        assert_eq!(metrics.vertical(Some(7), 500.0), Vertical { advance: -900.0, origin: (250.0, 800.0) });
    }

    #[test]
    fn a_range_over_all_cids_costs_one_entry_and_junk_is_passed_over() {
        let metrics = metrics(&dictionary! {
            "W" => vec![Object::Null, "x".into(), 0.into(), 65535.into(), 500.into(), 7.into()],
        });
        assert_eq!(metrics.width(Some(65535)), 500.0);
    }
}
