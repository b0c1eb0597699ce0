//! Why a file cannot be a template.

use jianbao_model::{Code, Diagnostic, Origin};

use crate::RenderError;

/// Why a file cannot be a template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Not a zip container, or a damaged one.
    #[error("not a .docx file")]
    Container(#[from] zip::result::ZipError),
    /// More parts, or larger ones, than a template may have.
    #[error("the file is larger inside than a template may be")]
    Large,
    /// A part is missing, no text, or has a document type.
    #[error("part {0} cannot be read")]
    Part(String),
    /// A part is no XML, or its elements lie too deep.
    #[error(transparent)]
    Xml(#[from] RenderError),
    /// Not the kind of document that Word saves as .docx by default (ECMA-376 part 4, transitional).
    #[error("not a Word document of the usual kind")]
    Foreign,
    /// The file holds macros; a .docx file must not.
    #[error("the file holds macros")]
    Macros,
    /// No placeholder says where the text goes.
    #[error("no placeholder for the text")]
    NoBody,
    /// The placeholder of the text is not alone in its paragraph, or stands in a header or footer.
    #[error("the placeholder for the text is not alone in its paragraph: {text}")]
    Mixed {
        /// The paragraph.
        text: String,
    },
}

impl TemplateError {
    /// The same with a code, for the editor.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Macros => Diagnostic::new(Code::TemplateMacros, Origin::File),
            Self::NoBody | Self::Mixed { .. } => {
                let told = Diagnostic::new(Code::TemplateNoBody, Origin::File);
                let text = if let Self::Mixed { text } = self { text.as_str() } else { "" };
                told.with("mixed", if text.is_empty() { "no" } else { "yes" }).with("text", text)
            }
            other => Diagnostic::new(Code::TemplateUnreadable, Origin::File).with("what", other.cause()),
        }
    }

    /// The cause as a key of the message files, or the part that is to blame.
    fn cause(&self) -> &str {
        match self {
            Self::Container(_) => "no-container",
            Self::Large => "too-large-inside",
            Self::Part(part) => part,
            Self::Xml(_) => "damaged-xml",
            _ => "foreign-document",
        }
    }
}
