//! Made font dictionaries, one for each rung of the ladder and each trap on it.

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

use super::*;

const LIMIT: usize = 1 << 20;

/// What a font says of a string: the text and the rung of each code.
#[track_caller]
fn case(objects: &Document, font: &Dictionary, codes: &[u8], expected: &[(&str, Decoding)]) {
    let font = Font::load(objects, font, LIMIT);
    let chars: Vec<_> = font.chars(objects, codes).map(|char| (&*char.entry.text, char.entry.decoding)).collect();
    assert_eq!(chars, expected);
}

#[track_caller]
fn advances(objects: &Document, font: &Dictionary, codes: &[u8], expected: &[f32]) {
    let font = Font::load(objects, font, LIMIT);
    let advances: Vec<_> = font.chars(objects, codes).map(|char| char.entry.advance).collect();
    assert_eq!(advances, expected);
}

fn stream(objects: &mut Document, content: impl Into<Vec<u8>>) -> Object {
    objects.add_object(Stream::new(dictionary! {}, content.into())).into()
}

fn literal(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

fn numbers(numbers: &[i64]) -> Object {
    Object::Array(numbers.iter().copied().map(Object::Integer).collect())
}

fn type0(encoding: &str, ordering: &str, mut descendant: Dictionary) -> Dictionary {
    descendant.set("Type", "Font");
    descendant.set("Subtype", Object::Name(b"CIDFontType2".to_vec()));
    descendant.set("CIDSystemInfo", dictionary! { "Registry" => literal("Adobe"), "Ordering" => literal(ordering) });
    dictionary! {
        "Subtype" => Object::Name(b"Type0".to_vec()),
        "BaseFont" => Object::Name(b"ABCDEF+Mincho".to_vec()),
        "Encoding" => Object::Name(encoding.as_bytes().to_vec()),
        "DescendantFonts" => vec![Object::Dictionary(descendant)],
    }
}

fn simple(subtype: &str, encoding: impl Into<Object>) -> Dictionary {
    dictionary! {
        "Subtype" => Object::Name(subtype.as_bytes().to_vec()),
        "BaseFont" => Object::Name(b"ABCDEF+Gothic".to_vec()),
        "Encoding" => encoding,
    }
}

fn with_program(objects: &mut Document, dict: &mut Dictionary, program: Vec<u8>) {
    let program = stream(objects, program);
    dict.set("FontDescriptor", dictionary! { "Flags" => 4, "FontFile2" => program });
}

/// A TrueType program that has nothing but a character map of format 12.
fn true_type(mappings: &[(char, u32)]) -> Vec<u8> {
    let mut map = Vec::new();
    let mut sorted = mappings.to_vec();
    sorted.sort_unstable();
    for (character, glyph) in &sorted {
        [u32::from(*character), u32::from(*character), *glyph].iter().for_each(|n| map.extend(n.to_be_bytes()));
    }
    let groups = u32::try_from(sorted.len()).unwrap();
    let mut table = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    [16 + groups * 12, 0, groups].iter().for_each(|n| table.extend(n.to_be_bytes()));
    table.extend(map);
    sfnt(&[(b"cmap", &table), (b"maxp", &[0, 0, 0x50, 0, 1, 0])])
}

/// A TrueType program of these tables, in the order of their tags.
fn sfnt(tables: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let count = u8::try_from(tables.len()).unwrap();
    let mut font = vec![0, 1, 0, 0, 0, count, 0, 0, 0, 0, 0, 0];
    let mut offset = 12 + 16 * u32::from(count);
    for (tag, table) in tables {
        let length = u32::try_from(table.len()).unwrap();
        font.extend(*tag);
        [0, offset, length].iter().for_each(|n| font.extend(n.to_be_bytes()));
        offset += length;
    }
    tables.iter().for_each(|(_, table)| font.extend(*table));
    font
}

#[test]
fn a_code_without_text_whose_glyph_draws_nothing_is_white_space() {
    let mut objects = Document::new();
    let mut descendant = dictionary! { "W" => vec![3.into(), numbers(&[300, 0])] };
    let mut head = vec![0; 54];
    head[12..16].copy_from_slice(&[0x5F, 0x0F, 0x3C, 0xF5]);
    let loca: Vec<u8> = [0_u16, 2, 4, 4, 4, 6].iter().flat_map(|offset| offset.to_be_bytes()).collect();
    let program = sfnt(&[(b"glyf", &[0; 12]), (b"head", &head), (b"loca", &loca), (b"maxp", &[0, 0, 0x50, 0, 0, 5])]);
    with_program(&mut objects, &mut descendant, program);
    let font = type0("Identity-H", "Identity", descendant);
    let unknown = ("\u{FFFD}", Decoding::Unknown);
    let codes = b"\0\x01\0\x02\0\x03\0\x04";
    case(
        &objects,
        &font,
        codes,
        &[unknown, ("\u{3000}", Decoding::FontProgram), (" ", Decoding::FontProgram), unknown],
    );
}

#[track_caller]
fn contradicted(objects: &Document, font: &Dictionary, codes: &[u8], expected: &[bool]) {
    let font = Font::load(objects, font, LIMIT);
    assert_eq!(font.chars(objects, codes).map(|char| char.entry.contradicted).collect::<Vec<_>>(), expected);
}

#[test]
fn a_letter_that_is_another_by_the_font_itself_is_told() {
    let mut objects = Document::new();
    let mut descendant = Dictionary::new();
    with_program(&mut objects, &mut descendant, true_type(&[('都', 7), ('行', 8), ('Α', 9), ('、', 10)]));
    let mut font = type0("Identity-H", "Identity", descendant);
    let to_unicode = "beginbfchar <0007> <90B4> <0008> <884C> <0009> <0041> <000A> <002C> endbfchar";
    font.set("ToUnicode", stream(&mut objects, to_unicode));
    contradicted(&objects, &font, b"\0\x07\0\x08\0\x09\0\x0A", &[true, false, false, false]);
    let mut font = type0("90ms-RKSJ-H", "Japan1", dictionary! {});
    font.set("ToUnicode", stream(&mut objects, "beginbfchar <52> <0071> <53> <FF53> <8EE6> <5B88> endbfchar"));
    contradicted(&objects, &font, b"RS\x8E\xE6T", &[true, false, false, false]);
}

#[test]
fn to_unicode_is_asked_first() {
    let mut objects = Document::new();
    let mut font = type0("UniJIS-UCS2-H", "Japan1", dictionary! {});
    font.set("ToUnicode", stream(&mut objects, "beginbfchar <53D6> <0041> endbfchar"));
    case(&objects, &font, b"\x53\xD6\x7D\x44", &[("A", Decoding::ToUnicode), ("組", Decoding::UnicodeCMap)]);
}

#[test]
fn to_unicode_that_says_nothing_leaves_the_code_to_the_next_rung() {
    let mut objects = Document::new();
    let mut font = type0("Identity-H", "Japan1", dictionary! {});
    font.set(
        "ToUnicode",
        stream(&mut objects, "beginbfchar <0914> <0000> <0915> <FFFD> <0916> <> <0022> <0041> endbfchar"),
    );
    case(
        &objects,
        &font,
        b"\x09\x14\x09\x15\x09\x16\x00\x22",
        &[("取", Decoding::Cid), ("守", Decoding::Cid), ("手", Decoding::Cid), ("A", Decoding::ToUnicode)],
    );
}

#[test]
fn a_character_for_private_use_stands_where_no_other_rung_knows_better() {
    let mut objects = Document::new();
    let mut descendant = Dictionary::new();
    with_program(&mut objects, &mut descendant, true_type(&[('取', 7), ('\u{E002}', 8)]));
    let mut font = type0("Identity-H", "Identity", descendant);
    let to_unicode = "beginbfchar <0007> <E001> <0008> <E001> <0009> <F0B7> endbfchar";
    font.set("ToUnicode", stream(&mut objects, to_unicode));
    let codes = b"\0\x07\0\x08\0\x09";
    let private = |text| (text, Decoding::ToUnicode);
    case(&objects, &font, codes, &[("取", Decoding::FontProgram), private("\u{E001}"), private("\u{F0B7}")]);
    let font = Font::load(&objects, &font, LIMIT);
    assert_eq!(font.chars(&objects, codes).map(|char| char.entry.unknown).collect::<Vec<_>>(), [false, true, false]);
    let mut simple = simple("TrueType", Object::Name(b"WinAnsiEncoding".to_vec()));
    simple.set("ToUnicode", stream(&mut objects, "beginbfchar <41> <E001> endbfchar"));
    case(&objects, &simple, b"AB", &[private("\u{E001}"), ("B", Decoding::GlyphName)]);
}

#[test]
fn radicals_and_variation_selectors_in_to_unicode_are_folded() {
    let mut objects = Document::new();
    let mut font = type0("Identity-H", "Identity", dictionary! {});
    font.set(
        "ToUnicode",
        stream(&mut objects, "beginbfrange <01> <04> [<2F54> <2EA0> <6357DB40DD00> <FA19>] endbfrange"),
    );
    case(
        &objects,
        &font,
        b"\0\x01\0\x02\0\x03\0\x04",
        &[
            ("水", Decoding::ToUnicode),
            ("民", Decoding::ToUnicode),
            ("捗", Decoding::ToUnicode),
            ("神", Decoding::ToUnicode),
        ],
    );
}

#[test]
fn ligatures_in_to_unicode_keep_all_their_characters() {
    let mut objects = Document::new();
    let mut font = simple("TrueType", Object::Null);
    font.set("ToUnicode", stream(&mut objects, "beginbfchar <01> <006600660069> endbfchar"));
    case(&objects, &font, b"\x01", &[("ffi", Decoding::ToUnicode)]);
}

#[test]
fn shift_jis_is_decoded_as_code_page_932() {
    let font = type0("90ms-RKSJ-H", "Japan1", dictionary! {});
    case(
        &Document::new(),
        &font,
        b"A\x8E\xE6\xB1\x87\x40\xFA\xB1\x81\x60",
        &[
            ("A", Decoding::Cp932),
            ("取", Decoding::Cp932),
            ("ｱ", Decoding::Cp932),
            ("①", Decoding::Cp932),
            ("﨑", Decoding::Cp932),
            ("～", Decoding::Cp932),
        ],
    );
}

#[test]
fn shift_jis_of_other_makers_goes_by_its_cids_and_not_by_the_code_page_of_windows() {
    let objects = Document::new();
    case(&objects, &type0("90pv-RKSJ-H", "Japan1", dictionary! {}), b"\x87\x40", &[("㈰", Decoding::Cid)]);
    case(&objects, &type0("90ms-RKSJ-H", "Japan1", dictionary! {}), b"\x87\x40", &[("①", Decoding::Cp932)]);
    case(
        &objects,
        &type0("Ext-RKSJ-H", "Japan1", dictionary! {}),
        b"\x8A\x9A\xFA\xB1",
        &[("嚙", Decoding::Cid), ("﨑", Decoding::Cp932)],
    );
}

#[test]
fn code_page_932_has_its_own_dashes_and_signs_where_other_readers_go_by_the_glyph() {
    let font = type0("90ms-RKSJ-V", "Japan1", dictionary! {});
    let cp932 = |text| (text, Decoding::Cp932);
    case(
        &Document::new(),
        &font,
        b"\x81\x60\x81\x61\x81\x7C\x81\x5C\xED\x8E",
        &["～", "∥", "－", "―", "寬"].map(cp932),
    );
}

#[test]
fn vertical_writing_keeps_the_characters_of_the_code_where_other_readers_turn_them() {
    let font = type0("90ms-RKSJ-V", "Japan1", dictionary! {});
    let cp932 = |text| (text, Decoding::Cp932);
    case(&Document::new(), &font, b"\x81\x69\x81\x6D\x81\xA8\x84\x9F", &["（", "［", "→", "─"].map(cp932));
    case(
        &Document::new(),
        &type0("V", "Japan1", dictionary! {}),
        b"\x21\x4A\x21\x4E",
        &[("（", Decoding::Cid), ("［", Decoding::Cid)],
    );
}

#[test]
fn unicode_cmaps_give_their_code_where_other_readers_go_by_a_glyph_that_several_codes_share() {
    let font = type0("UniJIS-UTF16-H", "Japan1", dictionary! {});
    let text = "目邑戶黑–—";
    let codes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let expected = ["目", "邑", "戶", "黑", "–", "—"].map(|text| (text, Decoding::UnicodeCMap));
    case(&Document::new(), &font, &codes, &expected);
}

#[test]
fn cids_lose_the_variation_selectors_of_their_table() {
    case(&Document::new(), &type0("Identity-H", "Japan1", dictionary! {}), b"\x0B\xD9", &[("捗", Decoding::Cid)]);
}

#[test]
fn euc_and_jis_go_by_their_cids() {
    let objects = Document::new();
    case(
        &objects,
        &type0("EUC-H", "Japan1", dictionary! {}),
        b"\xBC\xE8A",
        &[("取", Decoding::Cid), ("A", Decoding::Cid)],
    );
    case(&objects, &type0("V", "Japan1", dictionary! {}), b"\x3C\x68", &[("取", Decoding::Cid)]);
}

#[test]
fn without_to_unicode_the_program_is_read_backwards() {
    let mut objects = Document::new();
    let mut descendant = dictionary! {};
    with_program(&mut objects, &mut descendant, true_type(&[('取', 7), ('\u{2F8F}', 8), ('行', 8), ('組', 3)]));
    let font = type0("Identity-H", "Identity", descendant);
    case(
        &objects,
        &font,
        b"\0\x07\0\x08\0\x09",
        &[("取", Decoding::FontProgram), ("行", Decoding::FontProgram), ("\u{FFFD}", Decoding::Unknown)],
    );
}

#[test]
fn a_collection_that_the_glyphs_contradict_is_not_believed() {
    let mut objects = Document::new();
    let mut descendant = dictionary! {};
    with_program(&mut objects, &mut descendant, true_type(&[('取', 7)]));
    let font = type0("Identity-H", "Japan1", descendant);
    case(&objects, &font, b"\0\x07\0\x22", &[("取", Decoding::FontProgram), ("A", Decoding::Cid)]);
}

#[test]
fn the_glyph_map_stands_between_cid_and_program() {
    let mut objects = Document::new();
    let map = stream(&mut objects, b"\0\0\0\x03\0\x07".to_vec());
    let mut descendant = dictionary! { "CIDToGIDMap" => map };
    with_program(&mut objects, &mut descendant, true_type(&[('取', 7), ('組', 3)]));
    let font = type0("Identity-H", "Identity", descendant);
    case(
        &objects,
        &font,
        b"\0\x01\0\x02\0\x07",
        &[("組", Decoding::FontProgram), ("取", Decoding::FontProgram), ("\u{FFFD}", Decoding::Unknown)],
    );
}

#[test]
fn simple_fonts_go_by_names_and_encodings() {
    let encoding = dictionary! {
        "BaseEncoding" => Object::Name(b"WinAnsiEncoding".to_vec()),
        "Differences" => vec![65.into(), "uni53D6".into(), "f_i".into(), "g12".into()],
    };
    case(
        &Document::new(),
        &simple("Type1", encoding),
        b"ABCD\x80",
        &[
            ("取", Decoding::GlyphName),
            ("fi", Decoding::GlyphName),
            ("\u{FFFD}", Decoding::Unknown),
            ("D", Decoding::GlyphName),
            ("€", Decoding::GlyphName),
        ],
    );
}

#[test]
fn a_name_that_holds_a_glyph_index_asks_the_program() {
    let mut objects = Document::new();
    let mut font = simple("TrueType", dictionary! { "Differences" => vec![65.into(), "g7".into(), "glyph3".into()] });
    with_program(&mut objects, &mut font, true_type(&[('取', 7), ('組', 3)]));
    case(&objects, &font, b"AB", &[("取", Decoding::FontProgram), ("組", Decoding::FontProgram)]);
}

#[test]
fn fonts_that_are_not_embedded_have_the_encoding_of_their_kind() {
    let objects = Document::new();
    let named = |name: &str| dictionary! { "Subtype" => "Type1", "BaseFont" => Object::Name(name.into()) };
    case(&objects, &named("Helvetica"), b"'", &[("’", Decoding::GlyphName)]);
    case(&objects, &named("Symbol"), b"a", &[("α", Decoding::GlyphName)]);
    case(&objects, &named("ZapfDingbats"), b"\xAC", &[("①", Decoding::GlyphName)]);
}

#[test]
fn a_control_code_without_a_glyph_shows_nothing() {
    let font = simple("Type1", Object::Name(b"WinAnsiEncoding".to_vec()));
    case(&Document::new(), &font, b"A\r", &[("A", Decoding::GlyphName), ("", Decoding::GlyphName)]);
}

#[test]
fn type_3_fonts_scale_their_widths_by_their_matrix() {
    let mut objects = Document::new();
    let procedure = objects.add_object(Stream::new(dictionary! {}, b"0 0 m".to_vec()));
    let font = dictionary! {
        "Subtype" => "Type3",
        "FontMatrix" => vec![Object::Real(0.01), 0.into(), 0.into(), Object::Real(0.01), 0.into(), 0.into()],
        "FontBBox" => numbers(&[0, -20, 100, 90]),
        "FirstChar" => 65,
        "Widths" => numbers(&[50, 100]),
        "Encoding" => dictionary! { "Differences" => vec![65.into(), "yen".into(), "g1".into()] },
        "CharProcs" => dictionary! { "yen" => procedure },
    };
    case(&objects, &font, b"AB", &[("¥", Decoding::GlyphName), ("\u{FFFD}", Decoding::Unknown)]);
    advances(&objects, &font, b"AB", &[500.0, 1000.0]);
    let loaded = Font::load(&objects, &font, LIMIT);
    assert_eq!(loaded.char_procedure(&objects, &font, 65), Some(procedure));
    assert_eq!((loaded.ascent().round(), loaded.descent().round()), (900.0, -200.0));
}

#[test]
fn type_3_fonts_may_name_an_encoding_instead_of_glyphs() {
    let mut objects = Document::new();
    let procedure = objects.add_object(Stream::new(dictionary! {}, b"0 0 m".to_vec()));
    let font = dictionary! {
        "Subtype" => "Type3",
        "Encoding" => "WinAnsiEncoding",
        "CharProcs" => dictionary! { "four" => procedure },
    };
    case(&objects, &font, b"4", &[("4", Decoding::GlyphName)]);
    let loaded = Font::load(&objects, &font, LIMIT);
    assert_eq!(loaded.char_procedure(&objects, &font, u32::from(b'4')), Some(procedure));
}

#[test]
fn widths_of_simple_fonts() {
    let objects = Document::new();
    let mut font = simple("TrueType", Object::Name(b"WinAnsiEncoding".to_vec()));
    font.set("FirstChar", 65);
    font.set("Widths", numbers(&[600, 700]));
    font.set("FontDescriptor", dictionary! { "MissingWidth" => 250 });
    advances(&objects, &font, b"ABC", &[600.0, 700.0, 250.0]);
    let standard = dictionary! { "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    advances(&objects, &standard, b"Ai", &[667.0, 222.0]);
}

#[test]
fn a_glyph_without_width_that_a_reader_sees_has_a_box_all_the_same() {
    let objects = Document::new();
    let font = type0("UniJIS-UCS2-H", "Japan1", dictionary! { "DW" => 0 });
    advances(&objects, &font, b"\x53\xD6\x00A\x30\x99\x00 ", &[1000.0, 500.0, 0.0, 0.0]);
    let font = Font::load(&objects, &font, LIMIT);
    assert!(font.chars(&objects, b"\x53\xD6\x00A").all(|char| char.entry.step == 0.0));
}

#[test]
fn widths_of_composite_fonts_go_by_cid() {
    let objects = Document::new();
    let widths = dictionary! { "W" => vec![231.into(), 389.into(), 500.into()] };
    advances(&objects, &type0("90ms-RKSJ-H", "Japan1", widths), b"A\x8E\xE6", &[500.0, 1000.0]);
    let widths = dictionary! { "DW" => 900, "W" => vec![2324.into(), Object::Array(vec![800.into()])] };
    advances(&objects, &type0("UniJIS-UCS2-H", "Japan1", widths), b"\x53\xD6\x7D\x44", &[800.0, 900.0]);
}

#[test]
fn vertical_fonts_advance_downwards_from_the_top_middle_of_a_glyph() {
    let objects = Document::new();
    let font = type0("Identity-V", "Japan1", dictionary! { "DW" => 600 });
    let font = Font::load(&objects, &font, LIMIT);
    assert!(font.is_vertical());
    let char = font.chars(&objects, b"\x09\x14").next().unwrap();
    assert_eq!((char.entry.advance, char.entry.origin), (-1000.0, (300.0, 880.0)));
}

#[test]
fn word_spacing_is_for_the_single_byte_32_only() {
    let objects = Document::new();
    let spaces = |font: &Dictionary, codes: &[u8]| {
        Font::load(&objects, font, LIMIT).chars(&objects, codes).filter(Char::is_word_space).count()
    };
    assert_eq!(spaces(&simple("TrueType", Object::Null), b"A A"), 1);
    assert_eq!(spaces(&type0("90ms-RKSJ-H", "Japan1", dictionary! {}), b"A A"), 1);
    assert_eq!(spaces(&type0("UniJIS-UCS2-H", "Japan1", dictionary! {}), b"\0 "), 0);
}

#[test]
fn the_prefix_of_a_subset_is_no_part_of_the_name() {
    assert_eq!(Font::load(&Document::new(), &simple("TrueType", Object::Null), LIMIT).name(), "Gothic");
}

#[test]
fn a_name_in_shift_jis_is_readable() {
    let font =
        dictionary! { "Subtype" => "TrueType", "BaseFont" => Object::Name(b"\x83\x81\x83C\x83\x8A\x83I".to_vec()) };
    assert_eq!(Font::load(&Document::new(), &font, LIMIT).name(), "メイリオ");
}

#[test]
fn a_positive_descent_is_taken_as_negative_and_an_absurd_ascent_not_at_all() {
    let extent = |ascent: i64, descent: i64| {
        let mut font = simple("TrueType", Object::Null);
        font.set("FontDescriptor", dictionary! { "Ascent" => ascent, "Descent" => descent });
        let font = Font::load(&Document::new(), &font, LIMIT);
        (font.ascent(), font.descent())
    };
    assert_eq!(extent(859, 141), (859.0, -141.0));
    assert_eq!(extent(1160, -288), (1160.0, -288.0));
    assert_eq!(extent(1808, -1048), DEFAULT_EXTENT, "the box around all glyphs");
    assert_eq!(extent(90_000, -141), DEFAULT_EXTENT);
    assert_eq!(extent(0, 0), DEFAULT_EXTENT);
}

#[test]
fn an_empty_dictionary_is_a_font_too() {
    case(&Document::new(), &dictionary! {}, b"A", &[("A", Decoding::GlyphName)]);
}

#[test]
fn a_descendant_without_its_array_is_found() {
    let mut font = type0("UniJIS-UCS2-H", "Japan1", dictionary! {});
    let descendant = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].clone();
    font.set("DescendantFonts", descendant);
    case(&Document::new(), &font, b"\x53\xD6", &[("取", Decoding::UnicodeCMap)]);
}

#[test]
fn what_is_wrong_with_a_font_is_told() {
    let mut objects = Document::new();
    let mut font = type0("UniXYZ-H", "Japan1", dictionary! {});
    font.set("ToUnicode", stream(&mut objects, "no CMap"));
    let font = Font::load(&objects, &font, LIMIT);
    assert_eq!(
        font.info().faults,
        ["unknown CMap UniXYZ-H: read as Identity-H", "ToUnicode maps no code: passed over",]
    );
    assert!(Font::load(&objects, &type0("V", "Japan1", dictionary! {}), LIMIT).info().faults.is_empty());
}

/// A seeded generator of bytes (xorshift), so that a failure can be repeated.
fn mutations(seed: &[u8], count: u32) -> impl Iterator<Item = Vec<u8>> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    (0..count).map(move |_| {
        let mut bytes = seed.to_vec();
        for _ in 0..=random(6) {
            let at = random(bytes.len());
            bytes[at] = u8::try_from(random(256)).unwrap();
        }
        bytes.truncate(seed.len() - random(2) * random(seed.len()));
        bytes
    })
}

#[test]
fn damaged_programs_and_cmaps_never_panic() {
    let program = true_type(&[('取', 7), ('組', 3), ('A', 36), ('\u{20BB7}', 9)]);
    let cmap = b"/Adobe-Japan1-H usecmap 2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange
        2 beginbfrange <0041> <0043> <3042> <0050> <0052> [<0041> /uni53D6 <D842DFB7>] endbfrange
        1 begincidrange <8140> <817E> 633 endcidrange 1 beginnotdefrange <00> <1F> 1 endnotdefrange";
    let mut objects = Document::new();
    let streams = [0; 2].map(|_| objects.new_object_id());
    let descendant = dictionary! { "FontDescriptor" => dictionary! { "FontFile2" => streams[0] } };
    let mut font = type0("Identity-H", "Identity", descendant);
    font.set("Encoding", streams[1]);
    font.set("ToUnicode", streams[1]);
    for (program, cmap) in mutations(&program, 3000).zip(mutations(cmap, 3000)) {
        objects.set_object(streams[0], Stream::new(dictionary! {}, program));
        objects.set_object(streams[1], Stream::new(dictionary! {}, cmap));
        let font = Font::load(&objects, &font, LIMIT);
        let codes = b"A\x81\x40\0\x07\0\x03\xFF\xFE\x80";
        assert!(font.chars(&objects, codes).map(|char| usize::from(char.bytes)).sum::<usize>() == codes.len());
    }
}
