//! What a caller may say about one file, beyond the limits that hold for all.

use std::fmt;

use jianbao_model::SourceId;

use crate::Limits;

/// How a file is read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Bounds on the work.
    pub limits: Limits,
    /// The password that opens the file; files without one are read all the same.
    pub password: Option<Password>,
    /// The identity of the bytes where the caller has hashed them already; it is not computed again then.
    pub identity: Option<SourceId>,
}

/// A password. It has no way into logs, reports and messages: it cannot be shown or serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The characters, for the reader that opens the file and for the pipe to a process that does.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Password {
    fn from(password: String) -> Self {
        Self(password)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let options = ReadOptions { password: Some("123456".to_owned().into()), ..ReadOptions::default() };
        assert!(!format!("{options:?}").contains("123456"));
    }
}
