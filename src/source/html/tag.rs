//! Takes HTML, gives its tokens: text, opening and closing tags. Comments, declarations and what no reader sees (scripts,
//! styles, the title) are passed over.

/// What a tag means for blocks and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Begins and ends a paragraph.
    Block,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// Ends a line.
    Break,
    /// A table.
    Table,
    /// A list of terms with what is said of each.
    Terms,
    /// A term.
    Term,
    /// What is said of it.
    Said,
    /// The caption of a table.
    Caption,
    /// Its row.
    Row,
    /// A cell.
    Cell,
    /// A heading cell.
    HeadingCell,
    /// Has no say in the arrangement.
    Other,
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) kind: Kind,
    /// Rows that a cell asks for.
    pub(super) row_span: usize,
    /// Columns that a cell asks for.
    pub(super) column_span: usize,
}

/// A piece of the page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text as written, references unresolved.
    Text(&'a str),
    /// An opening tag.
    Open(Tag),
    /// A closing tag.
    Close(Kind),
}

/// The tokens of a page.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// No `>` (or no `-->`) follows: looking again would make the reading quadratic.
    is_tail: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, is_tail: false }
    }

    /// The part before `end`, which is passed over; everything where `end` does not come.
    fn until(&mut self, end: &str) -> &'a str {
        match self.rest.split_once(end) {
            Some((before, after)) => {
                self.rest = after;
                before
            }
            None => std::mem::take(&mut self.rest),
        }
    }

    /// Passes over the content of an element that shows nothing.
    fn skip_element(&mut self, name: &str) {
        let bytes = self.rest.as_bytes();
        let is_end = |at: &usize| {
            let from = bytes.get(at + 2..at + 2 + name.len());
            bytes.get(at + 1) == Some(&b'/') && from.is_some_and(|from| from.eq_ignore_ascii_case(name.as_bytes()))
        };
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at);
        match ends.into_iter().find(is_end).and_then(|at| self.rest.get(at..)) {
            Some(rest) => self.rest = rest,
            None => self.rest = "",
        }
    }

    /// The tag at the start of the rest, which begins with `<`; `None` where that sign stands for itself.
    fn tag(&mut self) -> Option<Option<Token<'a>>> {
        let inner = self.rest.get(1..)?;
        if inner.starts_with("!--") {
            self.until("-->");
            return Some(None);
        }
        if inner.starts_with(['!', '?']) {
            self.until(">");
            return Some(None);
        }
        let is_close = inner.starts_with('/');
        let name: &str = inner.trim_start_matches('/');
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, _) = name.split_at(length);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || self.is_tail {
            return None;
        }
        let Some((written, after)) = inner.split_once('>') else {
            self.is_tail = true;
            return None;
        };
        self.rest = after;
        let name = name.to_ascii_lowercase();
        if is_close {
            return Some(Some(Token::Close(kind(&name))));
        }
        if matches!(name.as_str(), "script" | "style" | "title" | "template" | "noscript" | "svg" | "math") {
            if !written.ends_with('/') {
                self.skip_element(&name);
            }
            return Some(None);
        }
        let row_span = span(written, "rowspan").unwrap_or(1);
        // 0 means "to the last row" (HTML Living Standard, 4.9.11).
        let row_span = if row_span == 0 { usize::MAX } else { row_span };
        let column_span = span(written, "colspan").unwrap_or(1);
        Some(Some(Token::Open(Tag { kind: kind(&name), row_span, column_span })))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            if self.rest.starts_with('<') {
                match self.tag() {
                    Some(Some(token)) => return Some(token),
                    Some(None) => continue,
                    None => {}
                }
            }
            let skip = usize::from(self.rest.starts_with('<'));
            let end = self.rest.get(skip..).and_then(|rest| rest.find('<')).map_or(self.rest.len(), |at| at + skip);
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Token::Text(text));
        }
        None
    }
}

fn kind(name: &str) -> Kind {
    match name {
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "nav" | "aside" | "blockquote" | "pre"
        | "hr" | "figure" | "figcaption" | "address" | "body" | "html" | "form" | "fieldset" => Kind::Block,
        "ul" | "ol" => Kind::List,
        "li" => Kind::Item,
        "dl" => Kind::Terms,
        "dt" => Kind::Term,
        "dd" => Kind::Said,
        "br" => Kind::Break,
        "table" => Kind::Table,
        "caption" => Kind::Caption,
        "tr" => Kind::Row,
        "td" => Kind::Cell,
        "th" => Kind::HeadingCell,
        _ => Kind::Other,
    }
}

/// The number that an attribute gives.
fn span(tag: &str, attribute: &str) -> Option<usize> {
    let at = tag.to_ascii_lowercase().find(attribute)?;
    let value = tag.get(at + attribute.len()..)?.trim_start().strip_prefix('=')?;
    let digits: String = value.trim_start().trim_start_matches(['"', '\'']).chars().take(9).collect();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}
