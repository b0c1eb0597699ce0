//! Pages of a file: resources, boxes and rotation, then the content through the interpreter.

mod annotations;
mod colour;
mod interpreter;
mod marked;
mod paths;
mod pictures;
mod state;
mod structure;
mod text;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use crate::font::Font;
use crate::geometry::{Matrix, Rect};
use crate::layout;
use crate::objects::File;
use crate::page::{CharStats, Document, Page, Tag, Warning, WarningKind};
use crate::{Error, Limit, Limits};
use interpreter::Interpreter;
pub(crate) use state::Glyph;

/// What is shared by all pages of a file.
pub(crate) struct Shared<'a> {
    pub(crate) file: &'a File,
    pub(crate) limits: &'a Limits,
    fonts: HashMap<*const Dictionary, Rc<Font<'a>>>,
    pictures: HashMap<ObjectId, pictures::Stored>,
    pub(crate) hidden_layers: HashSet<ObjectId>,
    pub(crate) operators_left: usize,
    pub(crate) glyphs_left: usize,
}

impl<'a> Shared<'a> {
    /// Stands for a font that the resources do not name: what it shows is counted, not left out.
    pub(crate) fn missing_font(&mut self) -> Rc<Font<'a>> {
        let none = &self.file.nothing;
        self.fonts.entry(none).or_insert_with(|| Rc::new(Font::missing(self.file))).clone()
    }

    /// A font by the place of its dictionary in the file, which tells direct ones too.
    pub(crate) fn font(&mut self, object: &'a Object) -> Option<Rc<Font<'a>>> {
        let dict = self.file.resolve(object)?.as_dict().ok()?;
        let font = self.fonts.entry(dict).or_insert_with(|| Rc::new(Font::read(self.file, dict)));
        Some(font.clone())
    }

    /// A picture's bytes as stored; one that is drawn often is hashed once.
    fn stored(&mut self, stream: &Stream, id: Option<ObjectId>) -> pictures::Stored {
        let Some(id) = id else { return pictures::measure(&stream.content) };
        *self.pictures.entry(id).or_insert_with(|| pictures::measure(&stream.content))
    }
}

/// Reads all pages.
pub(crate) fn read_pages(file: &File, limits: &Limits) -> Result<Document, Error> {
    let mut shared = Shared {
        file,
        limits,
        fonts: HashMap::new(),
        pictures: HashMap::new(),
        hidden_layers: hidden_layers(file),
        operators_left: limits.operators,
        glyphs_left: limits.glyphs,
    };
    let mut out = Document::default();
    if file.rebuilt {
        out.warnings.push(Warning { page: None, kind: WarningKind::Rebuilt });
    }
    let tags = structure::read(file);
    for (at, id) in file.pages.iter().enumerate() {
        let Some(dict) = file.doc.objects.get(id).and_then(|o| o.as_dict().ok()) else {
            continue;
        };
        let tag = |number| tags.get(&(*id, number)).copied();
        let (page, kinds) = read_page(&mut shared, dict, at + 1, &tag);
        out.warnings.extend(kinds.into_iter().map(|kind| Warning { page: Some(at + 1), kind }));
        out.pages.push(page);
        if shared.glyphs_left == 0 {
            return Err(Error::LimitExceeded { what: Limit::Glyphs, limit: limits.glyphs });
        }
        if file.exhausted() {
            let (what, limit) = (Limit::DecodedBytes, limits.decoded_bytes);
            return Err(Error::LimitExceeded { what, limit });
        }
    }
    Ok(out)
}

fn read_page<'a>(
    shared: &mut Shared<'a>,
    dict: &'a Dictionary,
    number: usize,
    tag: &dyn Fn(u32) -> Option<Tag>,
) -> (Page, Vec<WarningKind>) {
    let file = shared.file;
    let (width, height, base) = placement(file, dict);
    let content = page_content(file, dict, shared.limits.stream_bytes);
    let resources = file
        .inherited(dict, b"Resources")
        .and_then(|node| file.dict(node, b"Resources"))
        .unwrap_or(&file.nothing);
    let mut interpreter = Interpreter::new(shared, base, Rect { x0: 0.0, y0: 0.0, x1: width, y1: height });
    interpreter.run(&content.bytes, resources);
    interpreter.close_marks();
    annotations::draw(&mut interpreter, file, dict);
    let mut warnings = std::mem::take(&mut interpreter.warnings);
    let drawn = interpreter.finish();
    shared.glyphs_left = shared.glyphs_left.saturating_sub(drawn.glyphs.len());
    let (lines, stats) = layout::arrange(drawn.glyphs, drawn.stats, &drawn.rules, tag);
    let page = Page { number, width, height, lines, images: drawn.images, rules: drawn.rules, stats };
    if !content.complete {
        warnings.push(WarningKind::ContentUnreadable);
    }
    if file.take_oversized() || content.cut {
        warnings.push(WarningKind::StreamLimit);
    }
    warnings.extend(doubts(&page.stats, !page.images.is_empty()));
    (page, warnings)
}

fn doubts(stats: &CharStats, images: bool) -> Vec<WarningKind> {
    let mut out = Vec::new();
    if stats.undecodable > 0 {
        out.push(WarningKind::Undecodable);
    }
    if stats.total == 0 && images {
        out.push(WarningKind::OnlyImages);
    }
    out
}

/// What the content streams of a page hold.
struct Content {
    bytes: Vec<u8>,
    /// All streams could be decoded.
    complete: bool,
    /// There was more than a page may have.
    cut: bool,
}

/// All content streams as one, since a token may end at the end of a stream (§7.8.2).
fn page_content(file: &File, dict: &Dictionary, limit: usize) -> Content {
    let streams: Vec<&Object> = match file.get(dict, b"Contents") {
        Some(Object::Array(list)) => list.iter().collect(),
        Some(single) => vec![single],
        None => Vec::new(),
    };
    let complete = !streams.is_empty() || !dict.has(b"Contents");
    let mut out = Content { bytes: Vec::new(), complete, cut: false };
    for object in streams {
        let stream = file.resolve(object).and_then(|o| o.as_stream().ok());
        let Some(data) = stream.and_then(|s| file.decode(s)) else {
            // One that is too large is told by itself.
            out.cut |= file.take_oversized();
            out.complete &= out.cut;
            continue;
        };
        if out.bytes.len() + data.len() > limit {
            out.cut = true;
            break;
        }
        if out.bytes.is_empty() {
            out.bytes = data;
        } else {
            out.bytes.push(b'\n');
            out.bytes.extend_from_slice(&data);
        }
    }
    out
}

/// Width, height and the map from user space to an upright page with its origin at the top left.
fn placement(file: &File, dict: &Dictionary) -> (f32, f32, Matrix) {
    const A4: Rect = Rect { x0: 0.0, y0: 0.0, x1: 595.0, y1: 842.0 };
    let inherited = |key: &[u8]| file.inherited(dict, key).and_then(|node| file.rect(node, key));
    let media = inherited(b"MediaBox").unwrap_or(A4);
    let page = inherited(b"CropBox").map_or(media, |crop| intersect(&crop, &media));
    let turn = file
        .inherited(dict, b"Rotate")
        .and_then(|node| file.number(node, b"Rotate"))
        .map_or(0, |r| (r as i64).rem_euclid(360) / 90);
    let (w, h) = (page.width(), page.height());
    let (x0, y0, x1, y1) = (page.x0, page.y0, page.x1, page.y1);
    match turn {
        1 => (h, w, Matrix::new([0.0, 1.0, 1.0, 0.0, -y0, -x0])),
        2 => (w, h, Matrix::new([-1.0, 0.0, 0.0, 1.0, x1, -y0])),
        3 => (h, w, Matrix::new([0.0, -1.0, -1.0, 0.0, y1, x1])),
        _ => (w, h, Matrix::new([1.0, 0.0, 0.0, -1.0, -x0, y1])),
    }
}

fn intersect(a: &Rect, b: &Rect) -> Rect {
    let both = Rect { x0: a.x0.max(b.x0), y0: a.y0.max(b.y0), x1: a.x1.min(b.x1), y1: a.y1.min(b.y1) };
    if both.width() > 0.0 && both.height() > 0.0 { both } else { *b }
}

/// Layers that the default configuration switches off (§8.11.4.3).
fn hidden_layers(file: &File) -> HashSet<ObjectId> {
    let off = (|| {
        let properties = file.dict(file.doc.catalog().ok()?, b"OCProperties")?;
        file.array(file.dict(properties, b"D")?, b"OFF")
    })();
    off.unwrap_or_default().iter().filter_map(|o| o.as_reference().ok()).collect()
}
