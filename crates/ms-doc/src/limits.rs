//! What a file may cost: every bound that a reader of untrusted bytes needs, in one value.

/// Bounds on the work that one file can cause. Reaching one is an [`Error`](crate::Error), not a
/// shortened document: half a submission must not look like a whole one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all streams read and of all text decoded, together.
    pub decoded_bytes: usize,
    /// How many times the text of all pieces may be larger than the `WordDocument` stream:
    /// pieces may overlap, so a small file can claim endless text.
    pub piece_factor: usize,
    /// Paragraphs of all stories together.
    pub paragraphs: usize,
    /// Runs of all stories together.
    pub runs: usize,
    /// Tables inside tables. What is nested deeper is read as if it were at this depth.
    pub table_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { decoded_bytes: 64 << 20, piece_factor: 4, paragraphs: 200_000, runs: 600_000, table_depth: 32 }
    }
}

/// What is left of [`Limits::decoded_bytes`].
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
    limit: usize,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { left: limits.decoded_bytes, limit: limits.decoded_bytes }
    }

    /// Takes `bytes` from what is left.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), crate::Error> {
        self.left = self
            .left
            .checked_sub(bytes)
            .ok_or(crate::Error::LimitExceeded { what: "decoded bytes", limit: self.limit })?;
        Ok(())
    }
}
