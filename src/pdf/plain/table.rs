//! Takes the bytes of a file, gives where its cross-reference data says that each object is (ISO 32000-2, 7.5.4 and
//! 7.5.8), where one table or one stream tells all of it. Files that were updated or are two in one are left.

use super::object::Reader;
use crate::pdf::inflate;
use lopdf::{Dictionary, Object};

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At this offset of the file.
    At(usize),
    /// In the object stream of this number.
    In(u32),
}

/// Where the objects of a file are, by their numbers, which ascend.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<(u32, Place)>);

/// The objects of a file, and its trailer.
pub(super) struct Table {
    pub(super) places: Places,
    pub(super) trailer: Dictionary,
}

/// How far before the end of the file the offset of the table stands, in bytes.
const TAIL: usize = 1024;
/// Bytes of an entry of the table, and where in it the generation and the kind stand.
const ENTRY: usize = 20;
const GENERATION: usize = 11;
const KIND: usize = 17;
/// Widest field of an entry of a stream, in bytes.
const WIDEST: usize = 4;

impl Places {
    /// Nothing if an object is at two places.
    fn new(mut places: Vec<(u32, Place)>) -> Option<Self> {
        places.sort_by_key(|(number, _)| *number);
        places.is_sorted_by(|(one, _), (next, _)| one < next).then_some(Self(places))
    }

    pub(super) fn get(&self, number: u32) -> Option<Place> {
        let index = self.0.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.0.get(index).map(|(_, place)| *place)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Place)> {
        self.0.iter().copied()
    }
}

impl Table {
    /// Reads the data that the end of the file points at; no stream is inflated beyond `limit` bytes.
    pub(super) fn read(bytes: &[u8], limit: usize) -> Option<Self> {
        let start = start(bytes)?;
        let mut reader = Reader::new(bytes, start);
        let table =
            if reader.accept(b"xref").is_some() { Self::written(reader)? } else { Self::stream(reader, limit)? };
        let unusual: [&[u8]; 3] = [b"Prev", b"XRefStm", b"Encrypt"];
        let sized = matches!(table.trailer.get(b"Size"), Ok(Object::Integer(size)) if *size > 0);
        (sized && !unusual.iter().any(|key| table.trailer.has(key))).then_some(table)
    }

    fn written(mut reader: Reader<'_>) -> Option<Self> {
        let mut places = Vec::new();
        reader.space();
        while reader.accept(b"trailer").is_none() {
            let first = u32::try_from(reader.unsigned()?).ok()?;
            reader.accept(b" ")?;
            let count = usize::try_from(reader.unsigned()?).ok()?;
            reader.space();
            let section = reader.take(count.checked_mul(ENTRY)?)?;
            for (number, entry) in (first..=u32::MAX).zip(section.chunks_exact(ENTRY)) {
                let offset = usize::try_from(Reader::new(entry, 0).unsigned()?).ok()?;
                let plain = entry[10] == b' ' && entry[KIND - 1] == b' ' && entry[KIND + 1..].trim_ascii().is_empty();
                let first_generation = entry[GENERATION..KIND - 1] == *b"00000";
                match entry[KIND] {
                    b'n' if plain && first_generation && offset > 0 => places.push((number, Place::At(offset))),
                    b'f' if plain => {}
                    _ => return None,
                }
            }
            reader.space();
        }
        reader.space();
        match reader.object()? {
            Object::Dictionary(trailer) => Some(Self { places: Places::new(places)?, trailer }),
            _ => None,
        }
    }

    fn stream(reader: Reader<'_>, limit: usize) -> Option<Self> {
        let (_, Object::Stream(stream)) = super::indirect(reader, &Places::default())? else { return None };
        if !stream.dict.has_type(b"XRef") {
            return None;
        }
        let integer = |object: &Object| usize::try_from(object.as_i64().ok()?).ok();
        let integers = |key: &[u8]| match stream.dict.get(key) {
            Ok(Object::Array(items)) => items.iter().map(integer).collect::<Option<Vec<usize>>>(),
            _ => None,
        };
        let widths: [usize; 3] = integers(b"W")?.try_into().ok()?;
        let whole = || Some(vec![0, stream.dict.get(b"Size").ok().and_then(integer)?]);
        let sections = if stream.dict.has(b"Index") { integers(b"Index")? } else { whole()? };
        let entry: usize = widths.iter().sum();
        if widths.iter().any(|width| *width > WIDEST) || widths[1] == 0 || entry < 3 {
            return None;
        }
        let content = inflate::content(&stream, limit)?;
        let mut entries = content.chunks_exact(entry);
        let mut places = Vec::new();
        for section in sections.chunks(2) {
            let [first, count] = *section else { return None };
            for number in first..first.checked_add(count)? {
                let [kind, place, extra] = fields(entries.next()?, widths);
                // A kind that is left out is that of objects at an offset.
                let kind = if widths[0] == 0 { 1 } else { kind };
                let place = match kind {
                    0 => continue,
                    1 if extra == 0 && place > 0 => Place::At(usize::try_from(place).ok()?),
                    2 => Place::In(place),
                    _ => return None,
                };
                places.push((u32::try_from(number).ok()?, place));
            }
        }
        Some(Self { places: Places::new(places)?, trailer: stream.dict })
    }
}

/// Where the cross-reference data begins.
fn start(bytes: &[u8]) -> Option<usize> {
    const KEYWORD: &[u8] = b"startxref";
    let tail = bytes.len().saturating_sub(TAIL);
    let last = bytes.get(tail..)?.windows(KEYWORD.len()).rposition(|window| window == KEYWORD)?;
    let mut reader = Reader::new(bytes, tail + last + KEYWORD.len());
    reader.space();
    let start = usize::try_from(reader.unsigned()?).ok()?;
    reader.space();
    reader.accept(b"%%EOF")?;
    reader.space();
    reader.rest().is_empty().then_some(start)
}

/// The three numbers of an entry.
fn fields(entry: &[u8], widths: [usize; 3]) -> [u32; 3] {
    let mut rest = entry.iter();
    widths.map(|width| rest.by_ref().take(width).fold(0, |value, byte| value << 8 | u32::from(*byte)))
}
