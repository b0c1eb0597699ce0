//! libFuzzer's entry for the target `doc`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianbao_fuzz::doc(bytes));
