//! The review page: what it holds, and how it behaves in a browser. Without a Chromium the tests of its behaviour say so
//! and pass, unless `TORIKUMI_NEEDS_BROWSER` is set.
#![cfg(feature = "review")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use torikumi::Options;
use torikumi::output::findings::Language;
use torikumi::output::review::write;
use torikumi::review::{FontFile, Review, review};

const PROBE: &str = include_str!("review/probe.js");

fn no_font(_: &BTreeSet<char>) -> Option<FontFile> {
    None
}

#[track_caller]
fn read(name: &str) -> Review {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap();
    review(&bytes, name, &Options::default(), &no_font).unwrap()
}

fn html(review: &Review) -> String {
    let mut out = Vec::new();
    write(review, Language::Japanese, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome", "chrome.exe"];
    let folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let found = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = named.into_iter().chain(found).find(|path| path.is_file());
    assert!(
        found.is_some() || std::env::var_os("TORIKUMI_NEEDS_BROWSER").is_none(),
        "no Chromium found: install it or name it in CHROMIUM"
    );
    found
}

/// What the probe reports of the page in a browser, or `None` without one.
fn probe(page: &str, address: &str) -> Option<serde_json::Value> {
    let Some(browser) = chromium() else {
        eprintln!("skipped: no Chromium found");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価.html");
    std::fs::write(&path, with_probe(page)).unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1600,1000"])
        .args(["--force-prefers-reduced-motion", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}{address}", path.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let result = dom.split_once("<pre id=\"probe\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let result = result.unwrap_or_else(|| panic!("no result: {}", String::from_utf8_lossy(&output.stderr))).0;
    let result = result.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    Some(serde_json::from_str(&result).unwrap())
}

/// The page with the probe's script, which its policy is told of.
fn with_probe(page: &str) -> String {
    let (before, after) = page.split_once("script-src '").unwrap();
    let page = format!("{before}script-src 'nonce-probe' '{after}");
    let listen = "<script nonce=\"probe\">window.faults = [];\
                  addEventListener('error', (event) => faults.push(String(event.message)));\
                  addEventListener('securitypolicyviolation', (event) => faults.push(event.violatedDirective));</script>";
    let page = page.replacen("<style>", &format!("{listen}<style>"), 1);
    page.replacen("</body>", &format!("<script nonce=\"probe\">{PROBE}</script></body>"), 1)
}

#[track_caller]
fn behaves(name: &str) {
    let review = read(name);
    let Some(seen) = probe(&html(&review), "") else { return };
    assert_eq!(seen["faults"], serde_json::json!([]), "{name}");
    assert_eq!(seen["requests"], serde_json::json!([]), "{name}");
    assert_eq!(seen["outside"], serde_json::json!([]), "boxes off their page in {name}");
    assert_eq!(seen["empty"], 0, "boxes with nothing drawn under them in {name}");
    assert!(seen["boxes"].as_u64().unwrap() > 10, "{name}");
    assert_eq!(seen["doubled"], 0, "boxes over boxes in {name}");
    assert_eq!(seen["unnamed"], 0, "boxes without a name in {name}");
    assert_eq!(seen["search"]["wrong"], 0, "{name}");
    assert!(seen["search"]["hits"].as_u64().unwrap() > 0, "{name}");
    assert_eq!(seen["findings"]["hidden"], serde_json::json!([]), "findings that do not show their place in {name}");
    assert_eq!(seen["keys"], true, "{name}");
    assert_eq!(seen["language"], "en", "{name}");
}

#[test]
fn the_page_shows_every_value_on_its_text() {
    behaves("koganei-r5.pdf");
}

#[test]
fn pages_with_other_shapes_and_fonts_behave_alike() {
    behaves("koganei-r5-chromium.pdf");
    behaves("kazami-kpi.pdf");
    behaves("nishikawa-twoup.pdf");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(html(&read("kazami-kpi.pdf")), html(&read("kazami-kpi.pdf")));
}

#[test]
fn a_page_of_each_sample_stays_small() {
    for name in ["koganei-r5-chromium.pdf", "koganei-r5.pdf", "koganei-r4.pdf"] {
        let size = html(&read(name)).len();
        assert!(size < 15 << 20, "{name}: {size} bytes");
    }
}

#[test]
fn a_font_that_is_nowhere_is_said_and_its_text_is_written() {
    let review = read("koganei-r5-sjis.pdf");
    assert_eq!(review.notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), ["no-font"]);
    assert!(review.notices[0].message.en.contains("HeiseiMin-W3"));
    assert!(html(&review).contains("class=\"written\""));
    let written: usize = review.pages.iter().map(|page| page.picture.markup.matches("<text ").count()).sum();
    assert!(written > 5000, "{written}");
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "<h2>(1) &lt;script&gt;alert(1)&lt;/script&gt;</h2><table><tr><th>取組</th><th>R4年度</th><th>R5年度</th></tr>\
                   <tr><td>&lt;img src=x onerror=alert(1)&gt;\"'{{script}}</td><td>A</td><td>B</td></tr></table>";
    let review = review(hostile.as_bytes(), "a\"><b>.html", &Options::default(), &no_font).unwrap();
    let page = html(&review);
    assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains("\"><b>"));
    assert!(page.contains("{{script}}") && page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    if let Some(seen) = probe(&page, "") {
        assert_eq!(seen["faults"], serde_json::json!([]));
        assert_eq!(seen["boxes"], 0);
    }
}

#[test]
fn a_warning_is_explained_in_both_languages() {
    let page = html(&read("koganei-r5-text.txt"));
    let kind = torikumi::warning::kinds().iter().find(|kind| kind.code == "shifted-row").unwrap();
    assert!(page.contains(kind.ja) && page.contains(kind.en));
}

#[test]
fn a_value_says_how_its_characters_were_read() {
    let rungs = |name: &str| {
        let review = read(name);
        let mut rungs = BTreeSet::new();
        review.groups.iter().for_each(|group| group.each(&mut |value| rungs.extend(value.evidence.decoded.clone())));
        rungs
    };
    use torikumi::pdf::Decoding;
    assert!(rungs("koganei-r5.pdf").contains(&Decoding::ToUnicode));
    assert!(rungs("koganei-r5-sjis.pdf").contains(&Decoding::Cp932));
}

#[test]
fn a_font_in_place_of_the_documents_draws_the_characters_that_were_read() {
    let font = |_: &BTreeSet<char>| {
        let file = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
        FontFile::best(std::fs::read(file).ok()?, &BTreeSet::from(['捗']))
    };
    if font(&BTreeSet::new()).is_none() {
        eprintln!("skipped: no Noto Sans CJK found");
        return;
    }
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/koganei-r5-sjis.pdf")).unwrap();
    let review = review(&bytes, "r5.pdf", &Options::default(), &font).unwrap();
    assert_eq!(review.notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), ["font-replaced"]);
    assert!(review.pages.iter().all(|page| !page.picture.markup.contains("<text ")));
    let drawn: usize = review.pages.iter().map(|page| page.picture.markup.matches("<use ").count()).sum();
    assert!(drawn > 10_000, "{drawn}");
}
