//! Small made CMaps, one for each thing that real ones do.

use lopdf::{Document, Object, Stream, dictionary};

use super::*;

#[track_caller]
fn text(cmap: &str, expected: &[(u32, Option<&str>)]) {
    let cmap = CMap::parse(cmap.as_bytes());
    for &(code, text) in expected {
        assert_eq!(cmap.text(code).as_deref(), text, "{code:#X}");
    }
}

#[track_caller]
fn cid(cmap: &CMap, expected: &[(&[u8], Option<u32>)]) {
    for &(bytes, cid) in expected {
        let (code, length) = cmap.code_space().next(bytes).unwrap();
        assert_eq!((cmap.cid(code, length), usize::from(length)), (cid, bytes.len()), "{bytes:X?}");
    }
}

#[test]
fn single_codes_and_ranges() {
    text(
        "1 begincodespacerange <0000> <FFFF> endcodespacerange
         2 beginbfchar <0003> <0020> <0010> <53D67D44> endbfchar
         1 beginbfrange <0041> <0043> <3042> endbfrange",
        &[(3, Some(" ")), (0x10, Some("取組")), (0x41, Some("あ")), (0x43, Some("い")), (0x44, None)],
    );
}

#[test]
fn a_range_with_a_list_of_destinations() {
    text(
        "1 beginbfrange <05> <07> [<0041> <00660069> /uni53D6] <08> <08> <0042> endbfrange",
        &[(5, Some("A")), (6, Some("fi")), (7, Some("取")), (8, Some("B"))],
    );
}

#[test]
fn a_list_shorter_or_longer_than_its_range_gives_what_it_has() {
    text(
        "beginbfrange <01> <05> [<0041>] <07> <07> [<0042> <0043>] endbfrange",
        &[(1, Some("A")), (2, None), (7, Some("B")), (8, None)],
    );
}

#[test]
fn characters_outside_the_first_plane() {
    text(
        "beginbfchar <01> <D842DFB7> <02> <00020BB7> endbfchar beginbfrange <03> <04> <D842DFB7> endbfrange",
        &[(1, Some("𠮷")), (2, Some("𠮷")), (3, Some("𠮷")), (4, Some("𠮸"))],
    );
}

#[test]
fn a_destination_of_one_byte_is_one_of_the_first_256_characters() {
    text("beginbfchar <01> <41> endbfchar", &[(1, Some("A"))]);
}

#[test]
fn a_range_that_overflows_its_plane_ends_there() {
    text("beginbfrange <0000> <FFFF> <FFF0> endbfrange", &[(0, Some("\u{FFF0}")), (0x10, None), (0xFFFF, None)]);
}

#[test]
fn a_range_over_all_codes_costs_nothing() {
    text("beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange", &[(0x53D6, Some("取")), (u32::MAX, None)]);
}

#[test]
fn ranges_over_the_last_byte_of_the_destination_go_on() {
    text("beginbfrange <01> <03> <30FE> endbfrange", &[(2, Some("\u{30FF}")), (3, Some("\u{3100}"))]);
}

#[test]
fn junk_between_entries_is_passed_over() {
    text(
        "%!PS\n}) beginbfchar 12 <01> <0041> foo <02> endbfchar beginbfchar <03> <0043>",
        &[(1, Some("A")), (2, None), (3, Some("C"))],
    );
}

#[test]
fn lone_surrogates_and_empty_destinations_are_no_text() {
    text("beginbfchar <01> <D842> <02> <> <03> <0043> endbfchar", &[(1, None), (2, None), (3, Some("C"))]);
}

#[test]
fn a_later_entry_replaces_an_earlier_one() {
    text("beginbfchar <01> <0041> endbfchar beginbfchar <01> <0042> endbfchar", &[(1, Some("B"))]);
}

#[test]
fn codes_of_mixed_length_have_cids_of_their_own() {
    let cmap = CMap::parse(
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> def /WMode 1 def
          2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange
          1 begincidchar <41> 5 endcidchar
          1 begincidrange <8140> <817E> 633 endcidrange
          1 beginnotdefrange <00> <1F> 1 endnotdefrange",
    );
    cid(&cmap, &[(b"A", Some(5)), (b"\x81\x41", Some(634)), (b"\x10", Some(1)), (b"B", None), (b"\x90\x40", None)]);
    assert!(cmap.is_vertical());
    assert_eq!(cmap.collection(), Some(Collection::Japan1));
}

#[test]
fn an_embedded_cmap_builds_upon_a_predefined_one() {
    let cmap = CMap::parse(b"/90ms-RKSJ-V usecmap 1 begincidchar <82A0> 7 endcidchar");
    cid(&cmap, &[(b"\x82\xA0", Some(7)), (b"\x82\xA2", Some(845)), (b"A", Some(264))]);
    assert!(cmap.is_vertical());
    assert!(cmap.predefined_for(0x82A0, 2).is_none());
    assert!(cmap.predefined_for(0x82A2, 2).is_some());
}

#[test]
fn an_embedded_cmap_builds_upon_an_embedded_one() {
    let mut objects = Document::new();
    let base = Stream::new(dictionary! {}, b"1 begincidrange <0000> <00FF> 100 endcidrange".to_vec());
    let base = objects.add_object(base);
    let stream = Stream::new(dictionary! { "UseCMap" => base }, b"1 begincidchar <0001> 7 endcidchar".to_vec());
    let cmap = CMap::load(&objects, &Object::Stream(stream), 1000).unwrap();
    cid(&cmap, &[(b"\0\x01", Some(7)), (b"\0\x02", Some(102))]);
}

#[test]
fn a_loop_of_usecmap_ends() {
    let mut objects = Document::new();
    let id = objects.new_object_id();
    let stream = Stream::new(dictionary! { "UseCMap" => id }, b"1 begincidchar <0001> 7 endcidchar".to_vec());
    objects.set_object(id, stream);
    let cmap = CMap::load(&objects, &Object::Reference(id), 1000).unwrap();
    cid(&cmap, &[(b"\0\x01", Some(7)), (b"\0\x02", None)]);
}

#[test]
fn a_to_unicode_cmap_may_build_upon_the_table_of_a_collection() {
    text("/Adobe-Japan1-UCS2 usecmap beginbfchar <0001> <0041> endbfchar", &[(1, Some("A")), (843, Some("あ"))]);
}

#[test]
fn a_stream_larger_than_the_limit_is_no_cmap() {
    let stream = Stream::new(dictionary! {}, vec![b' '; 2000]);
    assert!(CMap::load(&Document::new(), &Object::Stream(stream), 1000).is_none());
}

#[track_caller]
fn predefined(name: &str, bytes: &[u8], expected_text: Option<&str>, expected_cid: Option<u32>) {
    let cmap = CMap::load(&Document::new(), &Object::Name(name.as_bytes().to_vec()), 0).unwrap();
    let (code, length) = cmap.code_space().next(bytes).unwrap();
    assert_eq!(usize::from(length), bytes.len(), "{name} {bytes:X?}");
    let text = cmap.predefined_for(code, length).and_then(|cmap| cmap.text(code, length));
    assert_eq!(text.map(|(text, _)| text).as_deref(), expected_text, "{name} {bytes:X?}");
    assert_eq!(cmap.cid(code, length), expected_cid, "{name} {bytes:X?}");
}

#[test]
fn predefined_cmaps_whose_codes_are_unicode() {
    predefined("UniJIS-UCS2-H", b"\x53\xD6", Some("取"), Some(2324));
    predefined("UniJIS-UCS2-HW-V", b"\x53\xD6", Some("取"), Some(2324));
    predefined("UniJIS-UTF16-H", b"\xD8\x42\xDF\xB7", Some("𠮷"), Some(13706));
    predefined("UniJIS2004-UTF16-V", b"\x53\xD6", Some("取"), Some(2324));
    predefined("UniJIS-UTF32-H", b"\x00\x02\x0B\xB7", Some("𠮷"), Some(13706));
    predefined("UniJIS-UTF8-H", "取".as_bytes(), Some("取"), Some(2324));
    predefined("UniJISX0213-UTF32-H", b"\x00\x00\x53\xD6", Some("取"), Some(2324));
    predefined("UniGB-UTF16-V", b"\x53\xD6", Some("取"), Some(3196));
}

#[test]
fn predefined_cmaps_of_shift_jis() {
    predefined("90ms-RKSJ-H", b"\x8E\xE6", Some("取"), Some(2324));
    predefined("90msp-RKSJ-V", b"A", Some("A"), Some(34));
    predefined("90ms-RKSJ-H", b"\xB1", Some("ｱ"), Some(343));
    predefined("90ms-RKSJ-H", b"\x87\x40", Some("①"), Some(7555));
    predefined("90ms-RKSJ-H", b"\xFA\xB1", Some("﨑"), Some(8443));
    predefined("90pv-RKSJ-H", b"\x87\x40", None, Some(8197));
    predefined("78-RKSJ-H", b"\x8E\xE6", Some("取"), Some(2324));
}

#[test]
fn shift_jis_5c_is_the_yen_sign_that_japanese_fonts_show() {
    predefined("90ms-RKSJ-H", b"\x5C", Some("¥"), Some(291));
}

#[test]
fn other_predefined_cmaps_leave_the_text_to_the_cid() {
    predefined("H", b"\x3C\x68", None, Some(2324));
    predefined("V", b"\x3C\x68", None, Some(2324));
    predefined("EUC-H", b"\xBC\xE8", None, Some(2324));
    predefined("EUC-H", b"\x8E\xB1", None, Some(343));
    predefined("GBK-EUC-H", b"\xC8\xA1", None, Some(3196));
    predefined("GBK2K-H", b"\x81\x30\x89\x37", None, None);
    predefined("ETen-B5-H", b"\xA8\xFA", None, Some(1375));
    predefined("KSCms-UHC-H", b"\xB0\xA1", None, Some(1086));
    predefined("Identity-V", b"\x12\x34", None, Some(0x1234));
}

#[test]
fn a_name_that_is_no_cmap_is_none() {
    assert!(CMap::load(&Document::new(), &Object::Name(b"WinAnsiEncoding".to_vec()), 0).is_none());
}

#[test]
fn texts_of_cids() {
    assert_eq!(Collection::Japan1.text(2324).as_deref(), Some("取"));
    assert_eq!(Collection::Gb1.text(3196).as_deref(), Some("取"));
    assert_eq!(Collection::Cns1.text(1375).as_deref(), Some("取"));
    assert_eq!(Collection::Korea1.text(1086).as_deref(), Some("가"));
    assert_eq!(Collection::Japan1.text(40_000), None);
}
