//! Diagnostics: doubtful content as data. The wording lives in the message files.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Code, Origin, Severity};

/// A value and what is doubtful about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosed<T> {
    /// The value.
    pub value: T,
    /// What the editor should know about it.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Diagnosed<T> {
    /// A value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }
}

/// One doubt, told by a code and what the code's sentence needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which sentence.
    pub code: Code,
    /// How grave; the code's own severity unless the stage knows better.
    pub severity: Severity,
    /// Where.
    pub location: Location,
    /// What goes into the sentence, by name.
    pub arguments: Vec<Argument>,
}

impl Diagnostic {
    /// A diagnostic with its code's usual severity.
    pub fn new(code: Code, location: impl Into<Location>) -> Self {
        Self { code, severity: code.severity(), location: location.into(), arguments: Vec::new() }
    }

    /// Adds a named argument of the sentence.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "literals and numbers are given as they are")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push(Argument { name: name.into(), value: value.to_string() });
        self
    }
}

/// A named argument of a diagnostic's sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// Its name in the message files.
    pub name: Cow<'static, str>,
    /// Its value, as it is shown.
    pub value: String,
}

/// A place in a file, with some of its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Where.
    pub origin: Origin,
    /// The text there, shortened.
    pub excerpt: Option<String>,
}

impl Location {
    /// Characters that an excerpt shows at most.
    const EXCERPT: usize = 40;

    /// A place and the beginning of its text.
    pub fn with_text(origin: &Origin, text: &str) -> Self {
        let mut excerpt: String = text.chars().take(Self::EXCERPT).collect();
        if text.chars().nth(Self::EXCERPT).is_some() {
            excerpt.push('…');
        }
        Self { origin: origin.clone(), excerpt: Some(excerpt) }
    }
}

impl From<Origin> for Location {
    fn from(origin: Origin) -> Self {
        Self { origin, excerpt: None }
    }
}

impl From<&Origin> for Location {
    fn from(origin: &Origin) -> Self {
        origin.clone().into()
    }
}
