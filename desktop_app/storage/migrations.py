"""Every format a report file has had, as frozen steps from one to the next.

A step is never edited once a release has shipped it and imports no current code: what it does today
it must do in twenty years. ``tests/data/files`` keeps a real file of each format.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

steps = Migrations("report-file")


@steps(name="format 1")
def _format_1(db: Database) -> None:
    for statement in _FORMAT_1:
        db.execute(statement)


@steps(name="format 2")
def _format_2(db: Database) -> None:
    for statement in _FORMAT_2:
        db.execute(statement)


# A value is JSON text. In "changes" NULL stands for "nothing"; where there is a digest but no value,
# the value was removed for good. Digests cover the salt and the value, so that a removed value cannot
# be found again by trying likely words. The hash of an operation covers the hash before it.
_FORMAT_1 = (
    """
    CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE reports (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        form_id TEXT NOT NULL,
        form_version TEXT NOT NULL,
        form_hash TEXT NOT NULL,
        country TEXT NOT NULL,
        cycle TEXT NOT NULL,
        language TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at TEXT NOT NULL,
        digest BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE answers (
        report INTEGER NOT NULL REFERENCES reports (number),
        path TEXT NOT NULL,
        value TEXT,
        state TEXT,
        confidential INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)),
        PRIMARY KEY (report, path)
    ) STRICT
    """,
    """
    CREATE TABLE rows (
        report INTEGER NOT NULL REFERENCES reports (number),
        list TEXT NOT NULL,
        id TEXT NOT NULL,
        position INTEGER NOT NULL,
        in_bin INTEGER NOT NULL DEFAULT 0 CHECK (in_bin IN (0, 1)),
        answers TEXT NOT NULL,
        states TEXT NOT NULL,
        confidential TEXT NOT NULL,
        PRIMARY KEY (report, list, id)
    ) STRICT
    """,
    """
    CREATE TABLE operations (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        report INTEGER NOT NULL REFERENCES reports (number),
        kind TEXT NOT NULL,
        of TEXT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        sitting TEXT NOT NULL,
        hash BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE changes (
        seq INTEGER PRIMARY KEY,
        operation INTEGER NOT NULL REFERENCES operations (seq),
        path TEXT NOT NULL,
        old TEXT,
        old_salt BLOB,
        old_digest BLOB,
        new TEXT,
        new_salt BLOB,
        new_digest BLOB
    ) STRICT
    """,
    "CREATE INDEX changes_of_operation ON changes (operation)",
    """
    CREATE TABLE open_edits (
        report INTEGER NOT NULL REFERENCES reports (number),
        path TEXT NOT NULL,
        value TEXT,
        who TEXT NOT NULL,
        sitting TEXT NOT NULL,
        since TEXT NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (report, path)
    ) STRICT
    """,
    """
    CREATE TABLE sources (
        number INTEGER PRIMARY KEY,
        report INTEGER NOT NULL REFERENCES reports (number),
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        at TEXT NOT NULL,
        digest BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE attachments (
        report INTEGER NOT NULL REFERENCES reports (number),
        sha256 TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        content BLOB NOT NULL,
        at TEXT NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (report, sha256)
    ) STRICT
    """,
    """
    CREATE TABLE submissions (
        report INTEGER NOT NULL REFERENCES reports (number),
        number INTEGER NOT NULL,
        operation INTEGER NOT NULL REFERENCES operations (seq),
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        checksum TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (report, number)
    ) STRICT
    """,
    # Only comments that are not finished (status "draft"): all others are places of the report, in the log
    # and the table of answers.
    """
    CREATE TABLE comments (
        id TEXT PRIMARY KEY,
        report INTEGER NOT NULL REFERENCES reports (number),
        path TEXT NOT NULL,
        answers_to TEXT REFERENCES comments (id),
        decision TEXT NOT NULL,
        words TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        status TEXT NOT NULL
    ) STRICT
    """,
    # "ADSK" in ASCII, so that "file" and the program know the format without opening it.
    "PRAGMA application_id = 1094996811",
    "PRAGMA user_version = 1",
)

# In "changes" no text is kept twice. An old value with a salt but no text is the new value of the change
# before at that path of that report. Where kept_before is given, "new" is only what stands behind that many
# characters of the old value's JSON text and before its last kept_behind ones. A value removed for good
# has neither text nor salt.
_FORMAT_2 = (
    "ALTER TABLE changes ADD COLUMN kept_before INTEGER",
    "ALTER TABLE changes ADD COLUMN kept_behind INTEGER",
    "CREATE INDEX changes_of_path ON changes (path)",
    # No released program wrote into these two.
    "ALTER TABLE submissions ADD COLUMN digest BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE comments ADD COLUMN digest BLOB NOT NULL DEFAULT x''",
    "UPDATE meta SET value = '2' WHERE key = 'format'",
    "PRAGMA user_version = 2",
)
