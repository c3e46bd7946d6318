-- The first schema. One file per engine, the same tables, columns, nullability and indexes (tests/parity.rs).
-- UUID is 16 bytes; BOOLEAN is 0 or 1; BIGINT and INT are INTEGER. STRICT holds the types as Postgres would.
-- The tenant key comes first in every index that a tenant's question uses, so that one tenant's size is no other's cost.

-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    -- Lower-cased in Rust: lower() knows only ASCII on SQLite. Unique: it is what people sign in with.
    email_folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Null until the person has chosen one through a link.
    password_hash TEXT,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    -- SHA-256 of the cookie's token; unique: every request looks it up.
    token_hash BLOB NOT NULL UNIQUE,
    user_id BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
) STRICT;
-- A person's own list of sessions, and "sign out others".
CREATE INDEX sessions_user ON sessions (user_id, last_seen_at);
-- The sweep of expired sessions.
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE login_attempts (
    id BLOB NOT NULL PRIMARY KEY,
    -- account:<folded email> or address:<ip>
    key TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
-- Attempts of one account or address since a moment.
CREATE INDEX login_attempts_key ON login_attempts (key, at);
-- The sweep of old attempts.
CREATE INDEX login_attempts_age ON login_attempts (at);

-- Companies, partners, programs ------------------------------------------------------------------------------------

CREATE TABLE companies (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Unique: it names the company in addresses for people.
    slug TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE company_users (
    company_id BLOB NOT NULL REFERENCES companies (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, user_id)
) STRICT;
-- Which companies a signed-in person belongs to.
CREATE INDEX company_users_user ON company_users (user_id);

CREATE TABLE partners (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- ISO 3166-1 alpha-2.
    country TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE partner_users (
    partner_id BLOB NOT NULL REFERENCES partners (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (partner_id, user_id)
) STRICT;
-- Which partner teams a signed-in person belongs to.
CREATE INDEX partner_users_user ON partner_users (user_id);

CREATE TABLE programs (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    summary TEXT NOT NULL,
    -- What a deal's number begins with.
    number_prefix TEXT NOT NULL,
    -- ISO 4217.
    currency TEXT NOT NULL,
    submissions_open INTEGER NOT NULL CHECK (submissions_open IN (0, 1)),
    decision_hours INTEGER NOT NULL,
    protection_days INTEGER NOT NULL,
    extension_days INTEGER NOT NULL,
    -- The number that the next submitted deal gets.
    next_number INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (company_id, slug)
) STRICT;

CREATE TABLE tiers (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;
-- A program's tiers in order.
CREATE INDEX tiers_program ON tiers (company_id, program_id, position);

CREATE TABLE memberships (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    tier_id BLOB REFERENCES tiers (id),
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    -- A partner joins a program once.
    UNIQUE (program_id, partner_id)
) STRICT;
-- A company's partners.
CREATE INDEX memberships_company ON memberships (company_id, program_id, status);
-- A partner's own programs: the dashboard and the program switcher.
CREATE INDEX memberships_partner ON memberships (partner_id, status);

CREATE TABLE one_time_links (
    id BLOB NOT NULL PRIMARY KEY,
    -- SHA-256 of the link's token; unique: opening the link looks it up.
    token_hash BLOB NOT NULL UNIQUE,
    -- setup, reset, invite_partner, invite_company
    kind TEXT NOT NULL,
    user_id BLOB REFERENCES users (id),
    company_id BLOB REFERENCES companies (id),
    program_id BLOB REFERENCES programs (id),
    partner_id BLOB REFERENCES partners (id),
    tier_id BLOB REFERENCES tiers (id),
    role TEXT,
    email TEXT,
    partner_name TEXT,
    created_by BLOB REFERENCES users (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
-- Open invitations of a company or a program.
CREATE INDEX one_time_links_company ON one_time_links (company_id, kind, created_at);
-- Open invitations into a partner team.
CREATE INDEX one_time_links_partner ON one_time_links (partner_id, kind, created_at);

-- Forms and stages -------------------------------------------------------------------------------------------------

CREATE TABLE form_versions (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    number INTEGER NOT NULL,
    -- JSON. Never changes: deals point here.
    definition TEXT NOT NULL,
    published_by BLOB REFERENCES users (id),
    published_at INTEGER NOT NULL,
    -- Also finds the newest.
    UNIQUE (program_id, number)
) STRICT;

CREATE TABLE form_drafts (
    program_id BLOB NOT NULL PRIMARY KEY REFERENCES programs (id),
    company_id BLOB NOT NULL REFERENCES companies (id),
    definition TEXT NOT NULL,
    changed_by BLOB REFERENCES users (id),
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE stages (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    hue TEXT NOT NULL,
    position INTEGER NOT NULL,
    stuck_days INTEGER,
    -- Per cent.
    probability INTEGER NOT NULL,
    -- Kept for the names in old histories.
    retired_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
-- A program's columns in order.
CREATE INDEX stages_program ON stages (company_id, program_id, position);

CREATE TABLE lost_reasons (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;
-- A program's reasons in order.
CREATE INDEX lost_reasons_program ON lost_reasons (company_id, program_id, position);

-- Deals ------------------------------------------------------------------------------------------------------------

CREATE TABLE deals (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    membership_id BLOB NOT NULL REFERENCES memberships (id),
    form_version_id BLOB NOT NULL REFERENCES form_versions (id),
    -- Given when the deal is first submitted.
    number INTEGER,
    -- Made by the form; the same form sent twice is the same deal.
    submit_key TEXT NOT NULL,
    -- JSON, by field key. The columns below are copies of its system fields, for lists and matching.
    answers TEXT NOT NULL,
    -- JSON: what a draft, or an answer to questions, says so far; unchecked. Null once submitted.
    raw_answers TEXT,
    customer_name TEXT NOT NULL,
    customer_folded TEXT NOT NULL,
    customer_domain TEXT,
    contact_name TEXT,
    contact_email TEXT,
    value_minor INTEGER,
    currency TEXT,
    close_date TEXT,
    -- The status of the registration and, as JSON, the facts that it carries.
    registration TEXT NOT NULL,
    registration_facts TEXT NOT NULL,
    submitted_at INTEGER,
    due_at INTEGER,
    decided_at INTEGER,
    protected_until INTEGER,
    stage_id BLOB REFERENCES stages (id),
    stage_entered_at INTEGER,
    -- A fractional index: bytes decide, not a language's order. Null, as the stage, until the approval.
    rank TEXT,
    win TEXT NOT NULL,
    win_facts TEXT NOT NULL,
    lost_reason_id BLOB REFERENCES lost_reasons (id),
    lost_note TEXT,
    owner_id BLOB NOT NULL REFERENCES users (id),
    -- What the search box looks through, folded in Rust.
    search TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL REFERENCES users (id),
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (program_id, number),
    UNIQUE (membership_id, submit_key)
) STRICT;
-- The company's board: one column of a program, in order.
CREATE INDEX deals_board ON deals (company_id, program_id, stage_id, rank, id);
-- The partner's board: one column of a membership, in order.
CREATE INDEX deals_membership_board ON deals (membership_id, stage_id, rank, id);
-- The review queue: what waits, soonest due first; also counts per registration.
CREATE INDEX deals_queue ON deals (company_id, program_id, registration, due_at, id);
-- The wins that wait for the company. Partial, and so found only by a literal win = 'pending': every other deal is
-- spared the upkeep.
CREATE INDEX deals_win ON deals (company_id, program_id, changed_at, id) WHERE win = 'pending';
-- Keyset pages of the two lists, newest change first.
CREATE INDEX deals_list ON deals (company_id, program_id, changed_at DESC, id DESC);
CREATE INDEX deals_membership_list ON deals (membership_id, changed_at DESC, id DESC);
-- The same customer, by site and by name: conflicts.
CREATE INDEX deals_domain ON deals (company_id, customer_domain);
CREATE INDEX deals_customer ON deals (company_id, customer_folded);
-- The sweep of ended protections.
CREATE INDEX deals_protection ON deals (protected_until, id) WHERE registration = 'approved';
-- Whether a stage that is to be retired still holds deals; the foreign key asks the same.
CREATE INDEX deals_stage ON deals (stage_id);

CREATE TABLE files (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    deal_id BLOB NOT NULL REFERENCES deals (id),
    field_key TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    created_by BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL
) STRICT;
-- A deal's files.
CREATE INDEX files_deal ON files (company_id, deal_id);

CREATE TABLE claims (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    customer_name TEXT NOT NULL,
    customer_folded TEXT NOT NULL,
    customer_domain TEXT,
    note TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL
) STRICT;
-- The company's own deals with a customer, by site and by name: conflicts.
CREATE INDEX claims_domain ON claims (company_id, customer_domain);
CREATE INDEX claims_customer ON claims (company_id, customer_folded);

CREATE TABLE customers (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    domain TEXT,
    -- The domain, or name:<folded>: one row per business, also when two wins meet.
    business_key TEXT NOT NULL,
    status TEXT NOT NULL,
    -- The win that made it a customer.
    deal_id BLOB NOT NULL REFERENCES deals (id),
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (company_id, business_key)
) STRICT;
-- The customer list, by name.
CREATE INDEX customers_name ON customers (company_id, folded, id);
-- From a deal to the customer that it made.
CREATE INDEX customers_deal ON customers (deal_id);

-- Events -----------------------------------------------------------------------------------------------------------

-- No foreign keys: history outlives what it tells of.
CREATE TABLE events (
    -- The one order of all events, without gaps; see event_order.
    seq INTEGER NOT NULL PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    -- Null for what a partner team does on its own.
    company_id BLOB,
    program_id BLOB,
    partner_id BLOB,
    -- deal, program, company...
    subject TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    -- 1, 2, 3... within the subject.
    subject_seq INTEGER NOT NULL,
    -- The subject's version after this event; 0 where it has none.
    subject_version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_id BLOB,
    actor_side TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- JSON.
    payload TEXT NOT NULL,
    -- SHA-256 over this row and the hash of the subject's event before it.
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    -- A deal's timeline; and two writers cannot both append the same step.
    UNIQUE (subject_id, subject_seq)
) STRICT;
-- What a company's viewers missed since seq.
CREATE INDEX events_company ON events (company_id, program_id, seq);
-- What a partner's viewers missed since seq.
CREATE INDEX events_partner ON events (partner_id, seq);

-- Append-only. store::maintenance is the one place that lifts this, to clear demo data.
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- One row: the last seq given. Its lock is held to the end of the transaction, so seq becomes visible in order, and a
-- rollback gives the number back.
CREATE TABLE event_order (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    last_seq INTEGER NOT NULL,
    -- Events that were erased with demo data: the only gaps there may be.
    erased INTEGER NOT NULL
) STRICT;
INSERT INTO event_order (id, last_seq, erased) VALUES (1, 0, 0);

CREATE TABLE notices (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB REFERENCES programs (id),
    deal_id BLOB REFERENCES deals (id),
    event_seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- JSON: what the sentence needs.
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    read_at INTEGER
) STRICT;
-- The bell: unread ones counted, all listed newest first.
CREATE INDEX notices_user ON notices (user_id, read_at, created_at);
CREATE INDEX notices_user_list ON notices (user_id, created_at DESC, id DESC);
-- Opening a deal marks its notices read.
CREATE INDEX notices_deal ON notices (deal_id, user_id);
-- Whom to tell of an event again after a lost connection.
CREATE INDEX notices_event ON notices (event_seq);

-- Work to do after the commit ---------------------------------------------------------------------------------------

CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    available_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    done_at INTEGER
) STRICT;
-- The next work that is due.
CREATE INDEX outbox_due ON outbox (available_at, id) WHERE done_at IS NULL;

-- What a request with an Idempotency-Key was answered, to answer its repetition alike.
CREATE TABLE idempotency_keys (
    user_id BLOB NOT NULL REFERENCES users (id),
    key TEXT NOT NULL,
    -- SHA-256 of method, path and body: the same key for another request is refused.
    fingerprint BLOB NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT;
-- The sweep of old keys.
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
