//! Items to diagnostics, one rule per file.
