//! Takes text whose tables are lines with tabs, gives its records. A spreadsheet writes a cell of several lines between
//! quotation marks and doubles those inside; a mark that is not closed so stands for itself.

/// What a cell of a spreadsheet holds at most, in bytes of UTF-8 (32767 characters).
const LONGEST_CELL: usize = 32_767 * 4;

/// A line of the text, or a row with quoted cells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record<'a> {
    /// A line as written, without its end.
    Line(&'a str),
    /// The cells of a row, unquoted.
    Fields(Vec<String>),
}

/// The records of the text, which has `\n` line ends.
pub(super) fn records(text: &str) -> Vec<Record<'_>> {
    let has_cells = text.contains('\t') && text.contains('"');
    let mut records = Vec::new();
    let mut rest = Some(text);
    while let Some(from) = rest {
        let (line, after) = match from.split_once('\n') {
            Some((line, after)) => (line, Some(after)),
            None => (from, None),
        };
        match has_cells.then(|| fields(from)).flatten() {
            Some((fields, after)) => {
                records.push(Record::Fields(fields));
                rest = after;
            }
            None => {
                records.push(Record::Line(line));
                rest = after;
            }
        }
    }
    records
}

/// The cells of the row at the start of `text` and what follows it; `None` where none of them is quoted.
fn fields(text: &str) -> Option<(Vec<String>, Option<&str>)> {
    let mut fields = Vec::new();
    let mut is_quoted = false;
    let mut rest = text;
    loop {
        let (field, after) = match quoted(rest) {
            Some((field, after)) => {
                is_quoted = true;
                (field, after)
            }
            None => {
                let (field, after) = rest.split_at(rest.find(['\t', '\n']).unwrap_or(rest.len()));
                (field.to_owned(), after)
            }
        };
        fields.push(field);
        match after.strip_prefix('\t') {
            Some(next) => rest = next,
            None => return is_quoted.then(|| (fields, after.strip_prefix('\n'))),
        }
    }
}

/// The quoted cell at the start of `text` and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut marks = inner.bytes().take(LONGEST_CELL).enumerate().filter(|(_, byte)| *byte == b'"').map(|(at, _)| at);
    loop {
        let at = marks.next()?;
        let after = inner.get(at + 1..)?;
        if after.starts_with('"') {
            marks.next();
        } else {
            let is_end = after.is_empty() || after.starts_with(['\t', '\n']);
            return is_end.then(|| (inner.get(..at).unwrap_or_default().replace("\"\"", "\""), after));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Record, records};

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let draw = |record: &Record<'_>| match record {
            Record::Line(line) => (*line).to_owned(),
            Record::Fields(fields) => format!("[{}]", fields.join("|")),
        };
        assert_eq!(records(text).iter().map(draw).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn quoted_cells() {
        case("a\tb\n\"c\nd\"\t\"e\t\"\"f\"\"\"\ng", &["a\tb", "[c\nd|e\t\"f\"]", "g"]);
        case("a\t\"b\n\"\n", &["[a|b\n]", ""]);
    }

    #[test]
    fn marks_that_close_nothing_stay() {
        case("a\t\"b\nc\td", &["a\t\"b", "c\td"]);
        case("a\t\"b\" c\n", &["a\t\"b\" c", ""]);
        case("\"a\nb\"", &["\"a", "b\""]);
        assert_eq!(records(&"\t\"a".repeat(100_000)).len(), 1);
    }
}
