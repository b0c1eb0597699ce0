-- Issues, their numbers and positions, the runs.

CREATE TABLE issues (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    bulletin TEXT NOT NULL,
    edition TEXT NOT NULL,
    supplement INTEGER NOT NULL CHECK (supplement IN (0, 1)),
    date TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'void')),
    content TEXT CHECK (length(content) = 64),
    file TEXT,
    reserved INTEGER NOT NULL,
    settled INTEGER,
    reason TEXT,
    CHECK ((content IS NULL) = (file IS NULL)),
    CHECK (state <> 'done' OR content IS NOT NULL),
    CHECK ((state = 'pending') = (settled IS NULL)),
    CHECK ((state = 'void') = (reason IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX one_live_issue_a_key ON issues (key) WHERE state <> 'void';

CREATE TABLE numbers (
    counter TEXT NOT NULL,
    period INTEGER NOT NULL,
    value INTEGER NOT NULL CHECK (value > 0),
    issue INTEGER NOT NULL REFERENCES issues (id),
    role TEXT NOT NULL CHECK (role IN ('number', 'cumulative')),
    PRIMARY KEY (counter, period, value),
    UNIQUE (issue, role)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER numbers_are_not_changed BEFORE UPDATE ON numbers
BEGIN SELECT RAISE(ABORT, 'a number stays as it was given'); END;
CREATE TRIGGER numbers_are_not_freed BEFORE DELETE ON numbers
BEGIN SELECT RAISE(ABORT, 'a number is never used again'); END;

CREATE TABLE positions (
    issue INTEGER NOT NULL REFERENCES issues (id),
    position INTEGER NOT NULL CHECK (position > 0),
    item INTEGER NOT NULL REFERENCES items (id),
    revision INTEGER NOT NULL REFERENCES revisions (id),
    PRIMARY KEY (issue, position),
    UNIQUE (issue, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX positions_of_an_item ON positions (item);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    ended INTEGER,
    exit INTEGER,
    counts TEXT CHECK (json_valid(counts)),
    CHECK ((ended IS NULL) = (exit IS NULL AND counts IS NULL))
) STRICT;
