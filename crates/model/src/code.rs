//! The register of diagnostic codes: a letter for the stage, three digits, a slug; never reused.

use serde::{Deserialize, Serialize};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// What was taken or changed, for the record.
    Note,
    /// Doubtful: look at it.
    Warning,
    /// Something could not be taken.
    Error,
}

impl Severity {
    /// The name used in the JSON contract and on the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The stage that gives a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// `R`
    Read,
    /// `N`
    Normalize,
    /// `C`
    Check,
    /// `A`
    Assemble,
    /// `P`
    Publish,
    /// `J`
    Job,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $slug:literal, $severity:ident;)*) => {
        /// A diagnostic code. The doc comment says when it is given; the sentences are in the
        /// message files under the code's number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in the order of the register.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Letter and digits, e.g. `R101`.
            pub fn number(self) -> &'static str {
                match self { $(Self::$variant => $number,)* }
            }

            /// English slug, e.g. `empty-file`.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug,)* }
            }

            /// The severity that the code has unless the stage knows better.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The file has no bytes.
    EmptyFile = "R101", "empty-file", Error;
    /// The content is of no format that Jianbao reads (Excel, OFD, pictures …).
    ForeignFormat = "R102", "foreign-format", Error;
    /// The content cannot be told.
    UnknownFormat = "R103", "unknown-format", Error;
    /// The name ends otherwise than the content is; read by the content.
    WrongExtension = "R104", "wrong-extension", Warning;
    /// The file ends before its structure does: half copied.
    Truncated = "R105", "truncated", Error;
    /// The file is encrypted or has a password.
    Encrypted = "R106", "encrypted", Error;
    /// The structure is damaged.
    Damaged = "R107", "damaged", Error;
    /// A limit of the reader was passed.
    LimitExceeded = "R108", "limit-exceeded", Error;
    /// Pages hold pictures only: a scan.
    Scanned = "R109", "scanned", Error;
    /// The file was read, but there is no text in it.
    NoText = "R110", "no-text", Error;
    /// Some characters have no Unicode value.
    Undecodable = "R111", "undecodable-text", Warning;
    /// An element that the reader does not know; its text was kept.
    UnknownElement = "R112", "unknown-element", Warning;
    /// Some pages hold pictures only.
    ScannedPages = "R113", "scanned-pages", Warning;
    /// A part of the file could not be read and is missing.
    PartMissing = "R114", "part-missing", Warning;
    /// An external reference was not followed.
    ExternalReference = "R115", "external-reference", Note;
    /// The file was written by Word 95 or older.
    OldWord = "R116", "old-word", Warning;
    /// The reader panicked; a fault of the program.
    ReaderPanic = "R117", "reader-panic", Error;
    /// Bytes outside the encoding were replaced.
    BadEncoding = "R118", "bad-encoding", Warning;
    /// A text format that has no reader yet.
    UnsupportedFormat = "R119", "unsupported-format", Error;
    /// The file could not be opened or read from the disk.
    Unreadable = "R120", "unreadable", Error;
    /// Something in the text has no text form (formula, chart, embedded object).
    NotText = "R121", "not-text", Warning;
    /// A character of a symbol font that has no known sign.
    UnknownSymbol = "R122", "unknown-symbol", Warning;
    /// The file keeps an automatic number that differs from what its lists count.
    NumberDiffers = "R123", "number-differs", Warning;
    /// The file holds macros, which are neither run nor kept.
    Macros = "R124", "macros", Note;
    /// The password that was given does not open the file.
    WrongPassword = "R125", "wrong-password", Error;
    /// A page has no visible text; it was taken from the invisible layer that OCR leaves.
    OcrLayer = "R126", "ocr-layer", Warning;
    /// A page has no visible text, and its layer of OCR is no writing; it was not taken.
    BadOcrLayer = "R127", "bad-ocr-layer", Warning;
    /// The structure was damaged and was rebuilt from what was found; a warning when the end is missing.
    Rebuilt = "R128", "rebuilt", Note;
    /// The worker process that read the file died.
    WorkerCrashed = "R129", "worker-crashed", Error;
    /// The worker process was stopped since the file took too long.
    OverTime = "R130", "over-time", Error;
    /// The worker process had no memory left for the file.
    OverMemory = "R131", "over-memory", Error;
    /// What the worker process answered is no result of this file.
    WorkerGarbage = "R132", "worker-garbage", Error;

    /// The title was taken from the first sentence.
    TitleRunIn = "N101", "title-run-in", Note;
    /// The title was taken from a line of its own by its look.
    TitleOwnLine = "N102", "title-own-line", Note;
    /// Several lines were joined to one title.
    TitleJoined = "N103", "title-joined", Note;
    /// No title in the text; taken from the file name.
    TitleFromFileName = "N104", "title-from-file-name", Warning;
    /// No title could be found.
    TitleMissing = "N105", "title-missing", Warning;
    /// The contributor is as in the closing brackets.
    ContributorAlias = "N201", "contributor-alias", Note;
    /// The contributor was taken from signature, header or folder.
    ContributorGuessed = "N202", "contributor-guessed", Warning;
    /// The attribution names no registered unit.
    ContributorUnknown = "N203", "contributor-unknown", Warning;
    /// No contributor could be found.
    ContributorMissing = "N204", "contributor-missing", Warning;
    /// The attribution differs from the unit's folder.
    ContributorDiffers = "N205", "contributor-differs", Note;
    /// The section was chosen by this sign.
    SectionChosen = "N301", "section-chosen", Note;
    /// Several items were found in one file.
    SeveralItems = "N302", "several-items", Note;
    /// The file has text, but no item.
    NoItem = "N303", "no-item", Error;
    /// Text before the first title went with the first item.
    StrayText = "N304", "stray-text", Warning;
    /// Blanks were removed.
    BlanksRemoved = "N401", "blanks-removed", Note;
    /// Half-width punctuation was made full-width.
    PunctuationWidened = "N402", "punctuation-widened", Note;
    /// Control and invisible characters were removed.
    ControlsRemoved = "N403", "controls-removed", Note;
    /// Full-width digits and letters were made half-width.
    DigitsNarrowed = "N404", "digits-narrowed", Note;
    /// Straight quotation marks were made Chinese ones.
    QuotesPaired = "N405", "quotes-paired", Note;
    /// A paragraph that was cut in mid-sentence was joined.
    ParagraphJoined = "N406", "paragraph-joined", Note;
    /// Contact lines and tables were left out.
    ContactsDropped = "N501", "contacts-dropped", Note;
    /// The date was taken from here.
    DateTaken = "N502", "date-taken", Note;
    /// A line of the contents has no item with that title.
    ContentsDiffer = "N601", "contents-differ", Warning;
    /// The file looks like no issue: no masthead or section was found.
    NoIssueFrame = "N602", "no-issue-frame", Warning;

    /// The numbers of the points have a gap.
    PointsGap = "C201", "points-gap", Warning;
    /// The lead announces another number of points.
    PointsCount = "C202", "points-count", Warning;
    /// Quotation marks or brackets are not paired.
    Unpaired = "C203", "unpaired", Warning;
    /// The text ends without final punctuation.
    NoFinalStop = "C204", "no-final-stop", Warning;
    /// The item is longer than configured.
    TooLong = "C205", "too-long", Warning;
    /// The same text was submitted before in this run.
    Duplicate = "C301", "duplicate", Warning;
    /// The same title with another text.
    SameTitle = "C302", "same-title", Warning;
    /// The words of an item that came before.
    ItemAgain = "C303", "item-again", Warning;
    /// Nearly the words of an item that came before.
    ItemNear = "C304", "item-near", Warning;
    /// A corrected text that takes the place of the one before.
    ItemRevised = "C305", "item-revised", Note;
    /// A corrected text of an item that was decided about before.
    ItemAfter = "C306", "item-after", Warning;
    /// An item has the unit and title of an earlier one, and says something else.
    ItemBeside = "C307", "item-beside", Warning;
    /// A file that replaces another does not have one of its items.
    ItemLeftOut = "C308", "item-left-out", Warning;
    /// Secrecy marks on an unclassified machine.
    SecrecyMark = "C401", "secrecy-mark", Error;

    /// Paragraphs of an item were set as one.
    ParagraphsJoined = "A101", "paragraphs-joined", Note;
    /// An item without a title stands in a section whose items have one.
    UntitledEntry = "A102", "untitled-entry", Warning;
    /// An item's section is not configured.
    SectionUnknown = "A103", "section-unknown", Warning;
    /// Tables or pictures of an item are not printed.
    AttachmentsLeft = "A104", "attachments-left", Warning;
    /// There is no item to print.
    EmptyIssue = "A105", "empty-issue", Error;
    /// More items than the layout is made for.
    TooManyItems = "A106", "too-many-items", Warning;
    /// Page numbers or the place of the colophon rest on an estimate.
    PagesEstimated = "A107", "pages-estimated", Note;

    /// Characters that XML does not allow were removed.
    IllegalCharacters = "P101", "illegal-characters", Warning;
    /// The template is no Word file, or a damaged one.
    TemplateUnreadable = "P201", "template-unreadable", Error;
    /// The template holds macros.
    TemplateMacros = "P202", "template-macros", Error;
    /// The template has no place for the text.
    TemplateNoBody = "P203", "template-no-body", Error;
    /// The template has no place for something that the issue has.
    TemplateMissing = "P204", "template-missing", Warning;
    /// The template has a placeholder that is not known.
    TemplateUnknown = "P205", "template-unknown", Warning;
    /// A placeholder that becomes paragraphs does not stand alone in its own.
    TemplateMixed = "P206", "template-mixed", Warning;
    /// The template has tracked changes.
    TemplateTracked = "P207", "template-tracked", Warning;
    /// The template names another template outside of itself.
    TemplateExternal = "P208", "template-external", Warning;

    /// A lock file, system file or the like was passed over.
    Ignored = "J101", "ignored", Note;
    /// A file is not taken yet.
    Waiting = "J102", "waiting", Note;
    /// A file with the same content came before.
    FileAgain = "J103", "file-again", Note;
    /// A file that was taken could not be moved out of the inbox, or deleted.
    NotPutAside = "J104", "not-put-aside", Warning;
    /// A file was taken away or renamed before it was taken.
    FileGone = "J105", "file-gone", Note;
    /// The inbox has nothing at all, though files that came there stay there.
    InboxBare = "J107", "inbox-bare", Warning;
    /// A link lies where submissions are; what it leads to is not read.
    LinkPassed = "J108", "link-passed", Warning;
    /// The output exists already.
    OutputExists = "J201", "output-exists", Error;
    /// The output could not be written.
    OutputUnwritable = "J202", "output-unwritable", Error;
    /// A folder is missing.
    FolderMissing = "J203", "folder-missing", Error;
    /// The configuration has mistakes.
    BadConfiguration = "J204", "bad-configuration", Error;
    /// Nothing to do: no submission was found.
    NothingFound = "J205", "nothing-found", Warning;
    /// A program that makes proofs is not installed.
    ProgramMissing = "J206", "program-missing", Error;
    /// A proof could not be made.
    ProofFailed = "J207", "proof-failed", Error;
    /// Another process holds the store.
    StoreBusy = "J301", "store-busy", Error;
    /// The disk of the store is full.
    StoreFull = "J302", "store-full", Error;
    /// The disk of the store failed.
    StoreFailed = "J303", "store-failed", Error;
    /// The store cannot be opened or written.
    StoreUnwritable = "J304", "store-unwritable", Error;
    /// The store lies on a network file system.
    StoreOnNetwork = "J305", "store-on-network", Error;
    /// The file of the store belongs to another program.
    StoreForeign = "J306", "store-foreign", Error;
    /// The store was written by a newer version of the program.
    StoreNewer = "J307", "store-newer", Error;
    /// The file of the store is damaged, or its tables were changed.
    StoreDamaged = "J308", "store-damaged", Error;
    /// Something in the store does not fit together.
    StoreInconsistent = "J309", "store-inconsistent", Error;
    /// Another number is the next one.
    NumberNotNext = "J310", "number-not-next", Error;
    /// There is a file of the next number that the store knows nothing of.
    NumberInUse = "J311", "number-in-use", Error;
    /// The clock is before the date of the last issue.
    DateWentBack = "J312", "date-went-back", Error;
    /// Another run has not ended.
    RunBusy = "J403", "run-busy", Error;
    /// A file or folder of the job fails.
    JobFileFailed = "J405", "job-file-failed", Error;
    /// The kept original of a file is lost or damaged.
    OriginalDamaged = "J406", "original-damaged", Error;
    /// There is too little room for a run.
    DiskFull = "J404", "disk-full", Error;
    /// No worker process could be started.
    WorkerUnavailable = "J401", "worker-unavailable", Error;
    /// The system does not have everything that shuts a worker process in.
    SandboxIncomplete = "J402", "sandbox-incomplete", Note;
    /// No item has this number, name or title.
    ItemUnknown = "J501", "item-unknown", Error;
    /// Several items have this title.
    ItemAmbiguous = "J502", "item-ambiguous", Error;
    /// What is to be done with an item does not fit its state.
    ItemRefused = "J503", "item-refused", Error;
    /// The configuration has no such section.
    NoSuchSection = "J504", "no-such-section", Error;
    /// An editor's text is none of an item.
    EditUnusable = "J505", "edit-unusable", Error;
    /// A record of the quarantine is settled, or there is none.
    HeldRefused = "J506", "held-refused", Error;
    /// The original of a file was not kept.
    OriginalMissing = "J507", "original-missing", Error;
    /// No issue has this number.
    IssueUnknown = "J508", "issue-unknown", Error;
    /// Several issues have this number.
    IssueAmbiguous = "J509", "issue-ambiguous", Error;
    /// What is to be done with an issue does not fit its state.
    IssueRefused = "J510", "issue-refused", Error;
    /// No copy of an issue was kept.
    IssueNotKept = "J511", "issue-not-kept", Error;
    /// The issue that a plan is for was made already.
    PlanNotFollowed = "J512", "plan-not-followed", Error;
}

impl Code {
    /// The stage, by the letter.
    pub fn stage(self) -> Stage {
        match self.number().as_bytes().first() {
            Some(b'R') => Stage::Read,
            Some(b'N') => Stage::Normalize,
            Some(b'C') => Stage::Check,
            Some(b'A') => Stage::Assemble,
            Some(b'P') => Stage::Publish,
            _ => Stage::Job,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn no_number_and_no_slug_is_used_twice() {
        let numbers: BTreeSet<_> = Code::ALL.iter().map(|code| code.number()).collect();
        let slugs: BTreeSet<_> = Code::ALL.iter().map(|code| code.slug()).collect();
        assert_eq!((numbers.len(), slugs.len()), (Code::ALL.len(), Code::ALL.len()));
    }

    #[test]
    fn a_number_is_a_stage_letter_and_three_digits() {
        for code in Code::ALL {
            let (letter, digits) = code.number().split_at(1);
            assert!("RNCAPJ".contains(letter) && digits.len() == 3, "{}", code.number());
            assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{}", code.number());
        }
    }
}
