//! The reader's order of work: container, FIB, text, then each story into the document.

use crate::anchors::{self, Attached};
use crate::art::Drawn;
use crate::container::Container;
use crate::document::{Block, Comment, Document, Margin, Note, Pages, RunKind, TextBox};
use crate::error::{Encryption, Error, OtherKind, Warning};
use crate::fib::{Fib, Part, Story};
use crate::limits::{Budget, Limits};
use crate::numbers;
use crate::pieces::Pieces;
use crate::sections::Counting;
use crate::source::Source;
use crate::story::{Anchor, Reader, trimmed};
use std::ops::Range;

/// Reads a Word document.
///
/// # Errors
/// When the bytes are no Word document, are encrypted, are damaged so far that no text can be
/// trusted, or cost more than `limits` allow. Everything less is a [`Warning`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let mut budget = Budget::new(limits);
    let container = match Container::open(bytes, &mut budget) {
        Err(Error::NotCompoundFile) => return Err(not_compound(bytes)),
        other => other?,
    };
    let mut warnings = Vec::new();
    refuse_protected(&container)?;
    if container.has_anywhere("_VBA_PROJECT") {
        warnings.push(Warning::Macros);
    }
    let stream = container.stream("WordDocument", &mut budget, &mut warnings)?;
    let Some(stream) = stream else {
        return Err(not_word(&container));
    };
    let fib = Fib::parse(&stream)?;
    if fib.is_encrypted() && (fib.is_old() || fib.is_obfuscated()) {
        return Err(Error::Encrypted(Encryption::Xor));
    }
    if fib.is_old() {
        return crate::old::read(&fib, &stream, limits, &mut budget, warnings);
    }
    let table = container.stream(fib.table_stream(), &mut budget, &mut warnings)?;
    // Hand-made files without formatting have no table; a missing `Clx` is found later.
    let table = table.unwrap_or_default();
    if fib.is_encrypted() {
        return Err(Error::Encrypted(encryption(&table)));
    }
    let data = container.stream("Data", &mut budget, &mut warnings)?.unwrap_or_default();
    let text = Pieces::read(&fib, &stream, &table, limits, &mut budget, &mut warnings)?;
    let source = Source::new(&fib, &stream, &table, &data, text);
    let mut document = assemble(&fib, &source, limits)?;
    warnings.append(&mut document.warnings);
    Ok(Document { warnings, version: fib.version, ..document })
}

/// Word 1 and 2 (and Word 6 without a container) begin with their own magic.
fn not_compound(bytes: &[u8]) -> Error {
    match crate::bytes::u16_at(bytes, 0) {
        Some(magic @ (0xA59B | 0xA59C | 0xA5DB | 0xA5DC | 0xA5EC | 0xBE31 | 0xBE32)) => {
            Error::TooOld { magic }
        }
        _ => Error::NotCompoundFile,
    }
}

fn refuse_protected(container: &Container<'_>) -> Result<(), Error> {
    let is_managed = container.has("\u{9}DRMContent")
        || container.has_anywhere("DRMEncryptedTransform")
        || container.has_anywhere("DRMEncryptedDataSpace");
    if is_managed {
        return Err(Error::Encrypted(Encryption::Irm));
    }
    if container.has("EncryptedPackage") {
        return Err(Error::Encrypted(Encryption::Package));
    }
    Ok(())
}

fn not_word(container: &Container<'_>) -> Error {
    if container.has("MatOST") {
        return Error::Works;
    }
    let mut streams: Vec<String> = container.root_names().map(str::to_owned).collect();
    streams.sort_unstable();
    let kinds = [
        ("Workbook", OtherKind::Excel),
        ("Book", OtherKind::Excel),
        ("PowerPoint Document", OtherKind::PowerPoint),
        ("VisioDocument", OtherKind::Visio),
        ("__properties_version1.0", OtherKind::Outlook),
        ("Quill", OtherKind::Publisher),
    ];
    let kind = kinds.into_iter().find(|(name, _)| container.has(name));
    Error::NotWord { kind: kind.map_or(OtherKind::Unknown, |(_, kind)| kind), streams }
}

/// The encryption header's version is at the start of the table stream (MS-DOC 2.2.6.2).
fn encryption(table: &[u8]) -> Encryption {
    match crate::bytes::u32_at(table, 0) {
        Some(0x0001_0001) => Encryption::Rc4,
        _ => Encryption::CryptoApi,
    }
}

fn assemble(fib: &Fib<'_>, source: &Source<'_>, limits: &Limits) -> Result<Document, Error> {
    let available = source.text.units.len() as u32;
    let story = |story| fib.story(story, available);
    let part = |part| fib.slice(source.table, part);
    let attached = |references, texts, place: Story| {
        let range = story(place);
        let is_comment = place == Story::Comments;
        let mut found = anchors::attached(part(references), part(texts), range.start, is_comment);
        found.retain_mut(|one| clamp(&mut one.text, &range));
        found
    };
    let footnotes = attached(Part::PlcffndRef, Part::PlcffndTxt, Story::Footnotes);
    let endnotes = attached(Part::PlcfendRef, Part::PlcfendTxt, Story::Endnotes);
    let comments = attached(Part::PlcfandRef, Part::PlcfandTxt, Story::Comments);
    let footnote_marks = marks(&footnotes, source, source.sections.footnotes);
    let endnote_marks = marks(&endnotes, source, source.sections.endnotes);

    let mut reader = Reader::new(source, limits);
    for (index, one) in comments.iter().enumerate() {
        reader.anchors.insert(one.at, Anchor::Comment(index));
    }
    for (index, (one, mark)) in footnotes.iter().zip(&footnote_marks).enumerate() {
        reader.anchors.insert(one.at, Anchor::Footnote(index, mark.clone()));
    }
    for (index, (one, mark)) in endnotes.iter().zip(&endnote_marks).enumerate() {
        reader.anchors.insert(one.at, Anchor::Endnote(index, mark.clone()));
    }
    let drawing = part(Part::DggInfo);
    let boxes = story(Story::TextBoxes);
    let texts = part(Part::PlcftxbxTxt);
    let anchored = anchors::text_boxes(texts, part(Part::PlcSpaMom), drawing, boxes.start);
    let lost = place_boxes(&mut reader, anchored, 0, &boxes);
    reader.drawn = anchors::drawn(part(Part::PlcSpaMom), drawing);

    let mut document = Document { body: reader.story(story(Story::Main))?, ..Document::default() };
    document.body.extend(leftover_boxes(&mut reader, lost)?);
    document.footnotes = notes(&mut reader, &footnotes, footnote_marks)?;
    document.endnotes = notes(&mut reader, &endnotes, endnote_marks)?;
    let authors = anchors::authors(part(Part::GrpXstAtnOwners));
    for one in &comments {
        let author = authors.get(usize::from(one.author)).cloned();
        let blocks = reader.story(one.text.clone())?;
        document.comments.push(Comment { at: one.at, author, blocks });
    }
    read_margins(&mut reader, fib, &mut document)?;
    document.pictures = reader.pictures.list;
    document.warnings = reader.warnings;
    Ok(document)
}

/// Keeps a range inside its story; false when nothing is left.
fn clamp(range: &mut Range<u32>, story: &Range<u32>) -> bool {
    *range = range.start.max(story.start)..range.end.min(story.end);
    range.start < range.end
}

/// Automatic marks are counted, as if deleted ones were gone; one that the author wrote is a
/// character of the text.
fn marks(notes: &[Attached], source: &Source<'_>, counting: Counting) -> Vec<String> {
    let mut next = counting.start;
    let mark = |note: &Attached| {
        // Deletion is no matter of styles.
        if source.character(note.at, 0).0.deleted {
            return String::new();
        }
        if !note.is_automatic && source.unit(note.at).is_some_and(|unit| unit >= 0x20) {
            return String::new();
        }
        let mark = numbers::format(next, counting.format);
        next = next.saturating_add(1);
        mark
    };
    notes.iter().map(mark).collect()
}

fn notes(reader: &mut Reader<'_, '_>, found: &[Attached], marks: Vec<String>) -> Result<Vec<Note>, Error> {
    let mut notes = Vec::new();
    for (one, mark) in found.iter().zip(marks) {
        let mut blocks = reader.story(one.text.clone())?;
        trim_start(&mut blocks);
        notes.push(Note { at: one.at, mark, blocks });
    }
    Ok(notes)
}

/// The note's text begins with its mark and a space.
fn trim_start(blocks: &mut [Block]) {
    let Some(Block::Paragraph(paragraph)) = blocks.first_mut() else {
        return;
    };
    let Some(run) = paragraph.runs.iter_mut().find(|run| run.kind == RunKind::Shown) else {
        return;
    };
    let trimmed = run.text.trim_start_matches([' ', '\t', '\u{a0}']).len();
    run.text.drain(..run.text.len() - trimmed);
}

/// Gives the reader the text boxes with an anchor and returns those without.
fn place_boxes(
    reader: &mut Reader<'_, '_>,
    boxes: Vec<anchors::Anchored>,
    base: u32,
    story: &Range<u32>,
) -> Vec<anchors::Anchored> {
    let mut lost = Vec::new();
    for mut one in boxes {
        if !clamp(&mut one.text, story) {
            continue;
        }
        match one.at {
            Some(at) => reader.boxes.entry(base.saturating_add(at)).or_default().push(one),
            None => lost.push(one),
        }
    }
    lost
}

/// Text boxes and WordArt without an anchor, or whose anchor was not met, after all else: never lost.
fn leftover_boxes(reader: &mut Reader<'_, '_>, lost: Vec<anchors::Anchored>) -> Result<Vec<Block>, Error> {
    let mut left: Vec<anchors::Anchored> =
        std::mem::take(&mut reader.boxes).into_values().flatten().chain(lost).collect();
    left.sort_by_key(|one| one.text.start);
    let mut blocks = Vec::new();
    for one in left {
        let text_box = TextBox { anchor: None, blocks: trimmed(reader.story(one.text)?) };
        if !text_box.blocks.is_empty() {
            blocks.push(Block::TextBox(text_box));
        }
    }
    let mut drawn: Vec<_> = std::mem::take(&mut reader.drawn).into_iter().collect();
    drawn.sort_by_key(|&(at, _)| at);
    for drawn in drawn.into_iter().flat_map(|(_, drawn)| drawn) {
        if let Drawn::Text(text) = drawn {
            blocks.push(Block::TextBox(reader.word_art(text, None)));
        }
    }
    Ok(blocks)
}

/// Headers and footers (MS-DOC 2.3.3): six separators, then six stories for each section.
fn read_margins(reader: &mut Reader<'_, '_>, fib: &Fib<'_>, document: &mut Document) -> Result<(), Error> {
    let source = reader.source;
    let available = source.text.units.len() as u32;
    let story = fib.story(Story::Headers, available);
    let boxes = fib.story(Story::HeaderTextBoxes, available);
    let part = |part| fib.slice(source.table, part);
    let texts = part(Part::PlcfHdrtxbxTxt);
    let drawing = part(Part::DggInfo);
    let anchored = anchors::text_boxes(texts, part(Part::PlcSpaHdr), drawing, boxes.start);
    let lost = place_boxes(reader, anchored, story.start, &boxes);
    let drawn = anchors::drawn(part(Part::PlcSpaHdr), drawing).into_iter();
    reader.drawn = drawn.map(|(at, drawn)| (story.start.saturating_add(at), drawn)).collect();
    // Main-text anchors have other positions than those of the headers.
    let bounds = anchors::positions(part(Part::PlcfHdd), 0);
    // The last position is not a story's (MS-DOC 2.8.28).
    let stories = bounds.len().saturating_sub(2);
    for (index, pair) in bounds.windows(2).enumerate().take(stories).skip(6) {
        let &[start, end] = pair else { continue };
        // The last character of each story is a guard mark that is not shown.
        let end = story.start.saturating_add(end.saturating_sub(1));
        let mut range = story.start.saturating_add(start)..end;
        if !clamp(&mut range, &story) {
            continue;
        }
        let pages = match index % 6 {
            0 | 2 => Pages::Even,
            1 | 3 => Pages::Default,
            _ => Pages::First,
        };
        let margin = Margin { section: index / 6 - 1, pages, blocks: trimmed(reader.story(range)?) };
        if margin.blocks.is_empty() {
            continue;
        }
        let is_header = matches!(index % 6, 0 | 1 | 4);
        if is_header { &mut document.headers } else { &mut document.footers }.push(margin);
    }
    let blocks = leftover_boxes(reader, lost)?;
    if !blocks.is_empty() {
        let pages = Pages::Default;
        document.headers.push(Margin { section: 0, pages, blocks });
        reader.warnings.push(Warning::PartUnreadable { what: "header text box anchors" });
    }
    Ok(())
}
