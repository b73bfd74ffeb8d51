//! How long each stage takes on the samples, the whole of them, and the floor below all of it: inflating the page
//! streams and touching every operator once. `cargo bench`; `cargo bench -- whole` for one of the groups.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use torikumi::document::{self, Document};
use torikumi::layout::{self, Sheet};
use torikumi::output::json;
use torikumi::pdf::{self, Page, Pdf};
use torikumi::report::rules::{self, Rules};
use torikumi::report::{self, Report};

/// Ruled tables from three producers, tables without rulings, and running text.
const SAMPLES: &[&str] = &[
    "koganei-r5.pdf",
    "koganei-r5-sjis.pdf",
    "koganei-r5-chromium.pdf",
    "unruled-grades.pdf",
    "higashihama-narrative.pdf",
];

/// How often each is measured, if that takes no longer than so many seconds: all of it is done in a minute.
const TIMES: u32 = 50;
const SECONDS: u64 = 1;

fn main() {
    divan::main();
}

fn bytes(sample: &str) -> Vec<u8> {
    std::fs::read(format!("{}/samples/{sample}", env!("CARGO_MANIFEST_DIR"))).expect("the sample can be read")
}

fn pages(bytes: &[u8]) -> Vec<Page> {
    let pdf = Pdf::open(bytes, &pdf::Options::default()).expect("the sample can be opened");
    (1..=pdf.page_count()).map(|number| pdf.page(number)).collect()
}

fn sheets(sample: &str) -> Vec<Sheet> {
    pages(&bytes(sample)).into_iter().map(layout::lay_out).collect()
}

fn recognised(document: &Document) -> Report {
    let choice = rules::choose(Rules::built_in(), document).expect("there are built-in packs");
    report::recognise(document, choice.rules)
}

/// The parts that no reader of PDF can do without.
#[divan::bench_group(max_time = SECONDS, sample_count = TIMES)]
mod floor {
    use super::{Bencher, BytesCount, SAMPLES, black_box, bytes};
    use flate2::{Decompress, FlushDecompress};
    use hayro_syntax::content::UntypedIter;
    use lopdf::{Document, Object, Stream};

    /// Room for the largest page of the samples.
    const ROOM: usize = 4 << 20;

    /// The deflated streams that draw pages: their contents and the forms in them.
    fn streams(sample: &str) -> Vec<Vec<u8>> {
        let document = Document::load_mem(&bytes(sample)).expect("the sample can be loaded");
        let contents = document.page_iter().flat_map(|page| document.get_page_contents(page));
        let contents = contents.filter_map(|id| document.get_object(id).and_then(Object::as_stream).ok());
        let forms = document.objects.values().filter_map(|object| object.as_stream().ok());
        let forms = forms
            .filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form"));
        let deflated = |stream: &&Stream| stream.filters().is_ok_and(|filters| filters == [b"FlateDecode"]);
        contents.chain(forms).filter(deflated).map(|stream| stream.content.clone()).collect()
    }

    fn inflate(stream: &[u8], room: &mut Vec<u8>) {
        room.clear();
        Decompress::new(true).decompress_vec(stream, room, FlushDecompress::Finish).expect("the stream inflates");
    }

    #[divan::bench(args = SAMPLES)]
    fn inflating(bencher: Bencher, sample: &str) {
        let streams = streams(sample);
        let mut room = Vec::with_capacity(ROOM);
        bencher.bench_local(|| {
            for stream in &streams {
                inflate(stream, &mut room);
                black_box(&room);
            }
        });
    }

    #[divan::bench(args = SAMPLES)]
    fn inflating_and_touching_operators(bencher: Bencher, sample: &str) {
        let streams = streams(sample);
        let mut room = Vec::with_capacity(ROOM);
        let inflated = |stream: &Vec<u8>| {
            let mut room = Vec::with_capacity(ROOM);
            inflate(stream, &mut room);
            room.len()
        };
        let count = BytesCount::new(streams.iter().map(inflated).sum::<usize>());
        bencher.counter(count).bench_local(|| {
            let mut operators = 0;
            for stream in &streams {
                inflate(stream, &mut room);
                let mut instructions = UntypedIter::new(&room);
                while instructions.next().is_some() {
                    operators += 1;
                }
            }
            operators
        });
    }
}

/// One stage after the other, each on what the one before it gave.
#[divan::bench_group(max_time = SECONDS, sample_count = TIMES)]
mod stage {
    use super::{
        Bencher, Pdf, Rules, SAMPLES, bytes, document, json, layout, pages, pdf, recognised, report, rules, sheets,
    };

    #[divan::bench(args = SAMPLES)]
    fn open(bencher: Bencher, sample: &str) {
        let bytes = bytes(sample);
        bencher.bench_local(|| Pdf::open(&bytes, &pdf::Options::default()).map(|pdf| pdf.page_count()));
    }

    /// Opening included, since fonts are loaded when a page first needs them.
    #[divan::bench(args = SAMPLES)]
    fn pdf_pages(bencher: Bencher, sample: &str) {
        let bytes = bytes(sample);
        bencher.bench_local(|| pages(&bytes));
    }

    #[divan::bench(args = SAMPLES)]
    fn layout_sheets(bencher: Bencher, sample: &str) {
        let pages = pages(&bytes(sample));
        let lay_out = |pages: Vec<_>| pages.into_iter().map(layout::lay_out).collect::<Vec<_>>();
        bencher.with_inputs(|| pages.clone()).bench_local_values(lay_out);
    }

    #[divan::bench(args = SAMPLES)]
    fn document_assembled(bencher: Bencher, sample: &str) {
        let sheets = sheets(sample);
        bencher.with_inputs(|| sheets.clone()).bench_local_values(document::assemble);
    }

    #[divan::bench(args = SAMPLES)]
    fn report_recognised(bencher: Bencher, sample: &str) {
        let document = document::assemble(sheets(sample));
        bencher.bench_local(|| recognised(&document));
    }

    /// The same by rules that remember nothing of the document yet, as the first report of a run is read.
    #[divan::bench(args = SAMPLES)]
    fn report_recognised_first(bencher: Bencher, sample: &str) {
        let document = document::assemble(sheets(sample));
        let choice = rules::choose(Rules::built_in(), &document).expect("there are built-in packs");
        let fresh = || choice.rules.clone();
        bencher.with_inputs(fresh).bench_local_refs(|rules| report::recognise(&document, rules));
    }

    #[divan::bench(args = SAMPLES)]
    fn json_written(bencher: Bencher, sample: &str) {
        let report = recognised(&document::assemble(sheets(sample)));
        bencher.bench_local(|| {
            let mut out = Vec::new();
            json::write_report(&report, &mut out).map(|()| out)
        });
    }
}

/// From the bytes of the file to the bytes of the JSON, rule packs already loaded.
#[divan::bench(args = SAMPLES, max_time = SECONDS, sample_count = TIMES)]
fn whole(bencher: Bencher, sample: &str) {
    let bytes = bytes(sample);
    let options = torikumi::Options::default();
    bencher.bench_local(|| {
        let report = torikumi::extract(black_box(&bytes), sample, &options).expect("the sample is a report");
        let mut out = Vec::new();
        json::write_report(&report, &mut out).map(|()| out)
    });
}
