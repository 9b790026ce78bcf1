"""The tables, their version, and the mark that says the file is a ledger of scriptgen."""

from __future__ import annotations

VERSION = 2
"""Kept in ``user_version``; a file with a greater one was written by a newer scriptgen."""

APPLICATION_ID = 0x73636770

SINCE_2 = """
CREATE TABLE prompts (
    call_key TEXT PRIMARY KEY,
    prompt BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE essays (
    id TEXT PRIMARY KEY,
    essay BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE failed (
    work_key TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    cost INTEGER,
    currency TEXT,
    started TEXT NOT NULL
);

CREATE TABLE spent (
    name TEXT PRIMARY KEY,
    amount INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO calls (origin, model, state, prompt_tokens, completion_tokens, started)
    SELECT origin, model, 'settled', coalesce(prompt_tokens, 0), coalesce(completion_tokens, 0),
        stored FROM replies;

INSERT INTO spent
    SELECT 'calls', count(*) FROM calls
    UNION ALL SELECT 'prompt_tokens', coalesce(sum(prompt_tokens), 0) FROM calls
    UNION ALL SELECT 'completion_tokens', coalesce(sum(completion_tokens), 0) FROM calls
    UNION ALL SELECT 'unpriced', count(*) FROM calls;

CREATE TABLE learnt (
    origin TEXT NOT NULL,
    model TEXT NOT NULL,
    topic TEXT NOT NULL,
    lesson TEXT NOT NULL,
    PRIMARY KEY (origin, model, topic)
) WITHOUT ROWID;
"""
"""What version 2 added: prompts and essays for replays (compressed), what was asked in vain, the
requests that were made (those whose replies were stored before too), what they add up to, and what
was learnt of servers."""

TABLES = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE replies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_key TEXT NOT NULL,
    origin TEXT NOT NULL,
    model TEXT NOT NULL,
    template TEXT NOT NULL,
    template_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    stored TEXT NOT NULL
);
CREATE INDEX replies_by_call ON replies (call_key, status);

CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    work_key TEXT NOT NULL,
    essay_id TEXT NOT NULL,
    source TEXT NOT NULL,
    writer TEXT NOT NULL,
    model TEXT,
    template TEXT,
    started TEXT NOT NULL,
    path TEXT,
    record TEXT NOT NULL
);
CREATE INDEX runs_by_work ON runs (work_key, seq);

CREATE TABLE work (
    work_key TEXT NOT NULL,
    target TEXT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    path TEXT,
    sha256 TEXT,
    reason TEXT,
    message TEXT,
    run_id TEXT,
    updated TEXT NOT NULL,
    PRIMARY KEY (work_key, target)
) WITHOUT ROWID;
CREATE INDEX work_by_state ON work (state);

CREATE TABLE files (
    path TEXT PRIMARY KEY,
    written TEXT,
    writing TEXT
) WITHOUT ROWID;

CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    pid INTEGER NOT NULL,
    born TEXT NOT NULL,
    since TEXT NOT NULL
) WITHOUT ROWID;
"""
