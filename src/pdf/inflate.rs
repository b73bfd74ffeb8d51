//! Inflates the kinds of stream that nearly all files have, deflated and at most written in ASCII after that, at one go.
//! Every other kind, and what is damaged, is left to lopdf, which reads as far as it can.

use super::object::{array, name};
use flate2::{Decompress, FlushDecompress, Status};
use lopdf::Stream;
use std::borrow::Cow;
use std::cell::RefCell;

/// How many times its deflated size room is made for; content streams take three to six.
const USUAL_RATIO: usize = 5;
/// No stream inflates to more than this many times its size (RFC 1951, 3.2.5).
const HIGHEST_RATIO: usize = 1032;
/// Least room that is added, in bytes.
const LEAST_ROOM: usize = 4096;

thread_local! {
    /// Its window and tables are larger than most streams: one for each thread.
    static INFLATER: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// The decoded bytes of a stream, `None` if they exceed `limit` or a filter fails outright.
pub(super) fn content(stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    inflated(stream, limit).or_else(|| stream.get_plain_content_with_limit(limit).ok())
}

/// The bytes of a stream that is deflated, if they are sound and at most `limit`.
pub(super) fn inflated(stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    let deflated = deflated(stream)?;
    INFLATER.with_borrow_mut(|inflater| inflate(inflater, &deflated, limit))
}

/// The first bytes of such a stream, as many as it has up to `length`.
pub(super) fn beginning(stream: &Stream, length: usize) -> Option<Vec<u8>> {
    let deflated = deflated(stream)?;
    INFLATER.with_borrow_mut(|inflater| {
        inflater.reset(true);
        let mut bytes = Vec::with_capacity(length.min(deflated.len().saturating_mul(HIGHEST_RATIO)));
        inflater.decompress_vec(&deflated, &mut bytes, FlushDecompress::None).ok()?;
        bytes.truncate(length);
        Some(bytes)
    })
}

/// What is to be inflated, if the stream is deflated and nothing else than written in ASCII after that.
fn deflated(stream: &Stream) -> Option<Cow<'_, [u8]>> {
    let filter = stream.dict.get(b"Filter").ok()?;
    let filters = array(filter).unwrap_or(std::slice::from_ref(filter));
    if stream.dict.has(b"DecodeParms") || stream.dict.has(b"DP") {
        return None;
    }
    match filters {
        [only] if name(only) == Some(b"FlateDecode") => Some(Cow::Borrowed(&stream.content)),
        [first, second] if name(first) == Some(b"ASCII85Decode") && name(second) == Some(b"FlateDecode") => {
            Some(Cow::Owned(ascii85(&stream.content)?))
        }
        _ => None,
    }
}

/// What is written in groups of five characters for four bytes (ISO 32000-2, 7.4.3), if nothing is odd about it.
fn ascii85(characters: &[u8]) -> Option<Vec<u8>> {
    let characters = characters.strip_suffix(b"~>")?;
    let mut bytes = Vec::with_capacity(characters.len() / 5 * 4 + 4);
    let add = |value: u32, digit: u8| value.checked_mul(85)?.checked_add(u32::from(digit));
    let (mut value, mut count) = (0_u32, 0);
    for &character in characters {
        let digit = character.wrapping_sub(b'!');
        if digit >= 85 {
            if character.is_ascii_whitespace() {
                continue;
            }
            return None;
        }
        value = add(value, digit)?;
        count += 1;
        if count == 5 {
            bytes.extend_from_slice(&value.to_be_bytes());
            (value, count) = (0, 0);
        }
    }
    if count > 0 {
        let value = (count..5).try_fold(value, |value, _| add(value, 84))?;
        bytes.extend_from_slice(value.to_be_bytes().get(..count - 1)?);
    }
    Some(bytes)
}

fn inflate(inflater: &mut Decompress, deflated: &[u8], limit: usize) -> Option<Vec<u8>> {
    inflater.reset(true);
    let room = deflated.len().saturating_mul(USUAL_RATIO).max(LEAST_ROOM);
    let mut bytes = Vec::with_capacity(room.min(limit.saturating_add(1)));
    while bytes.len() <= limit {
        let rest = deflated.get(usize::try_from(inflater.total_in()).ok()?..)?;
        if inflater.decompress_vec(rest, &mut bytes, FlushDecompress::None).ok()? == Status::StreamEnd {
            return (bytes.len() <= limit).then_some(bytes);
        }
        if bytes.len() < bytes.capacity() {
            // There is room, but no more input.
            return None;
        }
        bytes.reserve(bytes.len().max(LEAST_ROOM));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{beginning, inflated};
    use flate2::{Compression, write::ZlibEncoder};
    use lopdf::{Dictionary, Object, Stream};
    use std::io::Write;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn stream(content: Vec<u8>, entries: &[(&str, Object)]) -> Stream {
        Stream::new(entries.iter().map(|(key, value)| (*key, value.clone())).collect::<Dictionary>(), content)
    }

    fn flate() -> (&'static str, Object) {
        ("Filter", "FlateDecode".into())
    }

    #[test]
    fn a_deflated_stream_is_inflated_whatever_its_ratio() {
        let bytes = vec![7; 300_000];
        assert_eq!(inflated(&stream(deflated(&bytes), &[flate()]), 300_000).unwrap(), bytes);
        let listed = ("Filter", Object::Array(vec!["FlateDecode".into()]));
        assert_eq!(inflated(&stream(deflated(b"q Q"), &[listed]), 10).unwrap(), b"q Q");
    }

    /// Bytes, as many as a multiple of four, in groups of five characters.
    fn written(bytes: &[u8]) -> Vec<u8> {
        let (groups, _) = bytes.as_chunks::<4>();
        let digits = |group: &[u8; 4]| {
            let value = u32::from_be_bytes(*group);
            [4, 3, 2, 1, 0].map(|place| b'!' + (value / 85_u32.pow(place) % 85) as u8)
        };
        [&groups.iter().flat_map(digits).collect::<Vec<u8>>()[..], b"~>"].concat()
    }

    #[test]
    fn what_is_written_in_ascii_is_inflated_as_the_loader_does() {
        let in_ascii = |content: &[u8]| {
            let filters = Object::Array(vec!["ASCII85Decode".into(), "FlateDecode".into()]);
            stream(content.to_vec(), &[("Filter", filters)])
        };
        assert_eq!(super::ascii85(b"9jqo^BlbD-BleB1DJ+*+F(f,q/0~>").unwrap(), b"Man is distinguished,");
        let mut whole = deflated(b"BT (A) Tj ET");
        whole.resize(whole.len().next_multiple_of(4), 0);
        let sound = written(&whole);
        assert_eq!(inflated(&in_ascii(&sound), 1000).unwrap(), b"BT (A) Tj ET");
        for odd in [&sound[..sound.len() - 2], b"", b"~>", b"zz~>", b"9jq\x7fo~>", b"uuuuu~>"] {
            let stream = in_ascii(odd);
            let loaded = stream.get_plain_content_with_limit(1000).ok();
            assert!(inflated(&stream, 1000).is_none_or(|bytes| Some(bytes) == loaded), "{odd:?}");
        }
    }

    #[test]
    fn a_beginning_is_as_long_as_wanted_or_as_the_stream_is() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|index| (index % 251) as u8).collect();
        let whole = stream(deflated(&bytes), &[flate()]);
        for length in [1, 1024, 70_000, 100_000] {
            assert_eq!(beginning(&whole, length).unwrap(), bytes[..length]);
        }
        assert_eq!(beginning(&whole, 200_000).unwrap(), bytes);
        assert_eq!(beginning(&stream(bytes, &[flate()]), 10), None);
    }

    #[track_caller]
    fn left(content: Vec<u8>, limit: usize, entries: &[(&str, Object)]) {
        assert_eq!(inflated(&stream(content, entries), limit), None);
    }

    #[test]
    fn everything_else_is_left_to_the_loader() {
        let bytes: Vec<u8> = (0..200_u8).collect();
        let whole = deflated(&bytes);
        left(whole.clone(), 199, &[flate()]);
        left(deflated(&vec![0; 1 << 20]), 1000, &[flate()]);
        left(whole[..whole.len() / 2].to_vec(), 1000, &[flate()]);
        left(bytes, 1000, &[flate()]);
        left(whole.clone(), 1000, &[flate(), ("DecodeParms", Dictionary::new().into())]);
        left(whole.clone(), 1000, &[("Filter", "LZWDecode".into())]);
        left(whole, 1000, &[]);
    }
}
