//! Destinations (RTF 1.9.1, appendix B): what becomes of the text of a group by its first word.

use super::lists::Part;
use crate::word::content::NoteKind;

/// What a destination is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Its text is part of the story around it.
    Transparent,
    /// Nothing of it is text of the document.
    Skip,
    Fonts,
    Lists,
    ListPart(Part),
    ListText,
    Field,
    FieldCode,
    FieldResult,
    Note(NoteKind),
    Header,
    Footer,
    Comment,
    TextBox,
    /// A shape, whose properties may hold a picture or the text of a WordArt.
    Shape,
    PropertyName,
    PropertyValue,
    Picture,
    Object,
    Formula,
    /// What older programs show instead of what is read here.
    Fallback,
    /// An entry for an index or a table of contents: never shown at its place.
    IndexEntry,
    /// The Unicode form of what stood before it in the code page.
    Unicode,
    /// The address of a template.
    Template,
}

/// The role of a destination; `None` when the word is no destination that is known.
pub(super) fn role(word: &str) -> Option<Role> {
    let role = match word {
        "rtf" | "urtf" | "shppict" | "shpinst" | "shpgrp" | "result" | "nesttableprops" | "moMath"
        | "moMathPara" | "do" | "sp" => Role::Transparent,
        "upr" => Role::Skip,
        "ud" => Role::Unicode,
        "fonttbl" => Role::Fonts,
        "listtable" | "listoverridetable" => Role::Lists,
        "list" => Role::ListPart(Part::List),
        "listlevel" => Role::ListPart(Part::Level),
        "leveltext" => Role::ListPart(Part::LevelText),
        "listoverride" => Role::ListPart(Part::Override),
        "lfolevel" => Role::ListPart(Part::OverrideLevel),
        "listtext" | "pntext" => Role::ListText,
        "field" => Role::Field,
        "fldinst" => Role::FieldCode,
        "fldrslt" => Role::FieldResult,
        "footnote" => Role::Note(NoteKind::Footnote),
        "header" | "headerl" | "headerr" | "headerf" => Role::Header,
        "footer" | "footerl" | "footerr" | "footerf" => Role::Footer,
        "annotation" => Role::Comment,
        "shptxt" | "dptxbxtext" => Role::TextBox,
        "shp" => Role::Shape,
        "sn" => Role::PropertyName,
        "sv" => Role::PropertyValue,
        "pict" => Role::Picture,
        "object" => Role::Object,
        "mmath" => Role::Formula,
        "shprslt" => Role::Fallback,
        "xe" | "tc" | "tcn" => Role::IndexEntry,
        "template" => Role::Template,
        // Properties of formulas: `\mfPr`, `\mctrlPr`.
        _ if word.starts_with('m') && word.ends_with("Pr") => Role::Skip,
        _ if is_skipped(word) => Role::Skip,
        _ => return None,
    };
    Some(role)
}

/// Settings, metadata and other programs' data: nothing that Word shows in the text.
fn is_skipped(word: &str) -> bool {
    matches!(
        word,
        "abilist"
            | "aftncn"
            | "aftnsep"
            | "aftnsepc"
            | "annotationblank"
            | "atnauthor"
            | "atndate"
            | "atnicn"
            | "atnid"
            | "atnparent"
            | "atnref"
            | "atntime"
            | "atrfend"
            | "atrfstart"
            | "author"
            | "background"
            | "bkmkend"
            | "bkmkstart"
            | "blipuid"
            | "bookfold"
            | "buptim"
            | "category"
            | "colorschememapping"
            | "colortbl"
            | "comment"
            | "company"
            | "creatim"
            | "datafield"
            | "datastore"
            | "defchp"
            | "defpap"
            | "doccomm"
            | "docfmt"
            | "docvar"
            | "ebcend"
            | "ebcstart"
            | "expandedcolortbl"
            | "factoidname"
            | "falt"
            | "ffdeftext"
            | "ffentrymcr"
            | "ffexitmcr"
            | "ffformat"
            | "ffhelptext"
            | "ffl"
            | "ffname"
            | "ffstattext"
            | "file"
            | "filetbl"
            | "fldpriv"
            | "fchars"
            | "fldtitle"
            | "fldtype"
            | "fname"
            | "fontemb"
            | "fontfile"
            | "formfield"
            | "ftncn"
            | "ftnsep"
            | "ftnsepc"
            | "generator"
            | "gridtbl"
            | "hlfr"
            | "hlinkbase"
            | "hlloc"
            | "hlsrc"
            | "hsv"
            | "htmltag"
            | "hyphen"
            | "info"
            | "keycode"
            | "keywords"
            | "latentstyles"
            | "lchars"
            | "levelmarker"
            | "levelnumbers"
            | "linkstyles"
            | "linkval"
            | "listname"
            | "listpicture"
            | "liststylename"
            | "listtag"
            | "lsdlockedexcept"
            | "mailmerge"
            | "manager"
            | "mhtmltag"
            | "mmathPict"
            | "mmathPr"
            | "mvfmf"
            | "mvfml"
            | "mvtof"
            | "mvtol"
            | "nextfile"
            | "nonesttables"
            | "nonshppict"
            | "objalias"
            | "objclass"
            | "objdata"
            | "objname"
            | "objsect"
            | "objtime"
            | "oldcprops"
            | "oldpprops"
            | "oldsprops"
            | "oldtprops"
            | "operator"
            | "panose"
            | "password"
            | "passwordhash"
            | "pgd"
            | "pgdsc"
            | "pgdscno"
            | "pgdscnos"
            | "pgdsctbl"
            | "pgptbl"
            | "picprop"
            | "pn"
            | "pnseclvl"
            | "pntxta"
            | "pntxtb"
            | "printim"
            | "private"
            | "propgroup"
            | "propgrp"
            | "propinst"
            | "propname"
            | "proptype"
            | "protend"
            | "protstart"
            | "protusertbl"
            | "pxe"
            | "revtbl"
            | "revtim"
            | "rsidtbl"
            | "rxe"
            | "saveprevpict"
            | "staticval"
            | "stylesheet"
            | "subject"
            | "svb"
            | "tablerev"
            | "themedata"
            | "title"
            | "txe"
            | "userprops"
            | "vern"
            | "version"
            | "wgrffmtfilter"
            | "windowcaption"
            | "writereservation"
            | "writereservhash"
            | "xform"
            | "xmlattrname"
            | "xmlattrvalue"
            | "xmlname"
            | "xmlnstbl"
            | "xn"
    )
}
