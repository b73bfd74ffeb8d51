//! A whole file.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wrapped::read(data));
