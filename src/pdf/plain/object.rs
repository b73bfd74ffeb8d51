//! Takes the bytes of a file or of an object stream, gives the objects written in them (ISO 32000-2, 7.3), as the loader
//! would. It gives up on whatever is not plainly one: what a defect means is for the loader to say.

use crate::pdf::lexer::{hexadecimal_digit, is_regular, is_space, read_hexadecimal, unescape};
use lopdf::{Dictionary, Object, ObjectId, StringFormat};

/// How deep objects may nest.
const DEEPEST: usize = 32;
/// How deep parentheses of a string may nest.
const MOST_PARENTHESES: usize = 32;
/// Digits of the longest integer that is read.
const MOST_DIGITS: usize = 18;

/// Reads objects from some place of the bytes on.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// A reader of the same bytes from `at` on.
    pub(super) fn to(&self, at: usize) -> Self {
        Self { at, ..*self }
    }

    /// Offset of the next byte to be read.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Passes over white space; a comment is none.
    pub(super) fn space(&mut self) {
        while self.byte().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Passes over `word` if it is next.
    pub(super) fn accept(&mut self, word: &[u8]) -> Option<()> {
        self.rest().starts_with(word).then(|| self.at += word.len())
    }

    /// The next `count` bytes, if there are so many.
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.rest().get(..count)?;
        self.at += count;
        Some(taken)
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The number that is next, of digits only.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let (start, mut value) = (self.at, 0_u64);
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        (1..=MOST_DIGITS).contains(&(self.at - start)).then_some(value)
    }

    /// The head of an indirect object.
    pub(super) fn head(&mut self) -> Option<ObjectId> {
        let number = u32::try_from(self.unsigned()?).ok()?;
        self.blank()?;
        let generation = u16::try_from(self.unsigned()?).ok()?;
        self.blank()?;
        self.accept(b"obj")?;
        self.space();
        Some((number, generation))
    }

    fn blank(&mut self) -> Option<()> {
        let before = self.at;
        self.space();
        (self.at > before).then_some(())
    }

    /// The object that is next.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        if depth > DEEPEST {
            return None;
        }
        match self.byte()? {
            b'/' => Some(Object::Name(self.name()?)),
            b'(' => self.literal(),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => Some(Object::Dictionary(self.dictionary(depth)?)),
            b'<' => self.hexadecimal(),
            b'[' => self.array(depth),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            _ => self.constant(),
        }
    }

    /// The regular bytes that are next.
    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.byte().is_some_and(is_regular) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn constant(&mut self) -> Option<Object> {
        match self.word() {
            b"true" => Some(Object::Boolean(true)),
            b"false" => Some(Object::Boolean(false)),
            b"null" => Some(Object::Null),
            _ => None,
        }
    }

    /// The name that is next. A `#` without two digits after it ends it for some and not for others.
    fn name(&mut self) -> Option<Vec<u8>> {
        self.accept(b"/")?;
        let word = self.word();
        if !word.contains(&b'#') {
            return Some(word.to_vec()).filter(|name| !name.is_empty());
        }
        let mut name = Vec::with_capacity(word.len());
        let mut rest = word.iter();
        while let Some(&byte) = rest.next() {
            name.push(match byte {
                b'#' => hexadecimal_digit(*rest.next()?)? << 4 | hexadecimal_digit(*rest.next()?)?,
                plain => plain,
            });
        }
        Some(name)
    }

    /// A number, or a reference if two more words make it one.
    fn number(&mut self) -> Option<Object> {
        let start = self.at;
        if let Some(value) = self.unsigned()
            && !self.byte().is_some_and(is_regular)
        {
            let integer = || i64::try_from(value).ok().map(Object::Integer);
            return self.reference(value).or_else(integer);
        }
        self.at = start;
        let word = str::from_utf8(self.word()).ok()?;
        let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
        let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + part.len() == 0 || !digits(whole) || !digits(part) {
            return None;
        }
        if unsigned.contains('.') {
            return word.parse().ok().map(Object::Real);
        }
        word.parse().ok().filter(|_| word.len() <= MOST_DIGITS).map(Object::Integer)
    }

    fn reference(&mut self, number: u64) -> Option<Object> {
        let mut ahead = self.clone();
        ahead.blank()?;
        let generation = u16::try_from(ahead.unsigned()?).ok()?;
        ahead.blank()?;
        ahead.accept(b"R").filter(|()| !ahead.byte().is_some_and(is_regular))?;
        self.at = ahead.at;
        Some(Object::Reference((u32::try_from(number).ok()?, generation)))
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        self.accept(b"[")?;
        let mut items = Vec::new();
        loop {
            self.space();
            if self.accept(b"]").is_some() {
                return Some(Object::Array(items));
            }
            items.push(self.nested(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Dictionary> {
        self.accept(b"<<")?;
        let mut dict = Dictionary::new();
        loop {
            self.space();
            if self.accept(b">>").is_some() {
                return Some(dict);
            }
            let key = self.name()?;
            self.space();
            dict.set(key, self.nested(depth + 1)?);
        }
    }

    fn hexadecimal(&mut self) -> Option<Object> {
        self.accept(b"<")?;
        let rest = self.rest();
        let raw = rest.get(..rest.iter().position(|byte| *byte == b'>')?)?;
        if !raw.iter().all(|byte| is_space(*byte) || hexadecimal_digit(*byte).is_some()) {
            return None;
        }
        self.at += raw.len() + 1;
        let mut string = Vec::with_capacity(raw.len().div_ceil(2));
        read_hexadecimal(raw, &mut string);
        Some(Object::String(string, StringFormat::Hexadecimal))
    }

    fn literal(&mut self) -> Option<Object> {
        self.accept(b"(")?;
        let (mut depth, mut rest) = (0, self.rest().iter());
        loop {
            match rest.next()? {
                b'\\' => _ = rest.next()?,
                b'(' if depth == MOST_PARENTHESES => return None,
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                _ => {}
            }
        }
        let raw = self.rest().split_at(self.rest().len() - rest.len() - 1).0;
        self.at += raw.len() + 1;
        let mut string = Vec::with_capacity(raw.len());
        unescape(raw, &mut string);
        Some(Object::String(string, StringFormat::Literal))
    }
}

#[cfg(test)]
mod tests {
    use super::Reader;
    use lopdf::{Document, Object};

    /// The object as the loader reads it in a file of its own.
    fn loaded(text: &str) -> Object {
        let head = "%PDF-1.4\n1 0 obj\n";
        let body = format!("{head}{text}\nendobj\n2 0 obj<</Type/Catalog>>endobj\n");
        let table = format!(
            "xref\n0 3\n0000000000 65535 f \n{:010} 00000 n \n{:010} 00000 n \n",
            head.len() - 8,
            head.len() + text.len() + 8
        );
        let end = format!("trailer\n<</Size 3/Root 2 0 R>>\nstartxref\n{}\n%%EOF\n", body.len());
        Document::load_mem((body + &table + &end).as_bytes()).unwrap().objects.remove(&(1, 0)).unwrap()
    }

    #[test]
    fn objects_are_what_the_loader_reads() {
        for text in [
            "null",
            "true",
            "[false true null]",
            "17",
            "-17",
            "+3",
            "3.25",
            "-.5",
            "4.",
            ".00048828125",
            "[1 2 3 0 R 4]",
            "[1 0 R 2 0 R]",
            "[1 0 2 0 R]",
            "/Name",
            "/A#20B#2f",
            "/\u{8fdb}",
            "(plain)",
            "(a(b(c))d)",
            r"(\(\)\\\n\101\7x\
y\q)",
            "(a\r\nb\rc)",
            "<48 65 6c6C\n6>",
            "<>",
            "<</A 1/B<</C[(x)/Y<41>]>>/A 2>>",
            "<</A/B/C null>>",
            "<< /Widths [ 500 250.5 ] /Length 3 0 R\n>>",
        ] {
            let read = Reader::new(text.as_bytes(), 0).object();
            assert_eq!(read, Some(loaded(text)), "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_object_is_left() {
        for text in
            ["", "nul", "--1", "1-2", "1.2.3", "1e5", ".", "/A#2", "/", "(a", "<4x>", "<4", "[1", "<</A>>", "<<1 2>>"]
        {
            assert_eq!(Reader::new(text.as_bytes(), 0).object(), None, "{text}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(Reader::new(deep.as_bytes(), 0).object(), None);
        let parentheses = "(".repeat(100_000);
        assert_eq!(Reader::new(parentheses.as_bytes(), 0).object(), None);
    }
}
