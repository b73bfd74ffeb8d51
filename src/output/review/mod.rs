//! Takes a [`Review`], gives one HTML page without any other file: each page as it looks with a box over every value,
//! beside it the values, findings and charts.
//!
//! The page asks the network for nothing and runs no code but its own script (Content-Security-Policy with the hashes of
//! both); whatever the document prints is escaped. Its parts are `page.html`, `style.css` and the scripts beside this file.

mod charts;
mod findings;
mod head;
mod leaves;
mod list;
mod policy;

use crate::audit::Message;
use crate::output::findings::Language;
use crate::pdf::Decoding;
use crate::review::{Kind, Review};
use std::io::{self, Write};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str =
    concat!("\"use strict\";\n", include_str!("select.js"), include_str!("search.js"), include_str!("keys.js"));

/// Writes the page, in `language` until its reader chooses the other.
///
/// # Errors
/// What `out` reports.
pub fn write(review: &Review, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let links = findings::Links::new(review);
    let policy = policy::policy(STYLE, SCRIPT);
    fill(PAGE, out, &mut |name, out| match name {
        "language" => out.write_all(language.tag().as_bytes()),
        "policy" => out.write_all(policy.as_bytes()),
        "style" => out.write_all(STYLE.as_bytes()),
        "script" => out.write_all(SCRIPT.as_bytes()),
        "title" => out.write_all(escaped(&head::title(review)).as_bytes()),
        "layout" => out.write_all(if review.pages.is_empty() { b"text" } else { b"pages" }),
        "head" => head::write(review, out),
        "findings" => findings::write(review, &links, out),
        "list" => list::write(review, &links, out),
        "kinds" => kinds(review, out),
        "rungs" => rungs(out),
        "outlines" => leaves::outlines(review, out),
        "pages" => leaves::write(review, out),
        other => unreachable_slot(other),
    })
}

/// Writes `template` with each `{{slot}}` as `write` writes it; what it writes is not looked at again.
fn fill(
    template: &str,
    out: &mut dyn Write,
    write: &mut dyn FnMut(&str, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        out.write_all(before.as_bytes())?;
        write(name, out)?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

fn unreachable_slot(name: &str) -> io::Result<()> {
    Err(io::Error::other(format!("the page has no {name}")))
}

/// Text as HTML shows it; also fit for an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(character),
            other if other.is_control() => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}

/// A sentence in both languages, of which the page shows one.
fn both(message: &Message) -> String {
    if message.ja == message.en {
        return escaped(&message.ja);
    }
    format!(
        "<span class=\"t\" lang=\"ja\">{}</span><span class=\"t\" lang=\"en\">{}</span>",
        escaped(&message.ja),
        escaped(&message.en)
    )
}

/// Two fixed texts, as [`both`].
fn pair(ja: &str, en: &str) -> String {
    both(&Message::new(ja, en))
}

/// The language of the document's own words, as an attribute.
fn printed(review: &Review) -> &'static str {
    if review.audit.japanese { " lang=\"ja\"" } else { "" }
}

/// Class of a kind of value.
fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Title => "title",
        Kind::Grade => "grade",
        Kind::Figure => "figure",
        Kind::Target => "target",
        Kind::Status => "status",
        Kind::Text => "text",
        Kind::Note => "note",
        Kind::Unplaced => "unplaced",
    }
}

fn kind_name(kind: Kind) -> Message {
    match kind {
        Kind::Title => Message::new("見出し", "headings"),
        Kind::Grade => Message::new("評価", "grades"),
        Kind::Figure => Message::new("数値", "figures"),
        Kind::Target => Message::new("目標", "targets"),
        Kind::Status => Message::new("実施状況", "status"),
        Kind::Text => Message::new("記述", "texts"),
        Kind::Note => Message::new("注記・凡例", "notes, legend"),
        Kind::Unplaced => Message::new("未分類", "unplaced"),
    }
}

/// A switch for each kind of value, with their number.
fn kinds(review: &Review, out: &mut dyn Write) -> io::Result<()> {
    for kind in Kind::ALL {
        let mut count = 0;
        review.groups.iter().for_each(|group| group.each(&mut |value| count += usize::from(value.kind == kind)));
        if count > 0 {
            let (class, name) = (class(kind), both(&kind_name(kind)));
            writeln!(
                out,
                "<li><label class=\"k k-{class}\"><input type=\"checkbox\" checked data-kind=\"{class}\">\
                 <span>{name} <b>{count}</b></span></label></li>"
            )?;
        }
    }
    Ok(())
}

/// What the rungs of the ladder from codes to text mean.
fn rungs(out: &mut dyn Write) -> io::Result<()> {
    for (rung, ja, en) in [
        (Decoding::ActualText, "文書が明記した文字（ActualText）", "text that the document states (ActualText)"),
        (Decoding::ToUnicode, "書体に付いた対応表（ToUnicode）", "the font's own map to Unicode (ToUnicode)"),
        (Decoding::UnicodeCMap, "Unicode そのもののコード（既定 CMap）", "codes that are Unicode (predefined CMap)"),
        (Decoding::Cp932, "Shift_JIS のコード", "Shift-JIS codes"),
        (
            Decoding::Cid,
            "字形集合の番号（Adobe-Japan1 など）",
            "numbers of a known character collection (Adobe-Japan1)",
        ),
        (Decoding::FontProgram, "埋め込み書体の文字表の逆引き", "the embedded font's character map, read backwards"),
        (Decoding::GlyphName, "字形の名前・単純な符号", "names of glyphs, or a simple encoding"),
        (Decoding::Unknown, "不明（文字を特定できない）", "unknown: the characters could not be told"),
    ] {
        let name = crate::output::text::decoding(rung);
        writeln!(out, "<dt><code>{name}</code></dt><dd data-rung=\"{name}\">{}</dd>", pair(ja, en))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_a_slot_is_not_taken_for_a_template() {
        let mut out = Vec::new();
        fill("a{{x}}b{{y}}c", &mut out, &mut |name, out| write!(out, "[{{{{{name}}}}}]")).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a[{{x}}]b[{{y}}]c");
    }

    #[test]
    fn hostile_text_is_text() {
        assert_eq!(escaped("<script>\"a\" & 'b'\u{0}"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;\u{FFFD}");
    }

    #[test]
    fn nothing_in_the_page_is_inline_or_from_elsewhere() {
        for part in [PAGE, STYLE, SCRIPT] {
            for forbidden in
                [" onclick=", " onload=", " style=\"", "http://", "https://", "@import", "innerHTML", "eval("]
            {
                assert!(!part.contains(forbidden), "{forbidden}");
            }
        }
    }
}
