//! Prints what the crate reads of a PDF: `dump [--plain] FILE [PASSWORD]`.

use jianbao_pdf_text::{Document, Limits, extract_with_password};

fn main() -> std::process::ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let plain = arguments.first().is_some_and(|a| a == "--plain");
    if plain {
        arguments.remove(0);
    }
    let Some(path) = arguments.first() else {
        eprintln!("usage: dump [--plain] FILE [PASSWORD]");
        return std::process::ExitCode::from(2);
    };
    let password = arguments.get(1).map_or("", String::as_str);
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return std::process::ExitCode::from(2);
        }
    };
    match extract_with_password(&bytes, password, &Limits::default()) {
        Ok(document) => print(&document, plain),
        Err(error) => {
            println!("error: {error:?}");
            return std::process::ExitCode::from(1);
        }
    }
    std::process::ExitCode::SUCCESS
}

fn print(document: &Document, plain: bool) {
    for page in &document.pages {
        if !plain {
            println!(
                "== page {} {}x{} images {} rules {} {:?}",
                page.number,
                page.width,
                page.height,
                page.images.len(),
                page.rules.len(),
                page.stats
            );
        }
        for line in &page.lines {
            if plain {
                println!("{}", line.text());
                continue;
            }
            let b = line.bounds;
            let (font, size) = line.spans.first().map_or(("", 0.0), |s| (s.font.as_str(), s.size));
            let marks =
                [(line.vertical, "V"), (line.invisible, "I"), (line.spans.iter().any(|s| s.bold), "B")];
            let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, m)| *m).collect();
            println!(
                "{:6.1} {:6.1} {:6.1} {:6.1} {font} {size:.1} {marks}| {}",
                b.x0,
                b.y0,
                b.x1,
                b.y1,
                line.text()
            );
        }
    }
    if !plain {
        println!("== warnings {:?}", document.warnings);
    }
}
