//! Properties of runs, paragraphs and cells, as far as they say what is shown.

/// Run properties (ECMA-376 §17.3.2); what is not stated is inherited.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RunProperties {
    pub(crate) style: Option<String>,
    pub(crate) bold: Option<bool>,
    pub(crate) vanish: Option<bool>,
    /// Half-points.
    pub(crate) size: Option<u16>,
    /// The East Asian face; a leading `+` names a face of the theme.
    pub(crate) font: Option<String>,
    /// The face of other scripts, which tells symbols.
    pub(crate) latin: Option<String>,
}

/// What became of a paragraph mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mark {
    #[default]
    Shown,
    /// Deleted or moved away under revision.
    Deleted,
}

/// Paragraph properties (ECMA-376 §17.3.1); what is not stated is inherited.
#[derive(Clone, Debug, Default)]
pub(crate) struct ParagraphProperties {
    pub(crate) style: Option<String>,
    pub(crate) justification: Option<String>,
    /// 0 to 9; 9 is body text.
    pub(crate) outline: Option<i32>,
    /// List of the automatic number; 0 takes an inherited one away.
    pub(crate) list: Option<i32>,
    pub(crate) level: Option<i32>,
    /// The number as the writer of the file saw it, where the format keeps it.
    pub(crate) list_text: Option<String>,
    pub(crate) breaks_before: Option<bool>,
    pub(crate) mark: Mark,
    /// Formatting of the paragraph mark.
    pub(crate) mark_format: RunProperties,
    /// It ends a section whose successor begins on a new page.
    pub(crate) ends_page: bool,
}

/// Cell properties (ECMA-376 §17.4.69).
#[derive(Clone, Debug, Default)]
pub(crate) struct CellProperties {
    /// Columns of the grid.
    pub(crate) span: usize,
    /// Goes on with the cell above.
    pub(crate) is_continued: bool,
    pub(crate) is_deleted: bool,
}

/// Word's tables have at most 63 columns.
pub(crate) const COLUMNS: usize = 63;
