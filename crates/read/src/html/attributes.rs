//! Counts the attributes of a tag that has not ended: the tokenizer compares each with all
//! others, so that a tag of a million would take hours.

/// Attributes that a tag may have.
pub(super) const ATTRIBUTES: usize = 10_000;

/// A scan of a tag, from its `<` on (HTML 13.2.5.32 to 13.2.5.39).
#[derive(Debug, Default)]
pub(super) struct Scan {
    state: State,
    count: usize,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Begin,
    /// After `<`.
    Open,
    Names,
    /// After `=`.
    Value,
    Quoted(char),
    Unquoted,
    /// A comment or a declaration, which has no attributes.
    NoTag,
}

impl Scan {
    /// Goes on through a piece; says how many attributes there are so far at most.
    pub(super) fn add(&mut self, piece: &str) -> usize {
        for character in piece.chars() {
            if matches!(self.state, State::NoTag) {
                return 0;
            }
            let is_space = character.is_ascii_whitespace();
            self.state = match (self.state, character) {
                (State::Begin, '<') | (State::Open, '/') => State::Open,
                (State::Open, letter) if letter.is_ascii_alphabetic() => State::Names,
                (State::Names, '=') => State::Value,
                (State::Value, quote @ ('"' | '\'')) => State::Quoted(quote),
                (State::Value, _) if is_space => State::Value,
                (State::Value, _) => State::Unquoted,
                (State::Quoted(open), close) if open == close => State::Names,
                (State::Unquoted, _) if is_space => State::Names,
                (State::Begin | State::Open, _) => State::NoTag,
                (state, _) => state,
            };
            // Each attribute but the first comes after one of these.
            let separates = is_space || matches!(character, '/' | '"' | '\'');
            self.count += usize::from(separates && matches!(self.state, State::Names));
        }
        self.count
    }
}
