//! Decoding streams within bounds: no stream and no document inflates to more than its limit.

use super::inflate;
use super::object::{array, dictionary, get, name, resolve};
use lopdf::{Document, Object, Stream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What decoding may still produce; shared by all pages of a document.
#[derive(Debug)]
pub(super) struct Budget {
    /// Most bytes that one stream may decode to.
    per_stream: usize,
    /// Bytes that all streams together may still decode to.
    bytes_left: AtomicUsize,
    /// Glyphs, rulings and the like that all pages together may still hold.
    marks_left: AtomicUsize,
    /// Operators and glyphs that may still be run.
    operations_left: AtomicUsize,
    /// Whether one of the limits was reached.
    exceeded: AtomicBool,
}

/// Why a stream gave no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undecoded {
    /// It or all streams together would decode to more than the limit.
    TooLarge,
    /// Its filter is for images, unknown, or cannot make sense of the data.
    Filter,
}

/// How many times the memory limit a document may inflate to in total: pages are dropped, not kept.
const TOTAL_PER_MEMORY: usize = 2;
/// Which part of the memory one stream may take, its decoded form and what is made of it.
const STREAMS_IN_MEMORY: usize = 16;
/// Bytes that a glyph takes through all stages.
const BYTES_PER_MARK: usize = 160;

/// Operators and glyphs that all pages together may have: seconds of work, and the text of ten thousand full pages.
const MOST_OPERATIONS: usize = 30_000_000;

impl Budget {
    pub(super) fn new(memory: usize) -> Self {
        Self {
            operations_left: AtomicUsize::new(MOST_OPERATIONS),
            per_stream: memory / STREAMS_IN_MEMORY,
            bytes_left: AtomicUsize::new(memory.saturating_mul(TOTAL_PER_MEMORY)),
            marks_left: AtomicUsize::new(memory / BYTES_PER_MARK),
            exceeded: AtomicBool::new(false),
        }
    }

    pub(super) fn per_stream(&self) -> usize {
        self.per_stream
    }

    /// Whether any limit was reached so far.
    pub(super) fn is_exceeded(&self) -> bool {
        self.exceeded.load(Ordering::Relaxed)
    }

    /// Says that a limit was reached that somebody else keeps.
    pub(super) fn exceed(&self) {
        self.exceeded.store(true, Ordering::Relaxed);
    }

    /// Whether there is room for `count` glyphs or rulings.
    pub(super) fn has_room(&self, count: usize) -> bool {
        self.marks_left.load(Ordering::Relaxed) >= count
    }

    /// Takes room for `count` glyphs or rulings for good.
    pub(super) fn take_marks(&self, count: usize) {
        self.take(&self.marks_left, count);
    }

    /// Takes `count` operations; false when there are no more.
    pub(super) fn take_operations(&self, count: usize) -> bool {
        self.take(&self.operations_left, count)
    }

    fn take(&self, left: &AtomicUsize, count: usize) -> bool {
        let taken = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(count)).is_ok();
        if !taken {
            self.exceed();
        }
        taken
    }
}

/// The decoded bytes of a stream.
pub(super) fn decode(objects: &Document, stream: &Stream, budget: &Budget) -> Result<Vec<u8>, Undecoded> {
    let limit = budget.per_stream.min(budget.bytes_left.load(Ordering::Relaxed));
    let bytes = match inflate::inflated(stream, limit) {
        Some(bytes) => bytes,
        None => filtered(objects, stream, limit).inspect_err(|undecoded| {
            if *undecoded == Undecoded::TooLarge {
                budget.exceed();
            }
        })?,
    };
    if budget.take(&budget.bytes_left, bytes.len()) { Ok(bytes) } else { Err(Undecoded::TooLarge) }
}

/// The stream decoded by whatever filters it names.
fn filtered(objects: &Document, stream: &Stream, limit: usize) -> Result<Vec<u8>, Undecoded> {
    let decoded = match plain_dictionary(objects, stream) {
        None => stream.get_plain_content_with_limit(limit),
        Some(plain) => plain.get_plain_content_with_limit(limit),
    };
    decoded.map_err(|error| match error {
        lopdf::Error::Decompress(
            lopdf::DecompressError::MemoryLimitExceeded { .. } | lopdf::DecompressError::TooManyFilters { .. },
        ) => Undecoded::TooLarge,
        _ => Undecoded::Filter,
    })
}

/// The stream with its filters and their parameters spelled out, where lopdf would not see them: behind references,
/// abbreviated as in inline images, or with a `Crypt` filter that has been dealt with on loading.
fn plain_dictionary(objects: &Document, stream: &Stream) -> Option<Stream> {
    let written = stream.dict.get(b"Filter").or_else(|_| stream.dict.get(b"F")).ok()?;
    let parameters = stream.dict.get(b"DecodeParms").or_else(|_| stream.dict.get(b"DP")).ok();
    if is_plain(written, parameters) && stream.dict.has(b"Filter") {
        return None;
    }
    let written = resolve(objects, written)?;
    let names: Vec<&[u8]> = match written {
        Object::Name(name) => vec![name],
        _ => array(written)?.iter().filter_map(|item| resolve(objects, item).and_then(name)).collect(),
    };
    let parameters = parameters.and_then(|object| resolve(objects, object));
    let mut filters = Vec::new();
    let mut spelled = Vec::new();
    for (index, filter) in names.into_iter().enumerate() {
        if filter == b"Crypt" {
            continue;
        }
        filters.push(Object::Name(full_filter_name(filter).to_vec()));
        let own = match parameters {
            Some(Object::Array(items)) => items.get(index).and_then(|item| resolve(objects, item)),
            other => other,
        };
        spelled.push(own.and_then(dictionary).map_or(Object::Null, |dict| {
            let mut direct = lopdf::Dictionary::new();
            for (key, _) in dict {
                if let Some(value) = get(objects, dict, key) {
                    direct.set(key.clone(), value.clone());
                }
            }
            Object::Dictionary(direct)
        }));
    }
    let mut plain = Stream::new(lopdf::Dictionary::new(), stream.content.clone());
    plain.dict.set("Filter", Object::Array(filters));
    plain.dict.set("DecodeParms", Object::Array(spelled));
    Some(plain)
}

fn is_plain(filter: &Object, parameters: Option<&Object>) -> bool {
    let plain_name = |object: &Object| name(object).is_some_and(|name| name.len() > 3 && name != b"Crypt");
    let filter_is_plain = plain_name(filter) || array(filter).is_some_and(|items| items.iter().all(plain_name));
    let plain_values = |object: &Object| {
        dictionary(object).is_some_and(|dict| dict.iter().all(|(_, value)| !matches!(value, Object::Reference(_))))
            || matches!(object, Object::Null)
    };
    let parameters_are_plain = parameters
        .is_none_or(|object| plain_values(object) || array(object).is_some_and(|p| p.iter().all(plain_values)));
    filter_is_plain && parameters_are_plain
}

/// The full names of abbreviated filters (ISO 32000-2, table 92).
pub(super) fn full_filter_name(name: &[u8]) -> &[u8] {
    match name {
        b"AHx" => b"ASCIIHexDecode",
        b"A85" => b"ASCII85Decode",
        b"LZW" => b"LZWDecode",
        b"Fl" => b"FlateDecode",
        b"RL" => b"RunLengthDecode",
        b"CCF" => b"CCITTFaxDecode",
        b"DCT" => b"DCTDecode",
        other => other,
    }
}
