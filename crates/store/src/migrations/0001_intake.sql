-- Receipts, submissions, items with their revisions, quarantine, near-duplicates, the audit chain.
-- Times are milliseconds since 1970-01-01 UTC; hashes are SHA-256 in hexadecimal digits.

CREATE TABLE submissions (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE CHECK (length(source) = 64),
    bytes INTEGER NOT NULL,
    format TEXT,
    state TEXT NOT NULL CHECK (state IN ('spooled', 'parsed', 'quarantined')),
    taken INTEGER NOT NULL
) STRICT;

CREATE TABLE receipts (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    shown TEXT NOT NULL,
    unit TEXT,
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    since INTEGER NOT NULL,
    looks INTEGER NOT NULL CHECK (looks > 0),
    state TEXT NOT NULL CHECK
        (state IN ('seen', 'arriving', 'spooled', 'parsed', 'duplicate', 'quarantined', 'ignored')),
    reason TEXT,
    submission INTEGER REFERENCES submissions (id),
    CHECK (state NOT IN ('spooled', 'parsed', 'duplicate') OR submission IS NOT NULL),
    CHECK (state NOT IN ('seen', 'arriving') OR submission IS NULL)
) STRICT;
CREATE INDEX receipts_of_a_path ON receipts (path, id);
CREATE UNIQUE INDEX one_waiting_receipt_a_path ON receipts (path) WHERE state IN ('seen', 'arriving');
CREATE UNIQUE INDEX one_original_a_submission ON receipts (submission) WHERE state <> 'duplicate';

CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    receipt INTEGER NOT NULL REFERENCES receipts (id),
    code TEXT NOT NULL,
    stage TEXT NOT NULL,
    detail TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'retried', 'released')),
    held INTEGER NOT NULL,
    settled INTEGER,
    editor TEXT,
    reason TEXT,
    CHECK ((state = 'held') = (settled IS NULL))
) STRICT;
CREATE UNIQUE INDEX held_once ON quarantine (receipt) WHERE state = 'held';

CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    unit TEXT,
    title_key TEXT,
    section TEXT,
    state TEXT NOT NULL CHECK (state IN ('new', 'adopted', 'rejected', 'issued')),
    latest INTEGER NOT NULL CHECK (latest > 0),
    follows INTEGER REFERENCES items (id),
    merged_into INTEGER REFERENCES items (id),
    CHECK (merged_into IS NULL OR state = 'rejected')
) STRICT;
CREATE INDEX items_of_a_title ON items (title_key, unit);

CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES items (id),
    number INTEGER NOT NULL CHECK (number > 0),
    submission INTEGER REFERENCES submissions (id),
    title TEXT,
    content TEXT NOT NULL CHECK (json_valid(content)),
    words TEXT NOT NULL,
    editor TEXT,
    reason TEXT,
    made INTEGER NOT NULL,
    UNIQUE (item, number),
    CHECK ((submission IS NULL) = (editor IS NOT NULL))
) STRICT;
CREATE INDEX revisions_of_a_submission ON revisions (submission);
-- The beginning is enough to find equal texts by.
CREATE INDEX revisions_of_words ON revisions (substr(words, 1, 48));

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES items (id),
    action TEXT NOT NULL,
    editor TEXT NOT NULL,
    reason TEXT NOT NULL,
    made INTEGER NOT NULL
) STRICT;
CREATE INDEX decisions_on_an_item ON decisions (item);

CREATE TABLE diagnostics (
    id INTEGER PRIMARY KEY,
    submission INTEGER NOT NULL REFERENCES submissions (id),
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('note', 'warning', 'error')),
    place TEXT NOT NULL CHECK (json_valid(place)),
    excerpt TEXT,
    arguments TEXT NOT NULL CHECK (json_valid(arguments))
) STRICT;
CREATE INDEX diagnostics_of_a_submission ON diagnostics (submission);

CREATE TABLE bands (
    band INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revisions (id),
    PRIMARY KEY (band, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE nears (
    item INTEGER NOT NULL REFERENCES items (id),
    earlier INTEGER NOT NULL REFERENCES items (id),
    permille INTEGER NOT NULL CHECK (permille BETWEEN 0 AND 1000),
    PRIMARY KEY (item, earlier),
    CHECK (item <> earlier)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    made INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
