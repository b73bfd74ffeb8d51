//! A CMap, as the encoding of a font and as its `ToUnicode`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 9 0 R/ToUnicode 9 0 R/DescendantFonts[<</Subtype\
        /CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>/W[1 9 500]>>]>>";
    wrapped::read(&wrapped::file(&wrapped::all_codes(), font, data));
});
