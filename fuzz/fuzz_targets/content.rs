//! A page's content stream, and the same bytes as a form on it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    wrapped::read(&wrapped::file(data, font, b""));
});
