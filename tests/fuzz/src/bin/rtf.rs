//! libFuzzer's entry for the target `rtf`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::rtf(bytes));
