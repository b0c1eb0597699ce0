//! A PDF's bytes to positioned text lines.
