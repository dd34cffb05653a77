"""The database's shape, as numbered migrations: number N brings a file of version N-1 to version N.

A migration that has been released is never edited; the next change is a new one at the end.
"""

from __future__ import annotations

APPLICATION_ID = 0x496E6472  # "Indr", in the file's header

_FIRST = """
CREATE TABLE folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL DEFAULT '',
    title_is_own INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0,
    folder_id INTEGER REFERENCES folder(id) ON DELETE SET NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    touched REAL NOT NULL,  -- like updated_at, but later than all before it even when the clock went back
    deleted_at REAL,
    instructions TEXT NOT NULL DEFAULT '',
    sampling TEXT NOT NULL DEFAULT '{}',
    model TEXT NOT NULL DEFAULT '',
    effort TEXT NOT NULL DEFAULT '',
    draft TEXT NOT NULL DEFAULT ''
);
CREATE INDEX conversation_by_touched ON conversation(touched);
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    -- no cascade along the tree: a deep branch would pass SQLite's limit of nested triggers
    parent_id INTEGER REFERENCES message(id) DEFERRABLE INITIALLY DEFERRED,
    selected INTEGER NOT NULL,  -- the one of its siblings that is shown
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
    status TEXT NOT NULL CHECK (status IN ('complete', 'streaming', 'incomplete', 'cancelled', 'failed')),
    items TEXT NOT NULL,
    created_at REAL NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    effort TEXT NOT NULL DEFAULT '',
    finish_reason TEXT NOT NULL DEFAULT '',
    usage TEXT,
    timings TEXT,
    thinking_s REAL,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX message_by_parent ON message(conversation_id, parent_id, id);
CREATE INDEX message_by_parent_alone ON message(parent_id);
CREATE UNIQUE INDEX one_selected_sibling ON message(conversation_id, ifnull(parent_id, 0)) WHERE selected;
CREATE INDEX message_streaming ON message(status) WHERE status = 'streaming';
CREATE TABLE preset (
    name TEXT PRIMARY KEY,
    instructions TEXT NOT NULL,
    sampling TEXT NOT NULL
);
CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
-- A row's id is the message's, or minus the conversation's for its title. The text is folded (folding.py).
CREATE VIRTUAL TABLE search USING fts5(
    body, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* So Co'"
);
"""

_SECOND = """
ALTER TABLE message ADD COLUMN token_ids BLOB;  -- of an answer: 32-bit little-endian numbers, deflated
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND)
