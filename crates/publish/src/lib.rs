//! Items and a plan to an issue, and the issue to a DOCX.
