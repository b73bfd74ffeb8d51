//! Puts the bytes of a fuzzer where a page meets them: as its content, as a CMap, as a font program.

use torikumi::pdf::{Options, Pdf};

/// Opens a file and reads its first pages.
pub fn read(file: &[u8]) {
    if let Ok(pdf) = Pdf::open(file, &Options { max_memory: 256 << 20, ..Options::default() }) {
        for number in 1..=pdf.page_count().min(20) {
            let page = pdf.page(number);
            assert!(page.glyphs.iter().all(|glyph| glyph.bbox.is_finite() && (glyph.run as usize) < page.runs.len()));
            assert!(
                page.glyphs
                    .iter()
                    .all(|g| page.text.get(g.start as usize..g.start as usize + g.length as usize).is_some())
            );
        }
    }
}

/// A file of one page with this content and this font. `data` is stream 9.
pub fn file(content: &[u8], font: &str, data: &[u8]) -> Vec<u8> {
    let mut file =
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>\
        /XObject<</X 8 0 R>>/Properties<</P<</ActualText(x)>>>>>>>>endobj "
            .to_vec();
    let mut stream = |number: u32, entries: &str, bytes: &[u8]| {
        file.extend(format!("{number} 0 obj<<{entries}/Length {}>>stream\n", bytes.len()).bytes());
        file.extend(bytes);
        file.extend(b"\nendstream endobj ");
    };
    stream(4, "", content);
    stream(8, "/Subtype/Form/BBox[0 0 99 99]", content);
    stream(9, "", data);
    file.extend(format!("5 0 obj{font}endobj ").bytes());
    file.extend(b"trailer<</Root 1 0 R>>");
    file
}

/// Every byte and some pairs of bytes, shown.
pub fn all_codes() -> Vec<u8> {
    let mut content = b"BT /F 9 Tf <".to_vec();
    for code in 0..=255_u8 {
        content.extend(format!("{code:02X}").bytes());
    }
    for code in (0..0xFFFF_u32).step_by(97) {
        content.extend(format!("{code:04X}").bytes());
    }
    content.extend(b"> Tj ET");
    content
}
