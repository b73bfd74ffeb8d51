//! Takes the SVG that hayro writes of a page, gives markup that can stand in one HTML page with that of all others: names
//! made unique, outlines of glyphs shared, numbers rounded, neighbours under one clip joined, and nothing but the
//! elements and attributes known here.

use super::decimal::{numbers, outline, transform};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Outlines of glyphs, each once.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    paths: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Outlines {
    /// The number of an outline, a new one where it is new.
    pub(super) fn number(&mut self, path: String) -> usize {
        if let Some(number) = self.numbers.get(&path) {
            return *number;
        }
        let number = self.paths.len();
        self.numbers.insert(path.clone(), number);
        self.paths.push(path);
        number
    }

    pub(super) fn into_paths(self) -> Vec<String> {
        self.paths
    }
}

/// A tag: its name, its attributes as written, and which end of an element it is.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Opens,
    Closes,
    Both,
}

const ELEMENTS: [&str; 16] = [
    "clipPath",
    "defs",
    "feColorMatrix",
    "feComponentTransfer",
    "feFuncA",
    "filter",
    "g",
    "image",
    "linearGradient",
    "mask",
    "path",
    "pattern",
    "radialGradient",
    "rect",
    "stop",
    "use",
];

const ATTRIBUTES: [&str; 51] = [
    "clip-path",
    "clip-rule",
    "cx",
    "cy",
    "d",
    "fill",
    "fill-opacity",
    "fill-rule",
    "filter",
    "filterUnits",
    "fr",
    "fx",
    "fy",
    "gradientUnits",
    "gradientTransform",
    "height",
    "id",
    "mask",
    "mask-type",
    "maskUnits",
    "offset",
    "opacity",
    "patternTransform",
    "patternUnits",
    "preserveAspectRatio",
    "r",
    "spreadMethod",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "style",
    "tableValues",
    "transform",
    "type",
    "values",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "xlink:href",
    "y",
    "y1",
    "y2",
];

/// The markup of one page. `prefix` makes its names unique; outlines of its glyphs go to `outlines`.
pub(super) fn page(svg: &str, prefix: &str, outlines: &mut Outlines) -> String {
    let glyphs = glyphs(svg, outlines);
    let mut writer =
        Writer { out: String::with_capacity(svg.len() / 2), prefix, glyphs, open: Vec::new(), closed: None };
    let mut in_outlines = false;
    for tag in tags(svg) {
        if tag.name == "defs" && tag.end == End::Opens {
            in_outlines = attribute(tag.attributes, "id") == Some("outline-glyph");
        }
        let skipped = in_outlines || !ELEMENTS.contains(&tag.name);
        if !skipped {
            writer.tag(&tag);
        } else if tag.name == "defs" && tag.end == End::Closes {
            in_outlines = false;
        }
    }
    writer.out
}

/// The numbers of the page's glyphs by their names in it.
fn glyphs<'a>(svg: &'a str, outlines: &mut Outlines) -> HashMap<&'a str, usize> {
    let mut glyphs = HashMap::new();
    let mut inside = false;
    for tag in tags(svg) {
        match tag.name {
            "defs" => inside = tag.end == End::Opens && attribute(tag.attributes, "id") == Some("outline-glyph"),
            "path" if inside => {
                if let (Some(id), Some(d)) = (attribute(tag.attributes, "id"), attribute(tag.attributes, "d")) {
                    glyphs.insert(id, outlines.number(outline(d)));
                }
            }
            _ => {}
        }
    }
    glyphs
}

fn tags(svg: &str) -> impl Iterator<Item = Tag<'_>> {
    svg.split('<').skip(1).filter_map(|rest| {
        let inside = rest.split_once('>')?.0;
        let (inside, end) = match (inside.strip_prefix('/'), inside.strip_suffix('/')) {
            (Some(name), _) => (name, End::Closes),
            (None, Some(inside)) => (inside, End::Both),
            (None, None) => (inside, End::Opens),
        };
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        Some(Tag { name, attributes, end })
    })
}

/// Names and values of attributes.
fn pairs(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        rest = after;
        Some((name.trim(), value))
    })
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    pairs(attributes).find(|(one, _)| *one == name).map(|(_, value)| value)
}

struct Writer<'a> {
    out: String,
    prefix: &'a str,
    glyphs: HashMap<&'a str, usize>,
    /// Attributes of the groups that are open.
    open: Vec<String>,
    /// Where in `out` the last group closed, and its attributes, if nothing came after it.
    closed: Option<(usize, String)>,
}

impl Writer<'_> {
    fn tag(&mut self, tag: &Tag<'_>) {
        if tag.end == End::Closes {
            self.close(tag.name);
            return;
        }
        let attributes = self.attributes(tag);
        if tag.name == "g" && tag.end == End::Opens {
            self.group(attributes);
            return;
        }
        self.closed = None;
        let _ = write!(self.out, "<{}{attributes}{}>", tag.name, if tag.end == End::Both { "/" } else { "" });
    }

    /// Opens a group, or goes on with the one that has just closed if the two differ in nothing and only clip.
    fn group(&mut self, attributes: String) {
        match self.closed.take() {
            Some((end, closed)) if closed == attributes && only_clips(&attributes) => self.out.truncate(end),
            _ => {
                let _ = write!(self.out, "<g{attributes}>");
            }
        }
        self.open.push(attributes);
    }

    fn close(&mut self, name: &str) {
        let end = self.out.len();
        let _ = write!(self.out, "</{name}>");
        self.closed = if name == "g" { self.open.pop().map(|attributes| (end, attributes)) } else { None };
    }

    fn attributes(&self, tag: &Tag<'_>) -> String {
        let mut written = String::new();
        for (name, value) in pairs(tag.attributes).filter(|(name, _)| ATTRIBUTES.contains(name)) {
            let (name, value) = match name {
                "id" => (name, format!("{}{value}", self.prefix)),
                "xlink:href" => ("href", self.reference(value)),
                "style" => match class(value) {
                    Some(pair) => pair,
                    None => continue,
                },
                "transform" | "gradientTransform" | "patternTransform" => (name, transform(value)),
                "d" => (name, numbers(value)),
                "x" | "y" | "width" | "height" | "stroke-width" => (name, numbers(value)),
                "fill" if value == "#000000" => continue,
                _ => (name, value.replace("url(#", &format!("url(#{}", self.prefix))),
            };
            let _ = write!(written, " {name}=\"{value}\"");
        }
        written
    }

    /// A reference to a shared outline, to something else on the page, or an image's data; nothing else is let through.
    fn reference(&self, value: &str) -> String {
        match value.strip_prefix('#') {
            Some(name) => self.glyphs.get(name).map_or_else(|| format!("#{}{name}", self.prefix), |n| format!("#o{n}")),
            None if value.starts_with("data:image/") => value.to_owned(),
            None => String::new(),
        }
    }
}

fn only_clips(attributes: &str) -> bool {
    pairs(attributes).all(|(name, _)| name == "clip-path")
}

/// What hayro writes as `style`, as an attribute that needs no inline style.
fn class(style: &str) -> Option<(&'static str, String)> {
    let (property, value) = style.split_once(':')?;
    let value = value.trim().trim_end_matches(';');
    match property.trim() {
        "mix-blend-mode" => Some(("class", format!("blend-{value}"))),
        "isolation" => Some(("class", "isolate".to_owned())),
        "image-rendering" => Some(("image-rendering", value.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(svg: &str, expected: &str, outlines: &[&str]) {
        let mut shared = Outlines::default();
        assert_eq!(page(svg, "p1-", &mut shared), expected);
        assert_eq!(shared.into_paths(), outlines);
    }

    #[test]
    fn glyphs_are_shared_and_other_names_are_the_pages_own() {
        case(
            "<svg viewBox=\"0 0 9 9\" xmlns=\"x\"><g clip-path=\"url(#c0)\"><use xlink:href=\"#g0\" \
             transform=\"matrix(0.012000 0 0 -0.012 52.30001 100)\" fill=\"#000000\"/></g>\
             <g clip-path=\"url(#c0)\"><use xlink:href=\"#g1\" fill=\"#ff0000\"/></g>\
             <defs id=\"outline-glyph\"><path id=\"g0\" d=\"M10.4,20 L-3.6,4Z\"/><path id=\"g1\" d=\"M10.4,20 L-3.6,4Z\"/></defs>\
             <defs id=\"clip-path\"><clipPath id=\"c0\"><rect x=\"0\" width=\"595.27563\"/></clipPath></defs></svg>",
            "<g clip-path=\"url(#p1-c0)\"><use href=\"#o0\" transform=\"matrix(.012 0 0 -.012 52.3 100)\"/>\
             <use href=\"#o0\" fill=\"#ff0000\"/></g><defs id=\"p1-clip-path\"><clipPath id=\"p1-c0\">\
             <rect x=\"0\" width=\"595.28\"/></clipPath></defs>",
            &["M10 20L-4 4Z"],
        );
    }

    #[test]
    fn groups_that_blend_are_not_joined_and_styles_become_classes() {
        case(
            "<g style=\"mix-blend-mode:multiply\" opacity=\"0.5\"></g><g style=\"mix-blend-mode:multiply\" opacity=\"0.5\"></g>",
            "<g class=\"blend-multiply\" opacity=\"0.5\"></g><g class=\"blend-multiply\" opacity=\"0.5\"></g>",
            &[],
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        case(
            "<script src=\"x\"/><image xlink:href=\"https://a.example/x.png\" onload=\"x\" width=\"1\"/>",
            "<image href=\"\" width=\"1\"/>",
            &[],
        );
    }
}
