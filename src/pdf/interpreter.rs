//! Runs content streams (ISO 32000-2, 7.8.2 and annex A) and fills a [`Page`]. What one operator does to text, paths
//! and colours is in the files of those names; here is which operator does what, and the bounds on all of it.

mod font;
mod state;

use super::file::Pdf;
use super::lexer::{Lexer, Token, name_bytes};
use super::marked::{Mark, Marks};
use super::matrix::Matrix;
use super::named::Named;
use super::object::{dictionary, get, get_dict, resolve};
use super::operator::{ContentOperator, Operator, Painting, PathOperator, TextOperator};
use super::paint;
use super::path::Path;
use super::state::{Parameters, State};
use super::text::PageFont;
use super::{Page, inline_image};
use crate::geom::Rect;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where names of a content stream are looked up.
pub(super) type Resources<'d> = Option<&'d Dictionary>;

/// A page being read.
pub(super) struct Interpreter<'d> {
    pub(super) pdf: &'d Pdf,
    pub(super) objects: &'d Document,
    pub(super) page: Page,
    pub(super) state: State,
    pub(super) saved: Vec<State>,
    pub(super) fonts: Vec<PageFont<'d>>,
    pub(super) fonts_by_id: BTreeMap<u32, usize>,
    named_fonts: Named<'d, usize>,
    named_states: Named<'d, Parameters>,
    pub(super) marks: Marks,
    pub(super) path: Path,
    /// `W` or `W*` was given: the path becomes the clip when it is painted.
    clipping: bool,
    /// Around the glyphs that this text object shows in a mode that adds them to the clip.
    pub(super) text_clip: Option<Rect>,
    /// Forms that are being drawn, outermost first.
    pub(super) open_forms: Vec<ObjectId>,
    /// Decoded forms of this page, so that one drawn a thousand times inflates once.
    pub(super) forms: BTreeMap<ObjectId, Arc<Vec<u8>>>,
    operations_left: usize,
    pub(super) trouble: Trouble,
    pub(super) hidden_glyphs: usize,
    scratch: Vec<u8>,
}

/// What went wrong on the page, counted.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    /// Bad tokens and operators without their operands.
    pub(super) defects: usize,
    /// Operators that no edition of PDF knows.
    pub(super) unknown_operators: usize,
    /// Streams that could not be decoded.
    pub(super) undecoded_streams: usize,
    /// Forms inside themselves, or too deep.
    pub(super) form_loops: usize,
    /// Fonts, forms and images that the resources do not have.
    pub(super) missing_resources: usize,
    /// Whether the page was cut at a limit.
    pub(super) cut: bool,
}

/// How many operations are taken from the document's budget at a time.
const OPERATIONS_AT_ONCE: usize = 1024;

impl<'d> Interpreter<'d> {
    pub(super) fn new(pdf: &'d Pdf, page: Page, matrix: Matrix) -> Self {
        let bounds = Rect::new(0.0, 0.0, page.width, page.height);
        Self {
            pdf,
            objects: pdf.objects(),
            page,
            state: State::new(matrix, bounds),
            saved: Vec::new(),
            fonts: Vec::new(),
            fonts_by_id: BTreeMap::new(),
            named_fonts: Named::default(),
            named_states: Named::default(),
            marks: Marks::default(),
            path: Path::default(),
            clipping: false,
            text_clip: None,
            open_forms: Vec::new(),
            forms: BTreeMap::new(),
            operations_left: 0,
            trouble: Trouble::default(),
            hidden_glyphs: 0,
            scratch: Vec::new(),
        }
    }

    /// Counts one operator or glyph against the limits.
    pub(super) fn take_operation(&mut self) -> bool {
        if self.operations_left == 0 {
            let budget = self.pdf.budget();
            if !budget.has_room(self.page.marks()) || !budget.take_operations(OPERATIONS_AT_ONCE) {
                budget.exceed();
                self.trouble.cut = true;
                return false;
            }
            self.operations_left = OPERATIONS_AT_ONCE;
        }
        self.operations_left -= 1;
        true
    }

    /// Runs one content stream; what it leaves open is closed.
    pub(super) fn run(&mut self, content: &[u8], resources: Resources<'d>) {
        let (marks, saved) = (self.marks.depth(), self.saved.len());
        let mut lexer = Lexer::new(content);
        let mut operands = Vec::with_capacity(16);
        while let Some(operator) = lexer.operation(&mut operands) {
            if !self.take_operation() {
                break;
            }
            if matches!(operator, Operator::Content(ContentOperator::ImageData)) {
                inline_image::skip(&mut lexer, &operands);
            }
            self.operator(operator, &operands, resources, saved);
        }
        self.trouble.defects += lexer.skipped();
        self.marks.close_to(marks, &mut self.page);
        if let Some(state) = self.saved.get(saved).copied() {
            self.state = state;
            self.saved.truncate(saved);
        }
    }

    /// `floor` is how many states were saved before this stream began: it cannot restore those.
    fn operator(&mut self, operator: Operator, operands: &[Token<'_>], resources: Resources<'d>, floor: usize) {
        let has_operands = match operator {
            Operator::Text(operator) => self.text_operator(operator, operands, resources).is_some(),
            Operator::Path(operator) => self.path_operator(operator, operands).is_some(),
            Operator::Paint(painting) => {
                self.paint(painting);
                true
            }
            Operator::Color(operator) => {
                self.choose_color(operator, operands, resources);
                true
            }
            Operator::State(operator) => self.state_operator(operator, operands, resources, floor).is_some(),
            Operator::Content(operator) => self.content_operator(operator, operands, resources).is_some(),
            Operator::Idle => true,
            Operator::Unknown => {
                self.trouble.unknown_operators += 1;
                true
            }
        };
        self.trouble.defects += usize::from(!has_operands);
    }

    fn text_operator(
        &mut self,
        operator: TextOperator,
        operands: &[Token<'_>],
        resources: Resources<'d>,
    ) -> Option<()> {
        let text = &mut self.state.text;
        match operator {
            TextOperator::Begin => text.set_matrix(Matrix::IDENTITY),
            TextOperator::End => {
                if let Some(around) = self.text_clip.take() {
                    self.state.clip.narrow(&around);
                }
            }
            TextOperator::CharSpacing => [text.char_spacing] = last(operands)?,
            TextOperator::WordSpacing => [text.word_spacing] = last(operands)?,
            TextOperator::Scaling => text.scaling = last::<1>(operands)?[0] / 100.0,
            TextOperator::Leading => [text.leading] = last(operands)?,
            TextOperator::Rise => [text.rise] = last(operands)?,
            TextOperator::Mode => {
                let [mode] = last(operands)?;
                text.mode = if (0.0..8.0).contains(&mode) { mode as u8 } else { 0 };
            }
            TextOperator::Font => {
                [text.size] = last(operands)?;
                self.select_font(operands, resources)?;
            }
            TextOperator::NextLine => text.next_line(0.0, -text.leading),
            TextOperator::Move | TextOperator::MoveAndLead => {
                let [x, y] = last(operands)?;
                if operator == TextOperator::MoveAndLead {
                    text.leading = -y;
                }
                text.next_line(x, y);
            }
            TextOperator::Matrix => text.set_matrix(Matrix::new(last(operands)?)),
            TextOperator::Show => self.show_token(operands.last()?)?,
            TextOperator::ShowOnNextLine | TextOperator::SpaceAndShow => self.show_on_next_line(operator, operands)?,
            TextOperator::ShowList => self.show_list(operands),
        }
        Some(())
    }

    fn show_on_next_line(&mut self, operator: TextOperator, operands: &[Token<'_>]) -> Option<()> {
        let text = &mut self.state.text;
        if operator == TextOperator::SpaceAndShow
            && let [Token::Number(word_spacing), Token::Number(char_spacing), _] = operands
        {
            text.word_spacing = *word_spacing;
            text.char_spacing = *char_spacing;
        }
        text.next_line(0.0, -text.leading);
        self.show_token(operands.last()?)
    }

    fn show_list(&mut self, operands: &[Token<'_>]) {
        for token in operands {
            match token {
                Token::Number(amount) => self.kern(*amount),
                token => _ = self.show_token(token),
            }
        }
    }

    fn show_token(&mut self, token: &Token<'_>) -> Option<()> {
        let mut scratch = std::mem::take(&mut self.scratch);
        let shown = token.string_bytes(&mut scratch).map(|codes| self.show(codes));
        self.scratch = scratch;
        shown
    }

    /// The entry of a resource category, reference not followed.
    pub(super) fn find(&self, resources: Resources<'d>, category: &[u8], raw: &[u8]) -> Option<&'d Object> {
        get_dict(self.objects, resources?, category)?.get(&name_bytes(raw)).ok()
    }

    fn path_operator(&mut self, operator: PathOperator, operands: &[Token<'_>]) -> Option<()> {
        let ctm = &self.state.ctm;
        match operator {
            PathOperator::Move => {
                let [x, y] = last(operands)?;
                self.path.move_to(ctm, (x, y));
            }
            PathOperator::Line => {
                let [x, y] = last(operands)?;
                self.path.line_to(ctm, (x, y));
            }
            PathOperator::Curve => {
                let [ax, ay, bx, by, x, y] = last(operands)?;
                self.path.curve_to(ctm, &[(ax, ay), (bx, by)], (x, y));
            }
            PathOperator::ShortCurve => {
                let [ax, ay, x, y] = last(operands)?;
                self.path.curve_to(ctm, &[(ax, ay)], (x, y));
            }
            PathOperator::Rectangle => {
                let [x, y, width, height] = last(operands)?;
                self.path.rectangle(ctm, (x, y), (width, height));
            }
            PathOperator::Close => self.path.close(),
            PathOperator::Clip => self.clipping = true,
        }
        Some(())
    }

    fn paint(&mut self, Painting { closes, fills, strokes }: Painting) {
        if closes {
            self.path.close();
        }
        if !self.marks.is_hidden() {
            if let Some(rule) = fills {
                paint::fill(&mut self.page, &self.state, &self.path, rule);
            }
            if strokes {
                paint::stroke(&mut self.page, &self.state, &self.path);
            }
        }
        if std::mem::take(&mut self.clipping) {
            match self.path.bbox() {
                Some(bbox) => self.state.clip.narrow(&bbox),
                None => self.state.clip = super::state::Clip::Nothing,
            }
        }
        self.path.clear();
    }

    fn content_operator(
        &mut self,
        operator: ContentOperator,
        operands: &[Token<'_>],
        resources: Resources<'d>,
    ) -> Option<()> {
        match operator {
            ContentOperator::BeginMarked => self.marks.open(Mark::Plain),
            ContentOperator::BeginMarkedWithProperties => {
                let mark = self.mark(operands, resources);
                self.marks.open(mark);
            }
            ContentOperator::EndMarked => {
                let depth = self.marks.depth().saturating_sub(1);
                self.marks.close_to(depth, &mut self.page);
            }
            ContentOperator::Draw => {
                let [.., Token::Name(raw)] = operands else { return None };
                match self.find(resources, b"XObject", raw) {
                    Some(object) => self.external_object(object, resources),
                    None => self.trouble.missing_resources += 1,
                }
            }
            ContentOperator::ImageData => self.image(),
        }
        Some(())
    }

    fn mark(&self, operands: &[Token<'_>], resources: Resources<'d>) -> Mark {
        let tag = operands.first();
        if let [.., Token::Name(raw)] = operands {
            let Some(object) = self.find(resources, b"Properties", raw) else { return Mark::Plain };
            if tag == Some(&Token::Name(b"OC")) && !self.pdf.optional().shows(self.objects, object) {
                return Mark::Hidden;
            }
            let text = resolve(self.objects, object)
                .and_then(dictionary)
                .and_then(|dict| get(self.objects, dict, b"ActualText"))
                .and_then(|text| text.as_str().ok());
            return text.map_or(Mark::Plain, |bytes| self.actual(bytes));
        }
        let key = operands.iter().position(|token| *token == Token::Name(b"ActualText"));
        let mut scratch = Vec::new();
        key.and_then(|at| operands.get(at + 1))
            .and_then(|token| token.string_bytes(&mut scratch))
            .map_or(Mark::Plain, |bytes| self.actual(bytes))
    }

    fn actual(&self, bytes: &[u8]) -> Mark {
        Mark::Actual { text: super::object::text_string(bytes), first: self.page.glyphs.len() }
    }

    /// Records the box of an image: the unit square of user space (ISO 32000-2, 8.9.5).
    pub(super) fn image(&mut self) {
        let bbox = self.state.ctm.apply_to_box(0.0, 0.0, 1.0, 1.0);
        if !self.marks.is_hidden()
            && let Some(shown) = self.state.clip.cut(&bbox)
        {
            self.page.images.push(shown);
        }
    }
}

/// The last `N` operands, if they are numbers: surplus ones before them are passed over.
pub(super) fn last<const N: usize>(operands: &[Token<'_>]) -> Option<[f64; N]> {
    let mut values = [0.0; N];
    let tail = operands.get(operands.len().checked_sub(N)?..)?;
    for (value, token) in values.iter_mut().zip(tail) {
        let Token::Number(number) = token else { return None };
        *value = *number;
    }
    Some(values)
}
