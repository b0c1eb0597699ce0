//! A file's bytes to a source document: one folder a format.
