//! Takes the bytes of a damaged file, gives a file with the same objects that can be loaded: stream lengths measured,
//! ends of objects put in, cross-reference table and trailer written anew (ISO 32000-2, 7.5).
//!
//! It trusts nothing but `N G obj` and the keywords after it, and reads every byte a bounded number of times. Which of
//! the objects matter is left to the loader.

mod scan;

use super::lexer::{Lexer, Token, is_space};
use scan::{Header, headers, outline, value_length, with_full_filter_names};
use std::collections::BTreeMap;

/// Object number of the catalog that is made up where none can be seen.
const MADE_UP: u32 = 8_388_600;
/// Reference to the encryption dictionary that stood in the trailer itself.
const LIFTED: &[u8] = b"8388602 0 R";
/// Trailer entries that are kept.
const KEPT: [&[u8]; 4] = [b"Root", b"Encrypt", b"ID", b"Info"];

/// Entries for the new trailer, as written in the old ones.
type Trailer<'a> = BTreeMap<&'static [u8], &'a [u8]>;

/// The file written anew, or `None` if it has no objects.
pub(super) fn rebuild(bytes: &[u8]) -> Option<Vec<u8>> {
    let headers = headers(bytes);
    if headers.is_empty() {
        return None;
    }
    let mut copy =
        Copy { bytes, out: b"%PDF-1.7\n".to_vec(), places: BTreeMap::new(), trailer: Trailer::new(), no_end: false };
    let mut resume = 0;
    for (index, header) in headers.iter().enumerate() {
        if header.start >= resume {
            let next = headers.get(index + 1).map_or(bytes.len(), |next| next.start);
            resume = copy.object(header, next);
        }
    }
    copy.trailers();
    Some(copy.finish())
}

struct Copy<'a> {
    bytes: &'a [u8],
    out: Vec<u8>,
    /// Object number to generation and offset in `out`; a later object of the same number replaces an earlier one.
    places: BTreeMap<u32, (u32, usize)>,
    trailer: Trailer<'a>,
    /// No `endstream` follows any more.
    no_end: bool,
}

impl<'a> Copy<'a> {
    fn slice(&self, from: usize, to: usize) -> &'a [u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// Copies an object that ends before `next`, and gives the offset after it.
    fn object(&mut self, header: &Header, next: usize) -> usize {
        let outline = outline(self.slice(header.body, next));
        let end = header.body + outline.end;
        self.places.insert(header.number, (header.generation, self.out.len()));
        self.out.extend_from_slice(format!("{} {} obj\n", header.number, header.generation).as_bytes());
        let body = self.slice(header.body, end);
        if outline.cross_reference {
            self.keep_trailer_entries(body);
        }
        let resume = match outline.data {
            Some(data) => self.stream(body, header.body + data, outline.length),
            None => {
                self.out.extend_from_slice(body);
                end
            }
        };
        self.out.extend_from_slice(b"\nendobj\n");
        if outline.catalog && !self.trailer.contains_key(b"Root".as_slice()) {
            self.trailer.insert(b"Root", self.slice(header.start, header.body - 3));
        }
        resume
    }

    /// Copies a stream whose data begins at `data`, with its true length as the last entry of its dictionary.
    fn stream(&mut self, dictionary: &[u8], data: usize, length: Option<usize>) -> usize {
        let stated = length.and_then(|length| data.checked_add(length)).filter(|&end| self.ends_stream(end));
        let end = stated.unwrap_or_else(|| self.find_end(data));
        let closing = dictionary.windows(2).rposition(|pair| pair == b">>").unwrap_or(dictionary.len());
        self.out.extend(with_full_filter_names(dictionary.get(..closing).unwrap_or_default()));
        self.out.extend_from_slice(format!("\n/Length {} >>\nstream\n", end - data).as_bytes());
        self.out.extend_from_slice(self.slice(data, end));
        self.out.extend_from_slice(b"\nendstream");
        end
    }

    fn ends_stream(&self, end: usize) -> bool {
        let rest = self.bytes.get(end..).unwrap_or_default();
        let space = rest.iter().take(4).take_while(|&&byte| is_space(byte)).count();
        rest.get(space..).is_some_and(|rest| rest.starts_with(b"endstream"))
    }

    /// Where data without a usable length ends: before the next `endstream`, else at the end of the file.
    fn find_end(&mut self, data: usize) -> usize {
        let rest = self.bytes.get(data..).unwrap_or_default();
        let found = if self.no_end { None } else { rest.windows(9).position(|word| word == b"endstream") };
        self.no_end = found.is_none();
        let Some(length) = found else { return self.bytes.len().max(data) };
        match self.slice(data, data + length) {
            [.., b'\r', b'\n'] => data + length - 2,
            [.., b'\n' | b'\r'] => data + length - 1,
            _ => data + length,
        }
    }

    /// Takes the entries of all trailers; the last one that names a catalog counts.
    fn trailers(&mut self) {
        let mut ends: Vec<usize> = Vec::new();
        for (at, word) in self.bytes.windows(7).enumerate() {
            if word == b"trailer" {
                ends.push(at + 7);
            }
        }
        for (index, &start) in ends.iter().enumerate() {
            let end = ends.get(index + 1).copied().unwrap_or(self.bytes.len()).min(start + 4096);
            self.keep_trailer_entries(self.slice(start, end));
        }
    }

    fn keep_trailer_entries(&mut self, dictionary: &'a [u8]) {
        let mut lexer = Lexer::new(dictionary);
        let mut entries = Trailer::new();
        let mut depth = 0_usize;
        while let Some(token) = lexer.next() {
            match token {
                Token::DictionaryStart => depth += 1,
                Token::DictionaryEnd if depth <= 1 => break,
                Token::DictionaryEnd => depth -= 1,
                Token::Name(name) if depth == 1 => {
                    if let Some(key) = KEPT.into_iter().find(|key| *key == name) {
                        let start = lexer.offset();
                        let value =
                            dictionary.get(start..start + value_length(dictionary.get(start..).unwrap_or_default()));
                        entries.insert(key, value.unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
        if entries.contains_key(b"Root".as_slice()) {
            self.trailer.extend(entries);
        }
    }

    /// Makes the trailer's encryption entries what loaders expect: a dictionary of its own, and an identifier.
    fn settle_encryption(&mut self) {
        let Some(encrypt) = self.trailer.get(b"Encrypt".as_slice()).copied() else { return };
        self.trailer.entry(b"ID").or_insert(b"[<><>]");
        if encrypt.trim_ascii_start().starts_with(b"<<") {
            let number = MADE_UP + 2;
            self.places.insert(number, (0, self.out.len()));
            self.out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            self.out.extend_from_slice(encrypt);
            self.out.extend_from_slice(b"\nendobj\n");
            self.trailer.insert(b"Encrypt", LIFTED);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.settle_encryption();
        if !self.trailer.contains_key(b"Root".as_slice()) {
            self.places.insert(MADE_UP, (0, self.out.len()));
            let pages = MADE_UP + 1;
            self.out.extend_from_slice(
                format!("{MADE_UP} 0 obj\n<< /Type /Catalog /Pages {pages} 0 R >>\nendobj\n").as_bytes(),
            );
            self.places.insert(pages, (0, self.out.len()));
            self.out
                .extend_from_slice(format!("{pages} 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n").as_bytes());
        }
        let start = self.out.len();
        self.out.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, (generation, offset)) in &self.places {
            self.out.extend_from_slice(format!("{number} 1\n{offset:010} {generation:05} n \n").as_bytes());
        }
        let size = self.places.keys().next_back().map_or(1, |last| last + 1);
        self.out.extend_from_slice(format!("trailer\n<< /Size {size}").as_bytes());
        if !self.trailer.contains_key(b"Root".as_slice()) {
            self.out.extend_from_slice(format!(" /Root {MADE_UP} 0 R").as_bytes());
        }
        for (key, value) in &self.trailer {
            self.out.extend_from_slice(b" /");
            self.out.extend_from_slice(key);
            self.out.push(b' ');
            self.out.extend_from_slice(value);
            if *key == b"Root" && !value.contains(&b'R') && !value.contains(&b'<') {
                self.out.extend_from_slice(b" R");
            }
        }
        self.out.extend_from_slice(format!(" >>\nstartxref\n{start}\n%%EOF\n").as_bytes());
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(damaged: &[u8], content: &[u8]) {
        let rebuilt = rebuild(damaged).unwrap();
        let document = lopdf::Document::load_mem(&rebuilt).unwrap();
        let stream = document.get_object((4, 0)).unwrap().as_stream().unwrap();
        assert_eq!(stream.content, content, "{}", String::from_utf8_lossy(&rebuilt));
    }

    #[test]
    fn lengths_that_are_missing_wrong_or_right() {
        case(b"1 0 obj<</Type/Catalog>>endobj 4 0 obj<< >>stream\nabc\nendstream endobj", b"abc");
        case(b"4 0 obj<</Length 1>>\nstream\r\nabc\r\nendstream\n", b"abc");
        case(b"4 0 obj<</Length 16>>stream\nab endstream cd \nendstream endobj", b"ab endstream cd ");
        case(b"4 0 obj<</Length 9 0 R>>stream\nabc\nendstream 9 0 obj 7 endobj trailer<</Root 1 0 R>>", b"abc");
    }

    #[test]
    fn a_file_that_is_cut_in_a_stream_keeps_what_there_is() {
        case(b"4 0 obj<</Length 99>>stream\nabc", b"abc");
    }

    #[test]
    fn an_encryption_dictionary_in_the_trailer_becomes_an_object() {
        let rebuilt = rebuild(b"1 0 obj<<>>endobj trailer<</Root 1 0 R/Encrypt<</V 1>>>>").unwrap();
        let text = String::from_utf8(rebuilt).unwrap();
        assert!(
            text.contains("/Encrypt 8388602 0 R /ID [<><>] /Root") && text.contains("8388602 0 obj\n<</V 1>>"),
            "{text}"
        );
        assert_eq!(LIFTED, format!("{} 0 R", MADE_UP + 2).as_bytes());
    }

    #[test]
    fn nothing_to_rebuild() {
        assert_eq!(rebuild(b"no objects here, endobj"), None);
    }

    #[test]
    fn abbreviated_filters_are_spelled_out() {
        let spelled = |dictionary: &[u8]| String::from_utf8(with_full_filter_names(dictionary)).unwrap();
        assert_eq!(spelled(b"<</Filter /Fl /N 5"), "<</Filter /FlateDecode /N 5");
        assert_eq!(spelled(b"<</Filter[/AHx/Fl]/N 5"), "<</Filter[/ASCIIHexDecode/FlateDecode]/N 5");
        assert_eq!(spelled(b"<</Filter/FlateDecode/A/Fl"), "<</Filter/FlateDecode/A/Fl");
        assert_eq!(spelled(b"<</Filter 9 0 R/A/Fl"), "<</Filter 9 0 R/A/Fl");
    }
}
