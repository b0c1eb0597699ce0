//! What a fuzzer once broke stays mended: every file of `regressions` is read again.

use std::fs;
use std::path::Path;

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions").join(target);
    let mut count = 0;
    for entry in fs::read_dir(&folder).expect("the folder is part of the project") {
        let path = entry.expect("the folder can be read").path();
        run(&fs::read(&path).expect("the file can be read"));
        count += 1;
    }
    assert!(count > 0, "no file in {}", folder.display());
}

#[test]
fn docx() {
    replay("docx", jianbao_fuzz::docx);
}

#[test]
fn doc() {
    replay("doc", jianbao_fuzz::doc);
}

#[test]
fn pdf() {
    replay("pdf", jianbao_fuzz::pdf);
}

#[test]
fn rtf() {
    replay("rtf", jianbao_fuzz::rtf);
}
