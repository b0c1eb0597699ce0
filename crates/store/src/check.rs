//! What must hold in a store: sound pages, whole references, an unbroken chain, nothing lost, no gap.

use rusqlite::Connection;

use crate::error::Result;
use crate::{Store, audit};

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// SQLite finds the file damaged.
    Integrity(String),
    /// Rows of a table refer to rows that are not there.
    Reference {
        /// The table.
        table: String,
        /// How many rows.
        count: u32,
    },
    /// The audit chain was changed or cut at this row.
    Audit(i64),
    /// The files received are more or fewer than those accepted, duplicate, set aside, waiting and ignored.
    Conservation {
        /// Files received.
        receipts: u32,
        /// What became of them, counted where it is recorded.
        accounted: u32,
    },
    /// The numbers of a counter have gaps.
    Gap {
        /// The counter.
        counter: String,
        /// The year, or 0.
        period: i64,
        /// How many numbers are missing.
        missing: u32,
    },
    /// Items whose state differs from that of the issues in which they are.
    Issued(u32),
}

impl Store {
    /// Everything that does not hold; empty for a sound store.
    pub fn check(&self) -> Result<Vec<Finding>> {
        // One view of the data, whatever other processes write meanwhile.
        let transaction = self.connection.unchecked_transaction()?;
        let mut findings = integrity(&transaction)?;
        if findings.is_empty() {
            findings.extend(references(&transaction)?);
            findings.extend(audit::broken_at(&transaction)?.map(Finding::Audit));
            findings.extend(conservation(&transaction)?);
            findings.extend(gaps(&transaction)?);
            findings.extend(issued(&transaction)?);
        }
        Ok(findings)
    }
}

fn integrity(connection: &Connection) -> Result<Vec<Finding>> {
    let mut rows = connection.prepare("PRAGMA integrity_check")?;
    let rows = rows.query_map([], |row| row.get::<_, String>(0))?;
    let lines = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").map(Finding::Integrity).collect())
}

fn references(connection: &Connection) -> Result<Vec<Finding>> {
    let sql = "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1 ORDER BY 1";
    let mut rows = connection.prepare(sql)?;
    let rows = rows.query_map([], |row| Ok(Finding::Reference { table: row.get(0)?, count: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Receipts against their fates, each counted in the table that records it and not by the receipt's word.
fn conservation(connection: &Connection) -> Result<Option<Finding>> {
    let count = |sql| connection.query_row(sql, [], |row| row.get::<_, u32>(0));
    let receipts = count("SELECT count(*) FROM receipts")?;
    let fates = [
        "SELECT count(*) FROM submissions WHERE state = 'parsed'",
        "SELECT count(*) FROM receipts JOIN submissions ON submissions.id = submission \
         WHERE receipts.state = 'duplicate'",
        "SELECT count(*) FROM quarantine JOIN receipts ON receipts.id = receipt \
         WHERE quarantine.state = 'held' AND receipts.state = 'quarantined'",
        "SELECT count(*) FROM receipts WHERE state IN ('seen', 'arriving')",
        "SELECT count(*) FROM submissions WHERE state = 'spooled'",
        "SELECT count(*) FROM receipts WHERE state = 'ignored'",
    ];
    let mut accounted = 0;
    for fate in fates {
        accounted += count(fate)?;
    }
    Ok((receipts != accounted).then_some(Finding::Conservation { receipts, accounted }))
}

fn gaps(connection: &Connection) -> Result<Vec<Finding>> {
    // Behind the last number that was printed there may be one that was given by mistake.
    let sql = "WITH used AS (SELECT counter, period, value, state IS NOT 'void' AS live \
               FROM numbers LEFT JOIN issues ON issues.id = issue), \
               ends AS (SELECT counter, period, coalesce(max(iif(live, value, NULL)), max(value)) AS last \
               FROM used GROUP BY counter, period) \
               SELECT counter, period, last - min(value) + 1 - count(*) AS missing \
               FROM used JOIN ends USING (counter, period) WHERE value <= last \
               GROUP BY counter, period HAVING missing <> 0 ORDER BY counter, period";
    let mut rows = connection.prepare(sql)?;
    let rows = rows.query_map([], |row| {
        Ok(Finding::Gap { counter: row.get(0)?, period: row.get(1)?, missing: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn issued(connection: &Connection) -> Result<Option<Finding>> {
    let sql = "SELECT count(*) FROM items WHERE (state = 'issued') <> EXISTS \
               (SELECT 1 FROM positions JOIN issues ON issues.id = issue \
                WHERE item = items.id AND issues.state = 'done')";
    let count = connection.query_row(sql, [], |row| row.get::<_, u32>(0))?;
    Ok((count > 0).then_some(Finding::Issued(count)))
}
