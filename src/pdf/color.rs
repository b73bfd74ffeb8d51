//! Colours as sRGB, near enough to tell white from ink and one band from another (ISO 32000-2, 8.6). Spot colours are
//! taken at both ends of their tint transform, ICC profiles by their number of components.

use super::object::{array, get, get_array, get_number, name, number, resolve};
use lopdf::{Dictionary, Document, Object};

/// A colour in sRGB.
pub(super) type Rgb = [u8; 3];

/// What the operands of `sc` and `scn` mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ColorSpace {
    Gray,
    Rgb,
    Cmyk,
    Lab,
    /// One or more tints between no ink and full ink.
    Tint {
        none: Rgb,
        full: Rgb,
    },
    /// `Separation /None`: leaves no mark.
    NoInk,
    /// A palette: the colour at its first and last index, and that index.
    Indexed {
        first: Rgb,
        last: Rgb,
        highest: f32,
    },
    Pattern,
}

/// How deep colour spaces may nest.
const DEEPEST: usize = 4;
/// A colour whose components all reach this is white to a reader.
const WHITE: u8 = 250;

/// Whether a reader would not see it on paper.
pub(super) fn is_white(color: Rgb) -> bool {
    color.iter().all(|&component| component >= WHITE)
}

impl ColorSpace {
    /// The space that a name or array stands for; `named` looks a name up in the resources.
    pub(super) fn read(objects: &Document, object: &Object, named: Option<&Dictionary>) -> Self {
        read(objects, object, named, 0)
    }

    /// The colour before any operand is given (ISO 32000-2, 8.6.8).
    pub(super) fn initial(self) -> Rgb {
        match self {
            Self::Tint { full, .. } => full,
            Self::Indexed { first, .. } => first,
            Self::NoInk => [255; 3],
            _ => [0; 3],
        }
    }

    /// The colour of the operands; missing ones count as 0.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn color(self, operands: &[f64]) -> Rgb {
        let at = |index: usize| operands.get(index).copied().unwrap_or(0.0) as f32;
        match self {
            Self::Gray => [byte(at(0)); 3],
            Self::Rgb => [byte(at(0)), byte(at(1)), byte(at(2))],
            Self::Cmyk => cmyk(at(0), at(1), at(2), at(3)),
            Self::Lab => [byte(at(0) / 100.0); 3],
            Self::Tint { none, full } => mix(none, full, operands.iter().fold(0.0, |most, &t| most.max(t as f32))),
            Self::NoInk => [255; 3],
            Self::Indexed { first, last, highest } => mix(first, last, at(0) / highest.max(1.0)),
            Self::Pattern => [128; 3],
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn byte(value: f32) -> u8 {
    // Rounded by hand: the processor has no instruction for it, and a half is exact in double precision.
    (f64::from(value.clamp(0.0, 1.0) * 255.0) + 0.5) as u8
}

/// DeviceCMYK by subtraction (ISO 32000-2, 10.4.2.5).
fn cmyk(c: f32, m: f32, y: f32, k: f32) -> Rgb {
    [c, m, y].map(|ink| byte(1.0 - (ink + k).min(1.0)))
}

fn mix(none: Rgb, full: Rgb, tint: f32) -> Rgb {
    let tint = tint.clamp(0.0, 1.0);
    let mut color = none;
    for (component, to) in color.iter_mut().zip(full) {
        let from = f32::from(*component);
        *component = byte((from + (f32::from(to) - from) * tint) / 255.0);
    }
    color
}

fn read(objects: &Document, object: &Object, named: Option<&Dictionary>, depth: usize) -> ColorSpace {
    if depth > DEEPEST {
        return ColorSpace::Gray;
    }
    if let Some(space) = name(object) {
        return match space {
            b"DeviceGray" | b"G" | b"CalGray" => ColorSpace::Gray,
            b"DeviceRGB" | b"RGB" | b"CalRGB" => ColorSpace::Rgb,
            b"DeviceCMYK" | b"CMYK" => ColorSpace::Cmyk,
            b"Lab" => ColorSpace::Lab,
            b"Pattern" => ColorSpace::Pattern,
            other => named
                .and_then(|spaces| get(objects, spaces, other))
                .filter(|found| name(found) != Some(other))
                .map_or(ColorSpace::Gray, |found| read(objects, found, named, depth + 1)),
        };
    }
    let Some(items) = array(object) else { return ColorSpace::Gray };
    let item = |index: usize| items.get(index).and_then(|item| resolve(objects, item));
    let nested = |index: usize| item(index).map_or(ColorSpace::Gray, |item| read(objects, item, named, depth + 1));
    match item(0).and_then(name) {
        Some(b"ICCBased") => item(1).map_or(ColorSpace::Gray, |profile| icc(objects, profile)),
        Some(b"CalRGB" | b"DeviceRGB" | b"RGB") => ColorSpace::Rgb,
        Some(b"DeviceCMYK" | b"CMYK") => ColorSpace::Cmyk,
        Some(b"Lab") => ColorSpace::Lab,
        Some(b"Pattern") => ColorSpace::Pattern,
        Some(b"Separation") if item(1).and_then(name) == Some(b"None") => ColorSpace::NoInk,
        Some(b"Separation" | b"DeviceN") => tint(objects, nested(2), item(3)),
        Some(b"Indexed" | b"I") => indexed(nested(1), item(2).and_then(number), item(3)),
        _ => ColorSpace::Gray,
    }
}

fn icc(objects: &Document, profile: &Object) -> ColorSpace {
    let components = super::object::dictionary(profile).and_then(|dict| get_number(objects, dict, b"N"));
    match components {
        Some(3.0) => ColorSpace::Rgb,
        Some(4.0) => ColorSpace::Cmyk,
        _ => ColorSpace::Gray,
    }
}

/// No ink is white; full ink is what an exponential function gives at 1, and black where the function is another.
fn tint(objects: &Document, alternate: ColorSpace, function: Option<&Object>) -> ColorSpace {
    let ends = function.and_then(super::object::dictionary).and_then(|function| {
        let end = |key: &[u8]| -> Option<Rgb> {
            let values: Vec<f64> = get_array(objects, function, key)?
                .iter()
                .filter_map(|value| resolve(objects, value).and_then(number))
                .collect();
            Some(alternate.color(&values))
        };
        Some((end(b"C0"), end(b"C1")?))
    });
    let (none, full) = ends.unwrap_or((None, [0; 3]));
    ColorSpace::Tint { none: none.unwrap_or([255; 3]), full }
}

#[allow(clippy::cast_possible_truncation)]
fn indexed(base: ColorSpace, highest: Option<f64>, table: Option<&Object>) -> ColorSpace {
    let size = match base {
        ColorSpace::Rgb | ColorSpace::Lab => 3,
        ColorSpace::Cmyk => 4,
        _ => 1,
    };
    let highest = highest.unwrap_or(255.0).clamp(0.0, 255.0) as f32;
    let palette = match table {
        Some(Object::String(bytes, _)) => bytes.as_slice(),
        _ => return ColorSpace::Indexed { first: [0; 3], last: [0; 3], highest },
    };
    let entry = |bytes: Option<&[u8]>| {
        let values: Vec<f64> = bytes.unwrap_or_default().iter().map(|&value| f64::from(value) / 255.0).collect();
        base.color(&values)
    };
    ColorSpace::Indexed { first: entry(palette.chunks(size).next()), last: entry(palette.chunks(size).last()), highest }
}
