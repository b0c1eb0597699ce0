//! Each stage on one thread, warm: `cargo bench -p jianbao-tests`.

use jianbao_model::{SourceDocument, Submission};
use jianbao_normalize::normalize;
use jianbao_pipeline::compose::{Numbered, compose};
use jianbao_pipeline::config::{Config, Layers};
use jianbao_publish::Pictures;
use jianbao_read::{Limits, read};
use jianbao_tests::{root, sample};

fn main() {
    divan::main();
}

/// A submission of about one page as Word file, and one as PDF.
const DOCX: &str = "inbox/区数据局/关于优化政务服务的信息（改）.docx";
const PDF: &str = "inbox/区住建委/摘报-杭州市城市更新专项规划获批.pdf";

fn config() -> Config {
    let text = std::fs::read_to_string(sample("jianbao.toml")).expect("a sample");
    Layers::new(Some(&text), &root().join("samples")).config().expect("the sample has no mistakes")
}

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(sample(path)).expect("a sample")
}

fn document(path: &str) -> SourceDocument {
    read(&bytes(path), path, &Limits::default()).expect("the sample is readable").value
}

#[divan::bench(args = [DOCX, PDF])]
fn read_one_page(bencher: divan::Bencher<'_, '_>, path: &str) {
    let bytes = bytes(path);
    bencher.bench(|| read(divan::black_box(&bytes), path, &Limits::default()));
}

#[divan::bench(args = [DOCX, PDF])]
fn normalize_one_page(bencher: divan::Bencher<'_, '_>, path: &str) {
    let (document, config) = (document(path), config());
    bencher.bench(|| normalize(divan::black_box(&document), None, &config.normalize));
}

#[divan::bench]
fn render_the_issue(bencher: divan::Bencher<'_, '_>) {
    let config = config();
    let items: Vec<_> = submissions(&config).into_iter().flat_map(|submission| submission.items).collect();
    let date = config.issue.date.expect("the sample has a date");
    let numbered = Numbered { number: 12, cumulative: Some(35), date, supplement: false };
    bencher.bench(|| {
        compose(divan::black_box(items.clone()), &Pictures::default(), numbered, &config).expect("an issue")
    });
}

/// What is readable in the sample inbox.
fn submissions(config: &Config) -> Vec<Submission> {
    let files = jianbao_pipeline::inbox::list(&[sample("inbox")]);
    let readable = files.iter().filter(|file| !file.ignored).filter_map(|file| {
        let bytes = std::fs::read(&file.path).ok()?;
        let read = read(&bytes, &file.shown, &Limits::default()).ok()?;
        Some(normalize(&read.value, file.folder.as_deref(), &config.normalize).value)
    });
    readable.collect()
}
