-- What partners and companies write to each other, and what a company's people write for themselves: tables of their own,
-- so that no statement made for a partner can meet a note.

CREATE TABLE threads (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    membership_id BLOB NOT NULL REFERENCES memberships (id),
    -- Null: about the program.
    deal_id BLOB REFERENCES deals (id),
    -- The deal, or else the membership: one thread each.
    about_id BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    -- Of the newest message or note; each entry comes after it.
    last_entry_at INTEGER NOT NULL,
    -- Of the newest message. Null: there are only notes, and for the partner there is nothing.
    last_message_at INTEGER,
    -- How the newest message begins, and who wrote it.
    excerpt TEXT NOT NULL,
    last_side TEXT NOT NULL
) STRICT;
-- The company's list, and the partner's.
CREATE INDEX threads_program ON threads (company_id, program_id, last_entry_at DESC, id DESC);
CREATE INDEX threads_membership ON threads (membership_id, last_message_at DESC, id DESC);
-- Deleting a draft asks whether a thread points at it.
CREATE INDEX threads_deal ON threads (deal_id);

CREATE TABLE messages (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    thread_id BLOB NOT NULL REFERENCES threads (id),
    side TEXT NOT NULL,
    author_id BLOB NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    -- JSON: the offer that it asks about, as it read then.
    quote TEXT,
    send_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The thread, page by page.
    UNIQUE (thread_id, created_at),
    -- Sent twice, it is there once.
    UNIQUE (author_id, send_key)
) STRICT;

CREATE TABLE internal_notes (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    thread_id BLOB NOT NULL REFERENCES threads (id),
    author_id BLOB NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    send_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (thread_id, created_at),
    UNIQUE (author_id, send_key)
) STRICT;

CREATE TABLE message_files (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    message_id BLOB NOT NULL REFERENCES messages (id),
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;
CREATE INDEX message_files_message ON message_files (message_id);

CREATE TABLE note_files (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    note_id BLOB NOT NULL REFERENCES internal_notes (id),
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;
CREATE INDEX note_files_note ON note_files (note_id);

-- How many messages of the other side each person has not read; no row: none. Every page's tabs ask.
CREATE TABLE unread_messages (
    user_id BLOB NOT NULL REFERENCES users (id),
    thread_id BLOB NOT NULL REFERENCES threads (id),
    -- On which side the person reads.
    side TEXT NOT NULL,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    membership_id BLOB NOT NULL REFERENCES memberships (id),
    unread INTEGER NOT NULL,
    PRIMARY KEY (user_id, thread_id, side)
) STRICT;

-- Opening a thread reads its lines under the bell.
ALTER TABLE notices ADD COLUMN thread_id BLOB REFERENCES threads (id);
CREATE INDEX notices_thread ON notices (thread_id, user_id);
