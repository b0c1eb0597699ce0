//! The numbered migrations, and whether a file's tables are those that they make.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Result, StoreError};

/// The scripts in their order; script n brings a database from version n - 1 to n. A script that was
/// released is never changed.
const MIGRATIONS: [&str; 3] = [
    include_str!("migrations/0001_intake.sql"),
    include_str!("migrations/0002_issues.sql"),
    include_str!("migrations/0003_found.sql"),
];

/// The newest version, kept in the file as `user_version`.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// `JBao`, kept in the file as `application_id`, so that no other program's database is taken for ours.
const APPLICATION: i64 = 0x4A42_616F;

/// Refuses a database of another program or of a newer version, before anything is written.
pub(crate) fn require_known(connection: &Connection) -> Result<()> {
    let (application, version) = marks(connection)?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version) {
        (0, 0) if tables == 0 => Ok(()),
        (APPLICATION, found) if found > VERSION => Err(StoreError::Newer { found, known: VERSION }),
        (APPLICATION, 1..) => Ok(()),
        _ => Err(StoreError::Foreign),
    }
}

/// Brings the database to a version, one transaction for all the steps.
pub(crate) fn migrate(connection: &mut Connection, to: i64) -> Result<()> {
    if marks(connection)? == (APPLICATION, to) {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have migrated while this one waited for the lock.
    let (_, from) = marks(&transaction)?;
    for (script, version) in
        MIGRATIONS.iter().zip(1..).filter(|(_, version)| (from + 1..=to).contains(version))
    {
        transaction.execute_batch(script)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    Ok(transaction.commit()?)
}

/// Refuses a file whose tables, indices or triggers are not those of the migrations: without its triggers
/// the audit chain could be rewritten, with others anything could happen.
pub(crate) fn require_intact(connection: &Connection) -> Result<()> {
    let mut model = Connection::open_in_memory()?;
    migrate(&mut model, marks(connection)?.1)?;
    if definitions(connection)? == definitions(&model)? {
        Ok(())
    } else {
        Err(StoreError::Damaged("the tables are not those of this program".to_owned()))
    }
}

/// `application_id` and `user_version`.
fn marks(connection: &Connection) -> Result<(i64, i64)> {
    let mark = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok((mark("application_id")?, mark("user_version")?))
}

/// Names and statements of everything that was defined; statistics of `ANALYZE` are no definition.
fn definitions(connection: &Connection) -> Result<Vec<(String, Option<String>)>> {
    let mut rows = connection.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name, sql",
    )?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_version_keeps_its_rows() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, 1).unwrap();
        let rows = "INSERT INTO items (name, state, latest) VALUES ('a-1', 'adopted', 1);
             INSERT INTO revisions (item, number, content, words, editor, made) VALUES (1, 1, '{}', '甲', 'x', 5);";
        connection.execute_batch(rows).unwrap();
        require_known(&connection).unwrap();
        migrate(&mut connection, VERSION).unwrap();
        require_intact(&connection).unwrap();
        let kept: (String, String, i64) = connection
            .query_row("SELECT name, words, made FROM items JOIN revisions ON item = items.id", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .unwrap();
        assert_eq!(kept, ("a-1".to_owned(), "甲".to_owned(), 5));
        assert_eq!(marks(&connection).unwrap(), (APPLICATION, VERSION));
    }

    #[test]
    fn a_failing_step_leaves_the_older_version() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, 1).unwrap();
        connection.execute_batch("CREATE TABLE runs (x)").unwrap();
        assert!(migrate(&mut connection, VERSION).is_err());
        assert_eq!(marks(&connection).unwrap(), (APPLICATION, 1));
        let issues = "SELECT count(*) FROM sqlite_schema WHERE name = 'issues'";
        assert_eq!(connection.query_row(issues, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    }

    #[test]
    fn other_databases_are_refused() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE notes (x)").unwrap();
        assert!(matches!(require_known(&connection), Err(StoreError::Foreign)));
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, VERSION).unwrap();
        connection.pragma_update(None, "user_version", VERSION + 1).unwrap();
        let newer = require_known(&connection);
        assert!(
            matches!(newer, Err(StoreError::Newer { found, known }) if found == VERSION + 1 && known == VERSION)
        );
    }

    #[test]
    fn a_table_without_its_trigger_is_damage() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, VERSION).unwrap();
        require_intact(&connection).unwrap();
        connection.execute_batch("DROP TRIGGER audit_is_not_cut").unwrap();
        assert!(matches!(require_intact(&connection), Err(StoreError::Damaged(_))));
    }
}
