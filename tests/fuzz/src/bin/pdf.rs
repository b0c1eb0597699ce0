//! libFuzzer's entry for the target `pdf`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::pdf(bytes));
