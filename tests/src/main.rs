//! The binary `jianbao`, built for the suites of this package; and, for the suite of the worker processes,
//! workers that misbehave where a file tells them to, and a batch that is read by such workers.

use std::process::ExitCode;

use jianbao_tests::mock;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    match words.get(1).map(String::as_str) {
        Some(mock::WORKER) => mock::serve(),
        Some(mock::BATCH) => mock::print_batch(words.get(2).map(String::as_str).unwrap_or_default()),
        _ => jianbao_cli::main(),
    }
}
