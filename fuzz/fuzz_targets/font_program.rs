//! An embedded font program: the first byte chooses where it is embedded.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((choice, program)) = data.split_first() else { return };
    let file = match choice % 3 {
        0 => "/FontFile 9 0 R",
        1 => "/FontFile2 9 0 R",
        _ => "/FontFile3 9 0 R",
    };
    let descriptor = format!("/FontDescriptor<</Flags 4/FontName/A{file}>>");
    let font = if choice & 64 == 0 {
        format!("<</Type/Font/Subtype/TrueType/BaseFont/A{descriptor}>>")
    } else {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2\
             /BaseFont/A{descriptor}>>]>>"
        )
    };
    wrapped::read(&wrapped::file(&wrapped::all_codes(), &font, program));
});
