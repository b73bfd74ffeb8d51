//! Takes a CMap, embedded (ISO 32000-2, 9.7.5.4; as `ToUnicode` 9.10.3) or predefined (9.7.5.2), gives the code space,
//! the CID and the text of a code. It leaves to the font which of these counts.

mod jis;
mod lexer;
mod parser;
pub(super) mod predefined;

use lopdf::{Document, Object, Stream};

use super::code_space::{CodeRange, CodeSpace};
use super::object;
use super::ranges::Ranges;
use predefined::{Collection, Predefined};

/// How deep `usecmap` may go: real files need 1 or 2, loops need an end.
const MAX_DEPTH: u8 = 8;

/// A CMap that can be asked for codes.
#[derive(Debug)]
pub(super) enum CMap {
    /// One of the CMaps that a reader has to bring along.
    Predefined(Predefined),
    /// One that the document embeds.
    Embedded(Box<Embedded>),
}

/// What an embedded CMap says.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    code_space: Vec<CodeRange>,
    vertical: Option<bool>,
    registry: Option<String>,
    ordering: Option<String>,
    /// By length of the code, 1 to 4 bytes.
    cids: [Ranges<u32>; 4],
    notdefs: [Ranges<u32>; 4],
    texts: Ranges<Text>,
    base: Option<CMap>,
}

/// The destination of a `bfchar` or of the first code of a `bfrange`.
#[derive(Debug, Clone, PartialEq)]
enum Text {
    Char(char),
    String(Box<str>),
}

impl CMap {
    /// Reads the `Encoding` or `ToUnicode` entry of a font; `None` if it is neither a known name nor a stream.
    pub(super) fn load(objects: &Document, entry: &Object, limit: usize) -> Option<Self> {
        Self::load_nested(objects, entry, limit, 0)
    }

    fn load_nested(objects: &Document, entry: &Object, limit: usize, depth: u8) -> Option<Self> {
        match object::resolve(objects, entry)? {
            Object::Name(name) => Predefined::new(name).map(Self::Predefined),
            Object::Stream(stream) if depth < MAX_DEPTH => {
                Some(Self::Embedded(Box::new(Self::load_stream(objects, stream, limit, depth)?)))
            }
            _ => None,
        }
    }

    fn load_stream(objects: &Document, stream: &Stream, limit: usize, depth: u8) -> Option<Embedded> {
        let mut cmap = parser::parse(&object::content(stream, limit)?);
        if let Ok(base) = stream.dict.get(b"UseCMap") {
            cmap.base = Self::load_nested(objects, base, limit, depth + 1).or(cmap.base.take());
        }
        if let Some(mode) = object::number(objects, &stream.dict, b"WMode") {
            cmap.vertical = Some(mode == 1.0);
        }
        Some(cmap)
    }

    /// A CMap in a byte string alone, without the objects of a document.
    #[cfg(test)]
    pub(super) fn parse(data: &[u8]) -> Self {
        Self::Embedded(Box::new(parser::parse(data)))
    }

    /// Whether text runs from top to bottom (`WMode` 1).
    pub(super) fn is_vertical(&self) -> bool {
        match self {
            Self::Predefined(predefined) => predefined.is_vertical(),
            Self::Embedded(cmap) => cmap.vertical.unwrap_or_else(|| cmap.base.as_ref().is_some_and(Self::is_vertical)),
        }
    }

    /// How strings divide into codes; two bytes each if the CMap does not say.
    pub(super) fn code_space(&self) -> CodeSpace {
        match self {
            Self::Predefined(predefined) => predefined.code_space(),
            Self::Embedded(cmap) if !cmap.code_space.is_empty() => CodeSpace::Ranges(cmap.code_space.clone()),
            Self::Embedded(cmap) => cmap.base.as_ref().map_or(CodeSpace::TwoBytes, Self::code_space),
        }
    }

    /// The character collection that its CIDs belong to, where it is one of the known ones.
    pub(super) fn collection(&self) -> Option<Collection> {
        match self {
            Self::Predefined(predefined) => predefined.collection(),
            Self::Embedded(cmap) => match (&cmap.registry, &cmap.ordering) {
                (Some(registry), Some(ordering)) => Collection::new(registry.as_bytes(), ordering.as_bytes()),
                _ => None,
            }
            .or_else(|| cmap.base.as_ref()?.collection()),
        }
    }

    /// The CID of a code of `bytes` bytes.
    pub(super) fn cid(&self, code: u32, bytes: u8) -> Option<u32> {
        match self {
            Self::Predefined(predefined) => predefined.cid(code, bytes),
            Self::Embedded(cmap) => cmap.cid(code, bytes),
        }
    }

    /// The predefined CMap that gives meaning to a code: itself, or the one that an embedded CMap builds upon and
    /// does not change for this code.
    pub(super) fn predefined_for(&self, code: u32, bytes: u8) -> Option<&Predefined> {
        match self {
            Self::Predefined(predefined) => Some(predefined),
            Self::Embedded(cmap) if cmap.own_cid(code, bytes).is_some() => None,
            Self::Embedded(cmap) => cmap.base.as_ref()?.predefined_for(code, bytes),
        }
    }

    /// The text of a code, where the CMap maps to text.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        match self {
            Self::Predefined(predefined) => predefined.text_of_ucs2(code),
            Self::Embedded(cmap) => cmap.own_text(code).or_else(|| cmap.base.as_ref().and_then(|base| base.text(code))),
        }
    }

    /// Whether it maps any code to text.
    pub(super) fn has_text(&self) -> bool {
        match self {
            Self::Predefined(predefined) => predefined.is_ucs2(),
            Self::Embedded(cmap) => !cmap.texts.is_empty() || cmap.base.as_ref().is_some_and(Self::has_text),
        }
    }
}

impl Embedded {
    fn cid(&self, code: u32, bytes: u8) -> Option<u32> {
        self.own_cid(code, bytes)
            .or_else(|| self.base.as_ref().and_then(|base| base.cid(code, bytes)))
            .or_else(|| self.notdefs.get(usize::from(bytes).checked_sub(1)?)?.get(code).map(|(cid, _)| *cid))
    }

    fn own_cid(&self, code: u32, bytes: u8) -> Option<u32> {
        let (first, offset) = self.cids.get(usize::from(bytes).checked_sub(1)?)?.get(code)?;
        first.checked_add(offset)
    }

    fn own_text(&self, code: u32) -> Option<String> {
        let (first, offset) = self.texts.get(code)?;
        first.plus(offset)
    }
}

impl Text {
    /// The text of the code that lies `offset` after the first of its range: the last character counts up.
    fn plus(&self, offset: u32) -> Option<String> {
        let up = |last: char| {
            let code = u32::from(last).checked_add(offset)?;
            // A range that runs out of the plane it began in is a fault of its producer.
            (code >> 16 == u32::from(last) >> 16).then(|| char::from_u32(code))?
        };
        match self {
            Self::Char(first) => up(*first).map(String::from),
            Self::String(first) => {
                let mut text = String::from(first.as_ref());
                let last = text.pop()?;
                text.push(up(last)?);
                Some(text)
            }
        }
    }
}

#[cfg(test)]
mod tests;
