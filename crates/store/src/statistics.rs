//! What units sent in a period, and what was printed of it.

use std::collections::BTreeMap;
use std::ops::Range;

use rusqlite::params;

use crate::error::Result;
use crate::receipts::ReceiptState;
use crate::{Moment, Store};

/// Files and items of a unit in a period. `submitted` is the sum of the four below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Files that came.
    pub submitted: u64,
    /// Their items are in the store.
    pub accepted: u64,
    /// The same content came before.
    pub duplicate: u64,
    /// Set aside.
    pub quarantined: u64,
    /// Not taken yet.
    pub waiting: u64,
    /// Items that stand in an issue that was finished in the period.
    pub printed: u64,
}

impl Store {
    /// Counts by unit over the files first seen, and the issues finished, in a period. A file's unit is its
    /// folder, an item's the one that it names, else the folder that it came in; none where there is
    /// neither.
    pub fn statistics(&self, period: &Range<Moment>) -> Result<BTreeMap<Option<String>, Counted>> {
        let mut counted: BTreeMap<Option<String>, Counted> = BTreeMap::new();
        let bounds = params![period.start.0, period.end.0];
        let files = "SELECT unit, state, count(*) FROM receipts \
                     WHERE first_seen >= ?1 AND first_seen < ?2 AND state <> 'ignored' GROUP BY unit, state";
        let mut rows = self.connection.prepare_cached(files)?;
        let mut rows = rows.query(bounds)?;
        while let Some(row) = rows.next()? {
            let unit = counted.entry(row.get(0)?).or_default();
            let count: u64 = row.get(2)?;
            unit.submitted += count;
            *match row.get(1)? {
                ReceiptState::Parsed => &mut unit.accepted,
                ReceiptState::Duplicate => &mut unit.duplicate,
                ReceiptState::Quarantined => &mut unit.quarantined,
                _ => &mut unit.waiting,
            } += count;
        }
        let items = "SELECT coalesce(items.unit, (SELECT receipts.unit FROM revisions \
                     JOIN receipts ON receipts.submission = revisions.submission \
                     WHERE revisions.item = items.id ORDER BY revisions.number, receipts.id LIMIT 1)), count(*) \
                     FROM positions JOIN issues ON issues.id = issue JOIN items ON items.id = item \
                     WHERE issues.state = 'done' AND settled >= ?1 AND settled < ?2 GROUP BY 1";
        let mut rows = self.connection.prepare_cached(items)?;
        let mut rows = rows.query(bounds)?;
        while let Some(row) = rows.next()? {
            counted.entry(row.get(0)?).or_default().printed = row.get(1)?;
        }
        Ok(counted)
    }

    /// The newest time that was noted; none in an empty store. A clock that shows less went back.
    pub fn newest(&self) -> Result<Option<Moment>> {
        let newest: Option<i64> =
            self.connection.query_row("SELECT max(made) FROM audit", [], |row| row.get(0))?;
        Ok(newest.map(Moment))
    }
}
