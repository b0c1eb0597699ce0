//! What the unattended job is told: arrival, selection, numbering.

use jianbao_store::Scope;

use super::reader::Reader;

/// How files arrive; times are seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Between two looks of a run.
    pub settle: u64,
    /// For which a file without an end of its own, such as a text, must stand still.
    pub quiet: u64,
    /// For which a file may be incomplete.
    pub incomplete: u64,
    /// For which an office program may hold a file open.
    pub open: u64,
    /// For which a file may be unreadable.
    pub unreadable: u64,
    /// What is left free on the disk, in bytes.
    pub reserve: u64,
    /// What becomes of a file that was taken.
    pub taken: Taken,
}

/// What becomes of a file of the inbox that was taken; its original is in the archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taken {
    /// It stays.
    #[default]
    Leave,
    /// It goes into 已收/ beside it.
    Move,
    /// It is deleted.
    Delete,
}

/// Which items an issue has when no plan says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adopt {
    /// All that are not rejected.
    #[default]
    Rules,
    /// Those that an editor has adopted.
    Editor,
}

/// How issues are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// The number of an edition.
    pub number: Scope,
    /// The number over all editions; none when the bulletin does not count so.
    pub cumulative: Option<Scope>,
}

pub(super) fn read_arrival(table: Reader<'_>) -> Arrival {
    let seconds = |key, usual: u64| {
        table.integer(key, 0..=31_536_000).and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or(usual)
    };
    let reserve = table.integer("reserve_mib", 0..=1_048_576).and_then(|mib| u64::try_from(mib).ok());
    let taken = [("leave", Taken::Leave), ("move", Taken::Move), ("delete", Taken::Delete)];
    let arrival = Arrival {
        settle: seconds("settle", 2),
        quiet: seconds("quiet", 10),
        incomplete: seconds("incomplete", 30 * 60),
        open: seconds("open", 12 * 60 * 60),
        unreadable: seconds("unreadable", 24 * 60 * 60),
        reserve: reserve.unwrap_or(512) << 20,
        taken: table.choice("taken", &taken).unwrap_or_default(),
    };
    table.finish();
    arrival
}

pub(super) fn read_adopt(items: &Reader<'_>) -> Adopt {
    items.choice("adopt", &[("rules", Adopt::Rules), ("editor", Adopt::Editor)]).unwrap_or_default()
}

/// A cumulative number that is given counts over the year where nothing else is said.
pub(super) fn read_numbering(table: Reader<'_>, has_cumulative: bool) -> Numbering {
    let scopes = [("year", Some(Scope::Year)), ("founding", Some(Scope::Founding)), ("none", None)];
    let usual = has_cumulative.then_some(Scope::Year);
    let numbering = Numbering {
        number: table.choice("number", &scopes[..2]).flatten().unwrap_or(Scope::Year),
        cumulative: table.choice("cumulative", &scopes).unwrap_or(usual),
    };
    table.finish();
    numbering
}
