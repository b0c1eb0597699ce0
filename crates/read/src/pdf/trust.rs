//! How far the text of a page can be trusted: fonts that tell no characters, scans, layers of OCR.

use jianbao_model::{Code, Diagnostic, DropReason, Dropped, Severity};
use jianbao_pdf_text as pdf;

use super::{origin, page_origin};
use crate::ReadError;
use crate::text::is_common_han;

/// Share of characters without Unicode value from which on a file needs a look, in per cent.
const UNTRUSTED: usize = 30;

/// Share from which on a page is no text, in per cent.
const GARBAGE: usize = 50;

/// Share of usual characters below which a layer of OCR is wrong, in per cent: of the wrong language,
/// or of another document.
const PLAUSIBLE: usize = 40;

/// Share of a page that its pictures cover when it is a scan.
const SCAN: f32 = 0.5;

/// What was taken off the pages, and what is told of them.
pub(super) struct Judged {
    pub(super) told: Vec<Diagnostic>,
    pub(super) dropped: Vec<Dropped>,
}

/// Leaves on the pages only what can be read. Nothing that can be is an error.
pub(super) fn judge(read: &mut pdf::Document) -> Result<Judged, ReadError> {
    let mut judged = Judged { told: Vec::new(), dropped: Vec::new() };
    let scanned = layers(read, &mut judged);
    if !read.pages.is_empty() && scanned.len() == read.pages.len() {
        return Err(ReadError::Scanned { pages: u32::try_from(read.pages.len()).unwrap_or(u32::MAX) });
    }
    for page in scanned {
        let is_told = judged.told.iter().any(|told| told.location.origin == page_origin(page));
        if !is_told {
            judged.told.push(Diagnostic::new(Code::ScannedPages, page_origin(page)).with("page", page));
        }
    }
    undecodable(read, &mut judged)?;
    Ok(judged)
}

/// Takes layers of OCR as text where they are plausible; gives the pages that stay pictures.
fn layers(read: &mut pdf::Document, judged: &mut Judged) -> Vec<usize> {
    let only_images = |warning: &&pdf::Warning| warning.kind == pdf::WarningKind::OnlyImages;
    let mut scanned: Vec<usize> = read.warnings.iter().filter(only_images).filter_map(|w| w.page).collect();
    for page in read.pages.iter_mut().filter(|page| is_scan_with_layer(page)) {
        let share = usual_share(page);
        let code = if share >= PLAUSIBLE { Code::OcrLayer } else { Code::BadOcrLayer };
        let told = Diagnostic::new(code, page_origin(page.number));
        judged.told.push(told.with("page", page.number).with("share", share));
        if share >= PLAUSIBLE {
            page.lines.iter_mut().for_each(|line| line.invisible = false);
        } else {
            scanned.push(page.number);
        }
    }
    scanned.sort_unstable();
    scanned
}

/// Only invisible text (ISO 32000-1 §9.3.6, mode 3), below or above a picture of the page or where one
/// was taken out.
fn is_scan_with_layer(page: &pdf::Page) -> bool {
    let area = |bounds: &pdf::Rect| bounds.width() * bounds.height();
    let covered: f32 = page.images.iter().map(|image| area(&image.bounds)).sum();
    !page.lines.is_empty()
        && page.lines.iter().all(|line| line.invisible)
        && (page.images.is_empty() || covered >= SCAN * page.width * page.height)
}

/// Share of characters that writing is made of, in per cent.
fn usual_share(page: &pdf::Page) -> usize {
    let (mut usual, mut total) = (0, 0);
    for line in &page.lines {
        let text = line.text();
        for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
            // Single letters between signs are what wrong recognition makes of strokes.
            usual += if word.len() > 2 { word.len() } else { 0 };
        }
        usual += text.chars().filter(|c| is_usual(*c)).count();
        total += text.chars().filter(|c| !c.is_whitespace()).count();
    }
    (usual * 100).checked_div(total).unwrap_or(0)
}

/// Digits, punctuation and the 3,755 Han characters of the first level of GB 2312.
fn is_usual(c: char) -> bool {
    c.is_ascii_digit() || "，。、；：！？（）《》“”‘’—…·%.,:;()-".contains(c) || is_common_han(c)
}

/// Pages of which most characters have no Unicode value are told and left out: they are no text.
fn undecodable(read: &mut pdf::Document, judged: &mut Judged) -> Result<(), ReadError> {
    let (count, total) = counts(&read.pages);
    let all = read.pages.iter().filter(|page| !page.lines.is_empty());
    if total > 0 && all.clone().next().is_some() && all.clone().all(is_garbage) {
        return Err(ReadError::Undecodable { count, share: share(count, total) });
    }
    for page in read.pages.iter_mut().filter(|page| is_garbage(page)) {
        let (count, total) = counts(std::slice::from_ref(page));
        judged.told.push(told(page.number, count, total));
        for line in page.lines.drain(..) {
            let origin = origin(page.number, &line.bounds);
            judged.dropped.push(Dropped { reason: DropReason::Undecodable, text: line.text(), origin });
        }
    }
    let rest: Vec<&pdf::Page> = read.pages.iter().filter(|page| !is_garbage(page)).collect();
    let count: usize = rest.iter().map(|page| doubtful(page)).sum();
    if let Some(first) = rest.iter().find(|page| doubtful(page) > 0) {
        judged.told.push(told(first.number, count, rest.iter().map(|page| page.stats.total).sum()));
    }
    Ok(())
}

fn told(page: usize, count: usize, total: usize) -> Diagnostic {
    let share = share(count, total);
    let mut told =
        Diagnostic::new(Code::Undecodable, page_origin(page)).with("count", count).with("share", share);
    if share >= UNTRUSTED {
        told.severity = Severity::Error;
    }
    told
}

fn doubtful(page: &pdf::Page) -> usize {
    page.stats.undecodable + page.stats.private_use
}

fn is_garbage(page: &pdf::Page) -> bool {
    let count = doubtful(page);
    count > 0 && share(count, page.stats.total) > GARBAGE
}

fn counts(pages: &[pdf::Page]) -> (usize, usize) {
    pages.iter().fold((0, 0), |(count, total), page| (count + doubtful(page), total + page.stats.total))
}

/// In per cent, rounded up: one character of a thousand is not none.
fn share(count: usize, total: usize) -> usize {
    (count * 100).div_ceil(total.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_characters_are_those_of_writing() {
        assert!("关于做好工作的通知，2025。".chars().all(is_usual));
        assert!("龘齉﹍¡¢□\u{E000}".chars().all(|c| !is_usual(c)));
    }
}
