//! The content stream interpreter: operators to glyphs, pictures and rules (ISO 32000-1 annex A).

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::Shared;
use super::marked::{self, Mark};
use super::paths::Path;
use super::state::{Glyph, State};
use crate::geometry::{Matrix, Rect};
use crate::lexer::{Lexer, Operand, Token};
use crate::page::{Artifact, CharStats, ImageBox, WarningKind};

/// Operands before one operator; more are junk (annex C gives 33 for `DeviceN`).
const MAX_OPERANDS: usize = 64;

/// Content bytes that weigh as much as one operator, so that empty forms are not free.
const BYTES_PER_OPERATOR: usize = 64;

/// Bytes of decoded forms that are kept for a page.
const FORM_CACHE: usize = 16 << 20;

/// What a page draws.
#[derive(Default)]
pub(crate) struct Drawn {
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) images: Vec<ImageBox>,
    pub(crate) rules: Vec<Rect>,
    pub(crate) stats: CharStats,
}

pub(crate) struct Interpreter<'s, 'a> {
    pub(super) shared: &'s mut Shared<'a>,
    pub(crate) warnings: Vec<WarningKind>,
    pub(super) drawn: Drawn,
    pub(super) page: Rect,
    pub(super) base: Matrix,
    pub(super) state: State<'a>,
    pub(super) saved: Vec<State<'a>>,
    pub(super) text_matrix: Matrix,
    pub(super) line_matrix: Matrix,
    pub(super) path: Path,
    pub(super) marks: Vec<Mark>,
    /// What the annotation that is being drawn is, if it stands over the text.
    pub(super) annotation: Option<Artifact>,
    pub(super) forms: HashMap<ObjectId, Rc<Vec<u8>>>,
    pub(super) running: Vec<ObjectId>,
    pub(super) depth: usize,
    pub(super) operators: usize,
    /// Glyphs that the page may have.
    pub(super) room: usize,
    /// Bytes of the forms that are kept.
    cached: usize,
    pub(super) shows: u32,
}

impl<'s, 'a> Interpreter<'s, 'a> {
    pub(crate) fn new(shared: &'s mut Shared<'a>, base: Matrix, page: Rect) -> Self {
        let path = Path::new(shared.limits.shapes_per_page);
        let operators = shared.limits.operators_per_page.min(shared.operators_left);
        let room = shared.limits.glyphs_per_page.min(shared.glyphs_left);
        Self {
            shared,
            warnings: Vec::new(),
            drawn: Drawn::default(),
            page,
            base,
            state: State::new(base),
            saved: Vec::new(),
            text_matrix: Matrix::IDENTITY,
            line_matrix: Matrix::IDENTITY,
            path,
            marks: Vec::new(),
            annotation: None,
            forms: HashMap::new(),
            running: Vec::new(),
            depth: 0,
            operators,
            room,
            cached: 0,
            shows: 0,
        }
    }

    /// Ends the marks that the content left open.
    pub(crate) fn close_marks(&mut self) {
        while !self.marks.is_empty() {
            self.end_mark();
        }
    }

    /// What was drawn.
    pub(crate) fn finish(mut self) -> Drawn {
        self.close_marks();
        self.drawn
    }

    /// Runs a form from a state of its own, as annotations are drawn (§12.5.5).
    pub(crate) fn appearance(
        &mut self,
        stream: &'a Stream,
        id: Option<ObjectId>,
        place: &Matrix,
        kind: Option<Artifact>,
    ) {
        self.saved.clear();
        self.marks.clear();
        self.state = State::new(place.then(&self.base));
        self.annotation = kind;
        self.form(stream, id, &self.shared.file.nothing);
        self.annotation = None;
    }

    pub(super) fn warn(&mut self, kind: WarningKind) {
        if !self.warnings.contains(&kind) {
            self.warnings.push(kind);
        }
    }

    /// Takes from the page's and the file's operators; false when the page must stop.
    fn charge(&mut self, cost: usize) -> bool {
        if self.operators < cost || self.drawn.glyphs.len() >= self.room {
            self.operators = 0;
            self.warn(WarningKind::PageLimit);
            return false;
        }
        self.operators -= cost;
        self.shared.operators_left = self.shared.operators_left.saturating_sub(cost);
        true
    }

    pub(crate) fn run(&mut self, content: &[u8], resources: &'a Dictionary) {
        if !self.charge(content.len() / BYTES_PER_OPERATOR) {
            return;
        }
        let nesting = self.shared.limits.nesting;
        let mut lexer = Lexer::new(content);
        let mut operands = Vec::new();
        while let Some(token) = lexer.token() {
            match token {
                Token::Keyword(b"BI") => {
                    let (dict, data) = lexer.inline_image();
                    self.inline_image(&dict, data);
                    operands.clear();
                }
                Token::Keyword(operator) => {
                    if !self.charge(1) {
                        return;
                    }
                    self.operator(operator, &operands, resources);
                    operands.clear();
                }
                token => {
                    if operands.len() < MAX_OPERANDS {
                        operands.extend(lexer.operand(token, nesting));
                    } else {
                        operands.clear();
                    }
                }
            }
        }
    }

    fn operator(&mut self, operator: &[u8], operands: &[Operand], resources: &'a Dictionary) {
        match operator {
            b"q" | b"Q" | b"cm" => self.graphics_operator(operator, operands),
            b"Do" => self.paint_object(operands, resources),
            b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" => {
                self.path_operator(operator, operands);
            }
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" => {
                self.paint_path(operator);
            }
            b"BMC" | b"BDC" => self.begin_mark(operands, resources),
            b"EMC" => self.end_mark(),
            b"gs" => self.external_state(operands, resources),
            b"g" | b"rg" | b"k" | b"cs" | b"sc" | b"scn" => self.fill_colour(operator, operands, resources),
            b"Tf" => self.set_font(operands, resources),
            _ => self.text_operator(operator, operands),
        }
    }

    fn graphics_operator(&mut self, operator: &[u8], operands: &[Operand]) {
        match operator {
            b"q" if self.saved.len() < self.shared.limits.nesting * 8 => {
                self.saved.push(self.state.clone());
            }
            b"Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(m) = numbers(operands) {
                    self.state.ctm = Matrix::new(m).then(&self.state.ctm);
                }
            }
            _ => {}
        }
    }

    fn path_operator(&mut self, operator: &[u8], operands: &[Operand]) {
        let ctm = self.state.ctm;
        match operator {
            b"m" => with(operands, |[x, y]| self.path.move_to(&ctm, x, y)),
            b"l" => with(operands, |[x, y]| self.path.line_to(&ctm, x, y)),
            b"c" => with(operands, |[_, _, _, _, x, y]| {
                self.path.curve_to(&ctm, x, y);
            }),
            b"v" | b"y" => with(operands, |[_, _, x, y]| self.path.curve_to(&ctm, x, y)),
            b"re" => with(operands, |r| self.path.rectangle(&ctm, r)),
            _ => self.path.close(),
        }
    }

    fn paint_path(&mut self, operator: &[u8]) {
        let stroke = matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*");
        if matches!(operator, b"s" | b"b" | b"b*") {
            self.path.close();
        }
        let rules = self.path.paint(operator != b"n", stroke);
        let room = self.shared.limits.shapes_per_page.saturating_sub(self.drawn.rules.len());
        if !self.hidden() {
            self.drawn.rules.extend(rules.into_iter().take(room));
        }
    }

    pub(super) fn hidden(&self) -> bool {
        self.marks.iter().any(|mark| mark.hidden)
    }

    fn begin_mark(&mut self, operands: &[Operand], resources: &'a Dictionary) {
        let mut mark = match operands.get(1) {
            None => Mark::default(),
            operand => marked::properties(self.shared.file, resources, operand, &self.shared.hidden_layers),
        };
        mark.first = self.drawn.glyphs.len();
        if operands.first().and_then(Operand::name) == Some(b"Artifact") {
            mark.artifact.get_or_insert(Artifact::Other);
        } else {
            mark.artifact = None;
        }
        if self.marks.len() < self.shared.limits.nesting * 8 {
            self.marks.push(mark);
        }
    }

    /// The artifact that is open, the outermost one of several; what an annotation shows counts as one.
    pub(super) fn artifact(&self) -> Option<Artifact> {
        self.annotation.or_else(|| self.marks.iter().find_map(|mark| mark.artifact))
    }

    /// The innermost open piece of the structure tree. Forms and annotations count pieces of their
    /// own (§14.7.4.4), which are not looked at.
    pub(super) fn mcid(&self) -> Option<u32> {
        if self.depth > 0 { None } else { self.marks.iter().rev().find_map(|mark| mark.mcid) }
    }

    fn end_mark(&mut self) {
        let Some(mark) = self.marks.pop() else { return };
        if let (Some(text), Some(glyphs)) = (mark.actual, self.drawn.glyphs.get_mut(mark.first..)) {
            marked::replace(glyphs, &text);
        }
    }

    fn paint_object(&mut self, operands: &[Operand], resources: &'a Dictionary) {
        let file = self.shared.file;
        let Some(name) = operands.first().and_then(Operand::name) else {
            return;
        };
        let Some(object) = file.dict(resources, b"XObject").and_then(|list| list.get(name).ok()) else {
            return;
        };
        let Some(Object::Stream(stream)) = file.resolve(object) else {
            return;
        };
        let id = object.as_reference().ok();
        match file.name(&stream.dict, b"Subtype") {
            Some(b"Image") => self.picture(stream, id),
            Some(b"Form") => self.form(stream, id, resources),
            _ => {}
        }
    }

    /// A form runs with a state of its own (§8.10.1); one that paints itself is left out.
    pub(crate) fn form(&mut self, stream: &'a Stream, id: Option<ObjectId>, resources: &'a Dictionary) {
        let looping = id.is_some_and(|id| self.running.contains(&id));
        if self.depth >= self.shared.limits.form_depth || looping {
            self.warn(WarningKind::FormDepth);
            return;
        }
        let file = self.shared.file;
        let layer = stream.dict.get(b"OC").and_then(Object::as_reference);
        if layer.is_ok_and(|id| self.shared.hidden_layers.contains(&id)) {
            return;
        }
        let Some(content) = self.form_content(stream, id) else {
            self.warn(WarningKind::ContentUnreadable);
            return;
        };
        let outer = (self.state.clone(), self.text_matrix, self.line_matrix);
        let saved = std::mem::take(&mut self.saved);
        if let Some(matrix) = file.numbers(&stream.dict, b"Matrix") {
            self.state.ctm = Matrix::new(matrix).then(&self.state.ctm);
        }
        self.depth += 1;
        self.running.extend(id);
        self.run(&content, file.dict(&stream.dict, b"Resources").unwrap_or(resources));
        self.depth -= 1;
        if id.is_some() {
            self.running.pop();
        }
        self.saved = saved;
        (self.state, self.text_matrix, self.line_matrix) = outer;
    }

    fn form_content(&mut self, stream: &'a Stream, id: Option<ObjectId>) -> Option<Rc<Vec<u8>>> {
        if let Some(known) = id.and_then(|id| self.forms.get(&id)) {
            return Some(known.clone());
        }
        let content = Rc::new(self.shared.file.decode(stream)?);
        self.cached += content.len();
        if let (Some(id), true) = (id, self.cached <= FORM_CACHE) {
            self.forms.insert(id, content.clone());
        }
        Some(content)
    }
}

pub(super) fn numbers<const N: usize>(operands: &[Operand]) -> Option<[f32; N]> {
    let mut out = [0.0; N];
    for (slot, operand) in out.iter_mut().zip(operands.get(..N)?) {
        *slot = operand.number()?;
    }
    Some(out)
}

pub(super) fn with<const N: usize>(operands: &[Operand], act: impl FnOnce([f32; N])) {
    if let Some(values) = numbers(operands) {
        act(values);
    }
}
