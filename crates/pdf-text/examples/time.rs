//! Pages per second of one thread: `time FILE…`; each file is read for about a second.

use std::time::{Duration, Instant};

use jianbao_pdf_text::{Limits, extract};

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        let begin = Instant::now();
        let mut pages = 0;
        while begin.elapsed() < Duration::from_secs(1) {
            let Ok(document) = extract(&bytes, &Limits::default()) else {
                break;
            };
            pages += document.pages.len();
        }
        println!("{path}: {:.0} pages/s", pages as f64 / begin.elapsed().as_secs_f64());
    }
}
