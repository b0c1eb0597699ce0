//! libFuzzer's entry for the target `docx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::docx(bytes));
