//! Takes a word of a content stream, gives the operator that it is (ISO 32000-2, annex A), sorted by what it acts upon.
//! What an operator does is left to the interpreter.

use super::paint::FillRule;

/// An operator of a content stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Text(TextOperator),
    Path(PathOperator),
    Paint(Painting),
    Color(ColorOperator),
    State(StateOperator),
    Content(ContentOperator),
    /// One that changes nothing about where text and lines are.
    Idle,
    /// A word that is no operator.
    Unknown,
}

/// Operators of text objects (9.4) and of the text state (9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextOperator {
    Begin,
    End,
    CharSpacing,
    WordSpacing,
    Scaling,
    Leading,
    Rise,
    Mode,
    Font,
    /// `T*`
    NextLine,
    /// `Td`
    Move,
    /// `TD`
    MoveAndLead,
    Matrix,
    Show,
    /// `'`
    ShowOnNextLine,
    /// `"`
    SpaceAndShow,
    /// `TJ`
    ShowList,
}

/// Operators that make a path (8.5.2) or clip by it (8.5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathOperator {
    Move,
    Line,
    /// With both control points.
    Curve,
    /// `v` and `y`: one control point is an end.
    ShortCurve,
    Rectangle,
    Close,
    Clip,
}

/// What an operator does with the path that is there (8.5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Painting {
    pub(super) closes: bool,
    pub(super) fills: Option<FillRule>,
    pub(super) strokes: bool,
}

/// An operator that chooses the colour of strokes or of everything else (8.6.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColorOperator {
    pub(super) strokes: bool,
    pub(super) choice: ColorChoice,
}

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColorChoice {
    /// A colour in one of the device spaces.
    Gray,
    Rgb,
    Cmyk,
    /// A space, by name.
    Space,
    /// A colour in the space chosen before.
    Color,
}

/// Operators of the graphics state (8.4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StateOperator {
    Save,
    Restore,
    Concatenate,
    LineWidth,
    LineCap,
    /// `gs`
    Parameters,
}

/// Operators of marked content (14.6) and what draws something from elsewhere (8.8 to 8.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentOperator {
    BeginMarked,
    BeginMarkedWithProperties,
    EndMarked,
    Draw,
    /// `ID`, after which the bytes of an image follow.
    ImageData,
}

/// The operator of each letter alone, and after a `T`.
static OF_ONE_LETTER: [Operator; 256] = table(false);
static OF_TEXT: [Operator; 256] = table(true);

const fn table(text: bool) -> [Operator; 256] {
    let mut operators = [Operator::Unknown; 256];
    let mut letter = 0;
    while letter < operators.len() {
        let byte = letter as u8;
        operators[letter] = if text { Operator::of_text(byte) } else { Operator::of_one_letter(byte) };
        letter += 1;
    }
    operators
}

impl Operator {
    #[inline]
    pub(super) fn read(word: &[u8]) -> Self {
        match word {
            [one] => OF_ONE_LETTER[usize::from(*one)],
            [b'T', letter] => OF_TEXT[usize::from(*letter)],
            longer => Self::of_letters(longer),
        }
    }

    fn of_letters(word: &[u8]) -> Self {
        match word {
            [first, second] => Self::of_two_letters(*first, *second),
            b"BMC" => Self::Content(ContentOperator::BeginMarked),
            b"BDC" => Self::Content(ContentOperator::BeginMarkedWithProperties),
            b"EMC" => Self::Content(ContentOperator::EndMarked),
            b"scn" => Self::color(false, ColorChoice::Color),
            b"SCN" => Self::color(true, ColorChoice::Color),
            _ => Self::Unknown,
        }
    }

    const fn of_one_letter(letter: u8) -> Self {
        const PLAIN: Painting = Painting { closes: false, fills: None, strokes: false };
        const NON_ZERO: Option<FillRule> = Some(FillRule::NonZero);
        match letter {
            b'q' => Self::State(StateOperator::Save),
            b'Q' => Self::State(StateOperator::Restore),
            b'w' => Self::State(StateOperator::LineWidth),
            b'J' => Self::State(StateOperator::LineCap),
            b'm' => Self::Path(PathOperator::Move),
            b'l' => Self::Path(PathOperator::Line),
            b'c' => Self::Path(PathOperator::Curve),
            b'v' | b'y' => Self::Path(PathOperator::ShortCurve),
            b'h' => Self::Path(PathOperator::Close),
            b'W' => Self::Path(PathOperator::Clip),
            b'n' => Self::Paint(PLAIN),
            b'S' => Self::Paint(Painting { strokes: true, ..PLAIN }),
            b's' => Self::Paint(Painting { closes: true, strokes: true, ..PLAIN }),
            b'f' | b'F' => Self::Paint(Painting { fills: NON_ZERO, ..PLAIN }),
            b'B' => Self::Paint(Painting { fills: NON_ZERO, strokes: true, ..PLAIN }),
            b'b' => Self::Paint(Painting { closes: true, fills: NON_ZERO, strokes: true }),
            b'g' => Self::color(false, ColorChoice::Gray),
            b'G' => Self::color(true, ColorChoice::Gray),
            b'k' => Self::color(false, ColorChoice::Cmyk),
            b'K' => Self::color(true, ColorChoice::Cmyk),
            b'\'' => Self::Text(TextOperator::ShowOnNextLine),
            b'"' => Self::Text(TextOperator::SpaceAndShow),
            b'j' | b'M' | b'd' | b'i' => Self::Idle,
            _ => Self::Unknown,
        }
    }

    const fn of_text(letter: u8) -> Self {
        Self::Text(match letter {
            b'c' => TextOperator::CharSpacing,
            b'w' => TextOperator::WordSpacing,
            b'z' => TextOperator::Scaling,
            b'L' => TextOperator::Leading,
            b's' => TextOperator::Rise,
            b'r' => TextOperator::Mode,
            b'f' => TextOperator::Font,
            b'*' => TextOperator::NextLine,
            b'd' => TextOperator::Move,
            b'D' => TextOperator::MoveAndLead,
            b'm' => TextOperator::Matrix,
            b'j' => TextOperator::Show,
            b'J' => TextOperator::ShowList,
            _ => return Self::Unknown,
        })
    }

    fn of_two_letters(first: u8, second: u8) -> Self {
        const EVEN_ODD: Option<FillRule> = Some(FillRule::EvenOdd);
        match (first, second) {
            (b'B', b'T') => Self::Text(TextOperator::Begin),
            (b'E', b'T') => Self::Text(TextOperator::End),
            (b'r', b'e') => Self::Path(PathOperator::Rectangle),
            (b'W', b'*') => Self::Path(PathOperator::Clip),
            (b'f', b'*') => Self::Paint(Painting { closes: false, fills: EVEN_ODD, strokes: false }),
            (b'B', b'*') => Self::Paint(Painting { closes: false, fills: EVEN_ODD, strokes: true }),
            (b'b', b'*') => Self::Paint(Painting { closes: true, fills: EVEN_ODD, strokes: true }),
            (b'r', b'g') => Self::color(false, ColorChoice::Rgb),
            (b'R', b'G') => Self::color(true, ColorChoice::Rgb),
            (b'c', b's') => Self::color(false, ColorChoice::Space),
            (b'C', b'S') => Self::color(true, ColorChoice::Space),
            (b's', b'c') => Self::color(false, ColorChoice::Color),
            (b'S', b'C') => Self::color(true, ColorChoice::Color),
            (b'c', b'm') => Self::State(StateOperator::Concatenate),
            (b'g', b's') => Self::State(StateOperator::Parameters),
            (b'D', b'o') => Self::Content(ContentOperator::Draw),
            (b'I', b'D') => Self::Content(ContentOperator::ImageData),
            (b'B', b'I' | b'X') | (b'E', b'I' | b'X') | (b'd', b'0' | b'1') | (b'D' | b'M', b'P') => Self::Idle,
            (b'r', b'i') | (b's', b'h') => Self::Idle,
            _ => Self::Unknown,
        }
    }

    const fn color(strokes: bool, choice: ColorChoice) -> Self {
        Self::Color(ColorOperator { strokes, choice })
    }

    /// Whether it is an operator of the specification.
    #[inline]
    pub(super) fn is_known(self) -> bool {
        !matches!(self, Self::Unknown)
    }

    /// Longest operator that a run-together word such as `Q0.5` or `ETq` begins with, where the rest can go on as
    /// tokens: it and its length.
    pub(super) fn prefix(word: &[u8]) -> Option<(Self, usize)> {
        (1..=word.len().min(3)).rev().find_map(|length| {
            let (head, tail) = word.split_at(length);
            let begins_number = tail.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
            let operator = Self::read(head);
            let parts = operator.is_known() && (begins_number || Self::read(tail).is_known());
            parts.then_some((operator, length))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Operator;

    #[test]
    fn all_operators_of_the_specification_are_known() {
        let words = "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M \
            MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"";
        assert!(words.split_whitespace().all(|word| Operator::read(word.as_bytes()).is_known()));
        for word in ["", "a", "T", "Tx", "x*", "BD", "bdc", "BTET"] {
            assert!(!Operator::read(word.as_bytes()).is_known(), "{word}");
        }
    }
}
