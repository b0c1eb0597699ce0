//! Items and their revisions, and what editors decide about them.

use jianbao_model::Diagnostic;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde_json::Value;

use crate::audit::{self, Event, JOB};
use crate::error::Result;
use crate::issues::IssueId;
use crate::receipts::SubmissionId;
use crate::similar::{Compared, Near};
use crate::{Moment, Store, diagnostics, refused, row_id, states};

row_id! {
    /// An item.
    ItemId
}

states! {
    /// Where an item stands.
    ItemState {
        /// Nobody has decided.
        New = "new",
        /// To be printed.
        Adopted = "adopted",
        /// Not to be printed, or merged into another.
        Rejected = "rejected",
        /// Printed.
        Issued = "issued",
    }
}

/// An item as the normaliser gives it.
#[derive(Clone, Copy, Debug)]
pub struct NewItem<'a> {
    /// Stable name: hash of the source and number within it.
    pub name: &'a str,
    /// Contributing unit.
    pub unit: Option<&'a str>,
    /// Title.
    pub title: Option<&'a str>,
    /// Id of the section.
    pub section: Option<&'a str>,
    /// The item as JSON.
    pub content: &'a Value,
    /// All its words, for the comparison with earlier ones.
    pub words: &'a str,
}

/// What became of an item of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The item.
    pub item: ItemId,
    /// As what it was taken.
    pub how: TakenAs,
    /// An earlier item that says nearly the same.
    pub near: Option<Near>,
}

/// As what an item was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenAs {
    /// A new item.
    New,
    /// The words of an item that is there: no new revision.
    Same,
    /// A corrected text: this revision of an item about which nobody had decided.
    Revision(u32),
    /// A new item; another one of the same unit and title says something else, so that both stand.
    Beside(ItemId),
    /// A new item; one of the same unit and title was decided about or edited before.
    After(ItemId),
}

/// Who decides, why, when.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// The editor.
    pub editor: &'a str,
    /// The reason.
    pub reason: &'a str,
    /// The time.
    pub at: Moment,
}

/// An item that is chosen for an issue.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// The item.
    pub item: ItemId,
    /// The section in which it is to stand; none leaves it where it is.
    pub section: Option<&'a str>,
}

/// A text as an editor leaves it.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// Title.
    pub title: Option<&'a str>,
    /// Contributing unit.
    pub unit: Option<&'a str>,
    /// Id of the section.
    pub section: Option<&'a str>,
    /// The item as JSON.
    pub content: &'a Value,
    /// All its words.
    pub words: &'a str,
}

/// A line of the list of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The item.
    pub id: ItemId,
    /// Stable name.
    pub name: String,
    /// Contributing unit.
    pub unit: Option<String>,
    /// Id of the section.
    pub section: Option<String>,
    /// Title of the newest revision.
    pub title: Option<String>,
    /// Where it stands.
    pub state: ItemState,
    /// Number of the newest revision.
    pub revision: u32,
    /// The item into which it was merged.
    pub merged_into: Option<ItemId>,
}

/// A revision of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Number within the item, from 1.
    pub number: u32,
    /// SHA-256 of the submission that it is from; none of an edited one.
    pub source: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// The item as JSON.
    pub content: Value,
    /// Who edited it.
    pub editor: Option<String>,
    /// When it was made.
    pub made: Moment,
}

/// An item with the text that would be printed, or is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The item.
    pub item: ItemId,
    /// Id of the section.
    pub section: Option<String>,
    /// Whether an editor or a rule has adopted it.
    pub adopted: bool,
    /// The item as JSON; its text, since an issue may have been chosen from thousands.
    pub content: String,
    /// The path of the submission that it came with, as it is shown.
    pub shown: String,
}

/// A file from which a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// SHA-256 of its content.
    pub source: String,
    /// Its path, as it is shown.
    pub shown: String,
}

/// A decision that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What was done, e.g. `adopt`.
    pub action: String,
    /// The editor.
    pub editor: String,
    /// The reason.
    pub reason: String,
    /// The time.
    pub made: Moment,
}

impl Store {
    /// Takes the items of a submission from the spool, with what is doubtful about it. An item of the same
    /// unit and title as one about which nobody has decided is a new revision of that one.
    pub fn parsed(
        &mut self,
        submission: SubmissionId,
        format: &str,
        items: &[NewItem<'_>],
        told: &[Diagnostic],
        at: Moment,
    ) -> Result<Vec<Taken>> {
        self.write(|connection| {
            let sql =
                "UPDATE submissions SET state = 'parsed', format = ? WHERE id = ? AND state = 'spooled'";
            if connection.execute(sql, params![format, submission])? == 0 {
                let state = connection
                    .query_row("SELECT state FROM submissions WHERE id = ?", [submission], |row| {
                        row.get::<_, String>(0)
                    })
                    .optional()?;
                return Err(refused("parse", format!("submission {}", submission.0), state.as_deref()));
            }
            connection.execute(
                "UPDATE receipts SET state = 'parsed' WHERE submission = ? AND state = 'spooled'",
                [submission],
            )?;
            diagnostics::replace(connection, submission, told)?;
            let subject = format!("submission {}", submission.0);
            let detail = items.len().to_string();
            audit::append(connection, &Event { at, actor: JOB, action: "parsed", subject, detail: &detail })?;
            items.iter().map(|item| take(connection, submission, item, at)).collect()
        })
    }

    /// Decides that an item is printed.
    pub fn adopt(&mut self, item: ItemId, decision: &Decision<'_>) -> Result<()> {
        self.adopt_all(&[item], decision)
    }

    /// The same of several items: all of them, or none and the refusal of the first that cannot.
    pub fn adopt_all(&mut self, items: &[ItemId], decision: &Decision<'_>) -> Result<()> {
        self.write(|connection| items.iter().try_for_each(|item| adopt(connection, *item, decision)))
    }

    /// Decides that an item is not printed.
    pub fn reject(&mut self, item: ItemId, decision: &Decision<'_>) -> Result<()> {
        self.reject_all(&[item], decision)
    }

    /// The same of several items: all of them, or none and the refusal of the first that cannot.
    pub fn reject_all(&mut self, items: &[ItemId], decision: &Decision<'_>) -> Result<()> {
        self.write(|connection| {
            for item in items {
                require_free(connection, *item, "reject", &[ItemState::New, ItemState::Adopted])?;
                set_state(connection, *item, ItemState::Rejected)?;
                decide(connection, *item, "reject", decision)?;
            }
            Ok(())
        })
    }

    /// Makes an editor's text the newest revision; the number of it comes back.
    pub fn edit(&mut self, item: ItemId, edit: &Edit<'_>, decision: &Decision<'_>) -> Result<u32> {
        self.write(|connection| {
            let found = require_free(connection, item, "edit", &[ItemState::New, ItemState::Adopted])?;
            let number = add_edit(connection, &found, edit, decision)?;
            decide(connection, item, "edit", decision)?;
            Ok(number)
        })
    }

    /// Moves an item to another section.
    pub fn move_to(&mut self, item: ItemId, section: &str, decision: &Decision<'_>) -> Result<()> {
        self.write(|connection| move_to(connection, item, section, decision))
    }

    /// Makes one item of two: the first gets the text, the second is rejected and points to it.
    pub fn merge(
        &mut self,
        into: ItemId,
        from: ItemId,
        edit: &Edit<'_>,
        decision: &Decision<'_>,
    ) -> Result<u32> {
        let open = [ItemState::New, ItemState::Adopted];
        self.write(|connection| {
            if into == from {
                return Err(refused("merge", subject(into), Some("the same")));
            }
            let found = require_free(connection, into, "merge", &open)?;
            let other = require_free(connection, from, "merge", &open)?;
            let number = add_edit(connection, &found, edit, decision)?;
            let sql = "UPDATE items SET state = 'rejected', merged_into = ? WHERE id = ?";
            connection.execute(sql, params![into, from])?;
            // What was to be printed is to be printed.
            if other.state == ItemState::Adopted {
                set_state(connection, into, ItemState::Adopted)?;
            }
            decide(connection, into, "merge", decision)?;
            decide(connection, from, "merged", decision)?;
            Ok(number)
        })
    }

    /// Items that came with an earlier file of the same path, may be printed, and are not among those that the
    /// submission has: the unit has left them out, or has used the name again for something else.
    pub fn left_out(&self, submission: SubmissionId, taken: &[Taken]) -> Result<Vec<ItemId>> {
        let sql = "SELECT DISTINCT items.id FROM receipts AS now \
                   JOIN receipts AS old ON old.path = now.path AND old.id < now.id AND old.state = 'parsed' \
                   JOIN revisions ON revisions.submission = old.submission \
                   JOIN items ON items.id = item AND number = latest \
                   WHERE now.submission = ?1 AND now.state <> 'duplicate' AND old.submission <> ?1 \
                   AND items.state IN ('new', 'adopted') ORDER BY items.id";
        let mut rows = self.connection.prepare_cached(sql)?;
        let found = rows.query_map([submission], |row| row.get(0))?;
        let found = found.collect::<Result<Vec<ItemId>, _>>()?;
        Ok(found.into_iter().filter(|item| taken.iter().all(|taken| taken.item != *item)).collect())
    }

    /// Whether a later file has replaced what came with a submission.
    pub fn is_superseded(&self, submission: SubmissionId) -> Result<bool> {
        let sql = "SELECT count(*) FROM revisions JOIN items ON items.id = item WHERE submission = ? \
                   AND number < latest";
        let mut row = self.connection.prepare_cached(sql)?;
        Ok(row.query_row([submission], |row| row.get::<_, i64>(0))? > 0)
    }

    /// The items in a state, or all, in the order in which they came.
    pub fn items(&self, state: Option<ItemState>) -> Result<Vec<Listed>> {
        let sql = format!("{LISTED} WHERE ?1 IS NULL OR state = ?1 ORDER BY items.id");
        let mut rows = self.connection.prepare_cached(&sql)?;
        let rows = rows.query_map([state], listed)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The items that may be printed: new or adopted, and in no issue that was not given up.
    pub fn candidates(&self) -> Result<Vec<Candidate>> {
        let sql = format!(
            "{CANDIDATE} WHERE items.state IN ('new', 'adopted') AND number = latest AND NOT EXISTS \
             (SELECT 1 FROM positions JOIN issues ON issues.id = issue \
              WHERE positions.item = items.id AND issues.state <> 'void') ORDER BY items.id"
        );
        let mut rows = self.connection.prepare_cached(&sql)?;
        Ok(rows.query_map([], candidate)?.collect::<Result<_, _>>()?)
    }

    /// The items of an issue in printed order, with the texts that were reserved for it.
    pub fn printed(&self, issue: IssueId) -> Result<Vec<Candidate>> {
        let sql = format!(
            "{CANDIDATE} JOIN positions ON positions.revision = revisions.id \
             WHERE positions.issue = ? ORDER BY position"
        );
        let mut rows = self.connection.prepare_cached(&sql)?;
        Ok(rows.query_map([issue], candidate)?.collect::<Result<_, _>>()?)
    }

    /// The files from which an item is, and those that were merged into it: pictures may be of any of them.
    pub fn originals(&self, item: ItemId) -> Result<Vec<Original>> {
        let sql = "WITH RECURSIVE whole (item) AS \
                   (VALUES (?) UNION SELECT id FROM items JOIN whole ON merged_into = whole.item) \
                   SELECT DISTINCT source, shown FROM whole JOIN revisions ON revisions.item = whole.item \
                   JOIN submissions ON submissions.id = revisions.submission \
                   JOIN receipts ON receipts.submission = submissions.id AND receipts.state <> 'duplicate' \
                   ORDER BY submissions.id";
        let mut rows = self.connection.prepare_cached(sql)?;
        let rows = rows.query_map([item], |row| Ok(Original { source: row.get(0)?, shown: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The path of the submission with which an item came, as it is shown.
    pub fn item_received_as(&self, item: ItemId) -> Result<Option<String>> {
        let sql = format!("{CANDIDATE} WHERE items.id = ? AND number = latest");
        let mut row = self.connection.prepare_cached(&sql)?;
        Ok(row.query_row([item], candidate).optional()?.map(|found| found.shown))
    }

    /// One item.
    pub fn item(&self, item: ItemId) -> Result<Option<Listed>> {
        find(&self.connection, item)
    }

    /// The earlier items that say nearly the same as an item.
    pub fn nears(&self, item: ItemId) -> Result<Vec<Near>> {
        let sql = "SELECT earlier, permille FROM nears WHERE item = ? ORDER BY permille DESC, earlier";
        let mut rows = self.connection.prepare_cached(sql)?;
        let rows = rows.query_map([item], |row| Ok(Near { earlier: row.get(0)?, permille: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The revisions of an item, the oldest first.
    pub fn revisions(&self, item: ItemId) -> Result<Vec<Revision>> {
        let sql = "SELECT number, source, title, content, editor, made FROM revisions \
                   LEFT JOIN submissions ON submissions.id = submission WHERE item = ? ORDER BY number";
        let mut rows = self.connection.prepare_cached(sql)?;
        let rows = rows.query_map([item], |row| {
            let content: String = row.get(3)?;
            Ok(Revision {
                number: row.get(0)?,
                source: row.get(1)?,
                title: row.get(2)?,
                content: serde_json::from_str(&content).unwrap_or(Value::Null),
                editor: row.get(4)?,
                made: Moment(row.get(5)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The decisions about an item, the oldest first.
    pub fn decisions(&self, item: ItemId) -> Result<Vec<Decided>> {
        let sql = "SELECT action, editor, reason, made FROM decisions WHERE item = ? ORDER BY id";
        let mut rows = self.connection.prepare_cached(sql)?;
        let rows = rows.query_map([item], |row| {
            Ok(Decided {
                action: row.get(0)?,
                editor: row.get(1)?,
                reason: row.get(2)?,
                made: Moment(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// A revision and the last up to it that came with a file: an edited text has none of its own.
const CANDIDATE: &str = "SELECT items.id, items.section, items.state, revisions.content, shown \
    FROM items JOIN revisions ON revisions.item = items.id \
    LEFT JOIN submissions ON submissions.id = coalesce(revisions.submission, \
        (SELECT submission FROM revisions AS before WHERE before.item = items.id \
         AND before.number < revisions.number AND submission IS NOT NULL ORDER BY number DESC LIMIT 1)) \
    LEFT JOIN receipts ON receipts.submission = submissions.id AND receipts.state <> 'duplicate'";

fn candidate(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    let state: ItemState = row.get(2)?;
    Ok(Candidate {
        item: row.get(0)?,
        section: row.get(1)?,
        adopted: state == ItemState::Adopted,
        content: row.get(3)?,
        shown: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
    })
}

const LISTED: &str = "SELECT items.id, name, unit, section, revisions.title, state, latest, merged_into \
                      FROM items JOIN revisions ON item = items.id AND number = latest";

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        id: row.get(0)?,
        name: row.get(1)?,
        unit: row.get(2)?,
        section: row.get(3)?,
        title: row.get(4)?,
        state: row.get(5)?,
        revision: row.get(6)?,
        merged_into: row.get(7)?,
    })
}

fn find(connection: &Connection, item: ItemId) -> Result<Option<Listed>> {
    let mut row = connection.prepare_cached(&format!("{LISTED} WHERE items.id = ?"))?;
    Ok(row.query_row([item], listed).optional()?)
}

/// What makes two titles the same: letters and digits.
fn title_key(title: Option<&str>) -> Option<String> {
    let key: String = title?.chars().filter(|c| c.is_alphanumeric()).collect();
    (!key.is_empty()).then_some(key)
}

fn take(connection: &Connection, submission: SubmissionId, new: &NewItem<'_>, at: Moment) -> Result<Taken> {
    let key = title_key(new.title);
    if let Some(item) = same(connection, submission, new)? {
        let event = Event { at, actor: JOB, action: "same", subject: subject(item), detail: new.name };
        audit::append(connection, &event)?;
        return Ok(Taken { item, how: TakenAs::Same, near: None });
    }
    let compared = Compared::new(new.words);
    let (item, how) = match place(connection, submission, new, key.as_deref(), &compared)? {
        Place::Revision(item, latest) => {
            // An editor's choice of the section stands.
            let sql = "UPDATE items SET latest = ?1, title_key = ?2, section = iif(EXISTS \
                       (SELECT 1 FROM decisions WHERE item = ?4 AND action = 'move'), section, ?3) \
                       WHERE id = ?4";
            connection.prepare_cached(sql)?.execute(params![latest + 1, key, new.section, item])?;
            (item, TakenAs::Revision(latest + 1))
        }
        Place::New { follows, how } => {
            let sql = "INSERT INTO items (name, unit, title_key, section, state, latest, follows) \
                       VALUES (?, ?, ?, ?, 'new', 1, ?)";
            let row = params![new.name, new.unit, key, new.section, follows];
            connection.prepare_cached(sql)?.execute(row)?;
            (ItemId(connection.last_insert_rowid()), how)
        }
    };
    let number = if let TakenAs::Revision(number) = how { number } else { 1 };
    let sql = "INSERT INTO revisions (item, number, submission, title, content, words, made) \
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    let row = params![item, number, submission, new.title, new.content.to_string(), new.words, at.0];
    connection.prepare_cached(sql)?.execute(row)?;
    let revision = connection.last_insert_rowid();
    let near = compared.find(connection, Some(item), submission)?;
    compared.index(connection, revision)?;
    if let Some(near) = near {
        let sql = "INSERT INTO nears (item, earlier, permille) VALUES (?, ?, ?) \
                   ON CONFLICT DO UPDATE SET permille = excluded.permille";
        connection.prepare_cached(sql)?.execute(params![item, near.earlier, near.permille])?;
    }
    let detail = format!("revision {number}");
    let event = Event { at, actor: JOB, action: "taken", subject: subject(item), detail: &detail };
    audit::append(connection, &event)?;
    Ok(Taken { item, how, near })
}

/// An item of another submission whose newest revision has the same words.
fn same(connection: &Connection, submission: SubmissionId, new: &NewItem<'_>) -> Result<Option<ItemId>> {
    if new.words.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT items.id FROM revisions JOIN items ON items.id = item AND number = latest \
               WHERE substr(words, 1, 48) = substr(?1, 1, 48) AND words = ?1 AND merged_into IS NULL AND NOT EXISTS \
               (SELECT 1 FROM revisions WHERE item = items.id AND submission = ?2) \
               ORDER BY items.id LIMIT 1";
    let mut row = connection.prepare_cached(sql)?;
    Ok(row.query_row(params![new.words, submission], |row| row.get(0)).optional()?)
}

/// Share of common shingles, in thousandths, from which two texts of one unit and title are one text that was
/// corrected. Units use a title again (一周工作动态), and a text that is replaced is not printed.
const CORRECTED: u16 = 300;

/// Where a text belongs.
enum Place {
    /// A revision of this item, after this one.
    Revision(ItemId, u32),
    /// A new item.
    New { follows: Option<ItemId>, how: TakenAs },
}

fn place(
    connection: &Connection,
    submission: SubmissionId,
    new: &NewItem<'_>,
    key: Option<&str>,
    compared: &Compared,
) -> Result<Place> {
    let fresh = Place::New { follows: None, how: TakenAs::New };
    let Some(earlier) = earlier(connection, submission, new.unit, key, compared)? else {
        // A file that was replaced under its name may have another title now.
        if !replaces(connection, submission)? {
            return Ok(fresh);
        }
        let near = compared.find(connection, None, submission)?;
        let replaced = near.map(|near| replaced(connection, submission, near.earlier)).transpose()?.flatten();
        return Ok(replaced.map_or(fresh, |(item, latest)| Place::Revision(item, latest)));
    };
    let item = earlier.item;
    Ok(match (earlier.open, earlier.permille >= CORRECTED) {
        (true, true) => Place::Revision(item, earlier.latest),
        (true, false) => Place::New { follows: None, how: TakenAs::Beside(item) },
        (false, true) => Place::New { follows: Some(item), how: TakenAs::After(item) },
        (false, false) => fresh,
    })
}

/// An item with the same title.
struct Earlier {
    item: ItemId,
    latest: u32,
    /// Whether neither a decision nor an edit stands against a new revision.
    open: bool,
    /// Share of common shingles, in thousandths.
    permille: u16,
}

/// Items of one unit and title that are compared, the newest: a weekly report has as many as there are weeks.
const NAMESAKES: u32 = 20;

/// Of the items of the same unit and title from other submissions the one most like the text; of several that
/// are as much like it the newest.
fn earlier(
    connection: &Connection,
    submission: SubmissionId,
    unit: Option<&str>,
    key: Option<&str>,
    compared: &Compared,
) -> Result<Option<Earlier>> {
    let (Some(unit), Some(key)) = (unit, key) else { return Ok(None) };
    let sql = "SELECT items.id, latest, state = 'new' AND revisions.editor IS NULL, words \
               FROM items JOIN revisions ON item = items.id AND number = latest \
               WHERE title_key = ?2 AND unit = ?1 AND merged_into IS NULL \
               AND NOT EXISTS (SELECT 1 FROM revisions WHERE item = items.id AND submission = ?3) \
               ORDER BY items.id DESC LIMIT ?4";
    let mut rows = connection.prepare_cached(sql)?;
    let mut rows = rows.query(params![unit, key, submission, NAMESAKES])?;
    let mut best: Option<Earlier> = None;
    while let Some(row) = rows.next()? {
        let permille = compared.likeness(&row.get::<_, String>(3)?);
        if best.as_ref().is_none_or(|best| best.permille < permille) {
            best = Some(Earlier { item: row.get(0)?, latest: row.get(1)?, open: row.get(2)?, permille });
        }
    }
    Ok(best)
}

/// Whether the submission came in the place of another file.
fn replaces(connection: &Connection, submission: SubmissionId) -> Result<bool> {
    let sql = "SELECT count(*) FROM receipts AS now JOIN receipts AS old \
               ON old.path = now.path AND old.id < now.id AND old.state = 'parsed' \
               WHERE now.submission = ? AND now.state <> 'duplicate'";
    let mut row = connection.prepare_cached(sql)?;
    Ok(row.query_row([submission], |row| row.get::<_, i64>(0))? > 0)
}

/// An item about which nobody has decided and whose newest text came with an earlier file of the same path.
fn replaced(
    connection: &Connection,
    submission: SubmissionId,
    item: ItemId,
) -> Result<Option<(ItemId, u32)>> {
    let sql = "SELECT items.id, latest FROM items JOIN revisions ON item = items.id AND number = latest \
               JOIN receipts AS old ON old.submission = revisions.submission AND old.state = 'parsed' \
               JOIN receipts AS now ON now.path = old.path AND now.id > old.id AND now.submission = ?2 \
               WHERE items.id = ?1 AND items.state = 'new' AND revisions.editor IS NULL LIMIT 1";
    let mut row = connection.prepare_cached(sql)?;
    Ok(row.query_row(params![item, submission], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn subject(item: ItemId) -> String {
    format!("item {}", item.0)
}

/// Refuses when the item is in none of the states.
pub(crate) fn require(
    connection: &Connection,
    item: ItemId,
    action: &'static str,
    allowed: &[ItemState],
) -> Result<Listed> {
    match find(connection, item)? {
        Some(found) if allowed.contains(&found.state) => Ok(found),
        other => Err(refused(action, subject(item), other.map(|found| found.state.name()))),
    }
}

/// The same, and refuses also when the item is in an issue that is being made.
pub(crate) fn require_free(
    connection: &Connection,
    item: ItemId,
    action: &'static str,
    allowed: &[ItemState],
) -> Result<Listed> {
    let found = require(connection, item, action, allowed)?;
    let sql = "SELECT count(*) FROM positions JOIN issues ON issues.id = issue \
               WHERE item = ? AND state <> 'void'";
    let placed: i64 = connection.prepare_cached(sql)?.query_row([item], |row| row.get(0))?;
    if placed == 0 { Ok(found) } else { Err(refused(action, subject(item), Some("in an issue"))) }
}

pub(crate) fn set_state(connection: &Connection, item: ItemId, state: ItemState) -> Result<()> {
    connection.prepare_cached("UPDATE items SET state = ? WHERE id = ?")?.execute(params![state, item])?;
    Ok(())
}

/// Adopts what is chosen and is not adopted yet, and moves what a plan puts into another section.
pub(crate) fn choose(connection: &Connection, choices: &[Choice<'_>], decision: &Decision<'_>) -> Result<()> {
    for choice in choices {
        let found = find(connection, choice.item)?;
        if found.as_ref().is_none_or(|found| found.state != ItemState::Adopted) {
            adopt(connection, choice.item, decision)?;
        }
        let stands = found.and_then(|found| found.section);
        if let Some(section) = choice.section.filter(|section| stands.as_deref() != Some(*section)) {
            move_to(connection, choice.item, section, decision)?;
        }
    }
    Ok(())
}

fn adopt(connection: &Connection, item: ItemId, decision: &Decision<'_>) -> Result<()> {
    let found = require(connection, item, "adopt", &[ItemState::New, ItemState::Rejected])?;
    if found.merged_into.is_some() {
        return Err(refused("adopt", subject(item), Some("merged")));
    }
    set_state(connection, item, ItemState::Adopted)?;
    decide(connection, item, "adopt", decision)
}

fn move_to(connection: &Connection, item: ItemId, section: &str, decision: &Decision<'_>) -> Result<()> {
    require_free(connection, item, "move", &[ItemState::New, ItemState::Adopted])?;
    connection
        .prepare_cached("UPDATE items SET section = ? WHERE id = ?")?
        .execute(params![section, item])?;
    decide(connection, item, "move", decision)
}

/// Adds an editor's text as the newest revision.
fn add_edit(connection: &Connection, item: &Listed, edit: &Edit<'_>, decision: &Decision<'_>) -> Result<u32> {
    let number = item.revision + 1;
    let sql = "INSERT INTO revisions (item, number, title, content, words, editor, reason, made) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    connection.execute(
        sql,
        params![
            item.id,
            number,
            edit.title,
            edit.content.to_string(),
            edit.words,
            decision.editor,
            decision.reason,
            decision.at.0
        ],
    )?;
    Compared::new(edit.words).index(connection, connection.last_insert_rowid())?;
    connection.execute(
        "UPDATE items SET latest = ?, unit = ?, section = ? WHERE id = ?",
        params![number, edit.unit, edit.section, item.id],
    )?;
    Ok(number)
}

fn decide(connection: &Connection, item: ItemId, action: &str, decision: &Decision<'_>) -> Result<()> {
    let Decision { editor, reason, at } = *decision;
    connection
        .prepare_cached("INSERT INTO decisions (item, action, editor, reason, made) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![item, action, editor, reason, at.0])?;
    audit::append(connection, &Event { at, actor: editor, action, subject: subject(item), detail: reason })
}
