-- The first schema. One file per engine, the same tables, columns, nullability and indexes (tests/parity.rs).
-- The tenant key comes first in every index that a tenant's question uses, so that one tenant's size is no other's cost.

-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE users (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    -- Lower-cased in Rust: lower() knows only ASCII on SQLite. Unique: it is what people sign in with.
    email_folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Null until the person has chosen one through a link.
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE sessions (
    id UUID PRIMARY KEY,
    -- SHA-256 of the cookie's token; unique: every request looks it up.
    token_hash BYTEA NOT NULL UNIQUE,
    user_id UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);
-- A person's own list of sessions, and "sign out others".
CREATE INDEX sessions_user ON sessions (user_id, last_seen_at);
-- The sweep of expired sessions.
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE login_attempts (
    id UUID PRIMARY KEY,
    -- account:<folded email> or address:<ip>
    key TEXT NOT NULL,
    at BIGINT NOT NULL
);
-- Attempts of one account or address since a moment.
CREATE INDEX login_attempts_key ON login_attempts (key, at);
-- The sweep of old attempts.
CREATE INDEX login_attempts_age ON login_attempts (at);

-- Companies, partners, programs ------------------------------------------------------------------------------------

CREATE TABLE companies (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    -- Unique: it names the company in addresses for people.
    slug TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE company_users (
    company_id UUID NOT NULL REFERENCES companies (id),
    user_id UUID NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, user_id)
);
-- Which companies a signed-in person belongs to.
CREATE INDEX company_users_user ON company_users (user_id);

CREATE TABLE partners (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    -- ISO 3166-1 alpha-2.
    country TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE partner_users (
    partner_id UUID NOT NULL REFERENCES partners (id),
    user_id UUID NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (partner_id, user_id)
);
-- Which partner teams a signed-in person belongs to.
CREATE INDEX partner_users_user ON partner_users (user_id);

CREATE TABLE programs (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    summary TEXT NOT NULL,
    -- What a deal's number begins with.
    number_prefix TEXT NOT NULL,
    -- ISO 4217.
    currency TEXT NOT NULL,
    submissions_open BOOLEAN NOT NULL,
    decision_hours BIGINT NOT NULL,
    protection_days BIGINT NOT NULL,
    extension_days BIGINT NOT NULL,
    -- The number that the next submitted deal gets.
    next_number BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (company_id, slug)
);

CREATE TABLE tiers (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    name TEXT NOT NULL,
    position INT NOT NULL
);
-- A program's tiers in order.
CREATE INDEX tiers_program ON tiers (company_id, program_id, position);

CREATE TABLE memberships (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    partner_id UUID NOT NULL REFERENCES partners (id),
    tier_id UUID REFERENCES tiers (id),
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    -- A partner joins a program once.
    UNIQUE (program_id, partner_id)
);
-- A company's partners.
CREATE INDEX memberships_company ON memberships (company_id, program_id, status);
-- A partner's own programs: the dashboard and the program switcher.
CREATE INDEX memberships_partner ON memberships (partner_id, status);

CREATE TABLE one_time_links (
    id UUID PRIMARY KEY,
    -- SHA-256 of the link's token; unique: opening the link looks it up.
    token_hash BYTEA NOT NULL UNIQUE,
    -- setup, reset, invite_partner, invite_company
    kind TEXT NOT NULL,
    user_id UUID REFERENCES users (id),
    company_id UUID REFERENCES companies (id),
    program_id UUID REFERENCES programs (id),
    partner_id UUID REFERENCES partners (id),
    tier_id UUID REFERENCES tiers (id),
    role TEXT,
    email TEXT,
    partner_name TEXT,
    created_by UUID REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
-- Open invitations of a company or a program.
CREATE INDEX one_time_links_company ON one_time_links (company_id, kind, created_at);
-- Open invitations into a partner team.
CREATE INDEX one_time_links_partner ON one_time_links (partner_id, kind, created_at);

-- Forms and stages -------------------------------------------------------------------------------------------------

CREATE TABLE form_versions (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    number INT NOT NULL,
    -- JSON. Never changes: deals point here.
    definition TEXT NOT NULL,
    published_by UUID REFERENCES users (id),
    published_at BIGINT NOT NULL,
    -- Also finds the newest.
    UNIQUE (program_id, number)
);

CREATE TABLE form_drafts (
    program_id UUID PRIMARY KEY REFERENCES programs (id),
    company_id UUID NOT NULL REFERENCES companies (id),
    definition TEXT NOT NULL,
    changed_by UUID REFERENCES users (id),
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE stages (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    hue TEXT NOT NULL,
    position INT NOT NULL,
    stuck_days INT,
    -- Per cent.
    probability INT NOT NULL,
    -- Kept for the names in old histories.
    retired_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
-- A program's columns in order.
CREATE INDEX stages_program ON stages (company_id, program_id, position);

CREATE TABLE lost_reasons (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    label TEXT NOT NULL,
    position INT NOT NULL,
    retired_at BIGINT
);
-- A program's reasons in order.
CREATE INDEX lost_reasons_program ON lost_reasons (company_id, program_id, position);

-- Deals ------------------------------------------------------------------------------------------------------------

CREATE TABLE deals (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    partner_id UUID NOT NULL REFERENCES partners (id),
    membership_id UUID NOT NULL REFERENCES memberships (id),
    form_version_id UUID NOT NULL REFERENCES form_versions (id),
    -- Given when the deal is first submitted.
    number BIGINT,
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
    value_minor BIGINT,
    currency TEXT,
    close_date TEXT,
    -- The status of the registration and, as JSON, the facts that it carries.
    registration TEXT NOT NULL,
    registration_facts TEXT NOT NULL,
    submitted_at BIGINT,
    due_at BIGINT,
    decided_at BIGINT,
    protected_until BIGINT,
    stage_id UUID REFERENCES stages (id),
    stage_entered_at BIGINT,
    -- A fractional index: bytes decide, not a language's order. Null, as the stage, until the approval.
    rank TEXT COLLATE "C",
    win TEXT NOT NULL,
    win_facts TEXT NOT NULL,
    lost_reason_id UUID REFERENCES lost_reasons (id),
    lost_note TEXT,
    owner_id UUID NOT NULL REFERENCES users (id),
    -- What the search box looks through, folded in Rust.
    search TEXT NOT NULL,
    created_by UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    changed_by UUID NOT NULL REFERENCES users (id),
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (program_id, number),
    UNIQUE (membership_id, submit_key)
);
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
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    deal_id UUID NOT NULL REFERENCES deals (id),
    field_key TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    created_by UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL
);
-- A deal's files.
CREATE INDEX files_deal ON files (company_id, deal_id);

CREATE TABLE claims (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    customer_name TEXT NOT NULL,
    customer_folded TEXT NOT NULL,
    customer_domain TEXT,
    note TEXT NOT NULL,
    created_by UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL
);
-- The company's own deals with a customer, by site and by name: conflicts.
CREATE INDEX claims_domain ON claims (company_id, customer_domain);
CREATE INDEX claims_customer ON claims (company_id, customer_folded);

CREATE TABLE customers (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    domain TEXT,
    -- The domain, or name:<folded>: one row per business, also when two wins meet.
    business_key TEXT NOT NULL,
    status TEXT NOT NULL,
    -- The win that made it a customer.
    deal_id UUID NOT NULL REFERENCES deals (id),
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (company_id, business_key)
);
-- The customer list, by name.
CREATE INDEX customers_name ON customers (company_id, folded, id);
-- From a deal to the customer that it made.
CREATE INDEX customers_deal ON customers (deal_id);

-- Events -----------------------------------------------------------------------------------------------------------

-- No foreign keys: history outlives what it tells of.
CREATE TABLE events (
    -- The one order of all events, without gaps; see event_order.
    seq BIGINT PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    -- Null for what a partner team does on its own.
    company_id UUID,
    program_id UUID,
    partner_id UUID,
    -- deal, program, company...
    subject TEXT NOT NULL,
    subject_id UUID NOT NULL,
    -- 1, 2, 3... within the subject.
    subject_seq BIGINT NOT NULL,
    -- The subject's version after this event; 0 where it has none.
    subject_version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor_id UUID,
    actor_side TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- JSON.
    payload TEXT NOT NULL,
    -- SHA-256 over this row and the hash of the subject's event before it.
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    -- A deal's timeline; and two writers cannot both append the same step.
    UNIQUE (subject_id, subject_seq)
);
-- What a company's viewers missed since seq.
CREATE INDEX events_company ON events (company_id, program_id, seq);
-- What a partner's viewers missed since seq.
CREATE INDEX events_partner ON events (partner_id, seq);

-- Append-only. store::maintenance is the one place that lifts this, to clear demo data.
CREATE FUNCTION events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$;
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events
FOR EACH ROW EXECUTE FUNCTION events_refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_change();

-- One row: the last seq given. Its lock is held to the end of the transaction, so seq becomes visible in order, and a
-- rollback gives the number back.
CREATE TABLE event_order (
    id INT PRIMARY KEY CHECK (id = 1),
    last_seq BIGINT NOT NULL,
    -- Events that were erased with demo data: the only gaps there may be.
    erased BIGINT NOT NULL
);
INSERT INTO event_order (id, last_seq, erased) VALUES (1, 0, 0);

CREATE TABLE notices (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID REFERENCES programs (id),
    deal_id UUID REFERENCES deals (id),
    event_seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- JSON: what the sentence needs.
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT
);
-- The bell: unread ones counted, all listed newest first.
CREATE INDEX notices_user ON notices (user_id, read_at, created_at);
CREATE INDEX notices_user_list ON notices (user_id, created_at DESC, id DESC);
-- Opening a deal marks its notices read.
CREATE INDEX notices_deal ON notices (deal_id, user_id);
-- Whom to tell of an event again after a lost connection.
CREATE INDEX notices_event ON notices (event_seq);

-- Work to do after the commit ---------------------------------------------------------------------------------------

CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    available_at BIGINT NOT NULL,
    attempts INT NOT NULL DEFAULT 0,
    done_at BIGINT
);
-- The next work that is due.
CREATE INDEX outbox_due ON outbox (available_at, id) WHERE done_at IS NULL;

-- What a request with an Idempotency-Key was answered, to answer its repetition alike.
CREATE TABLE idempotency_keys (
    user_id UUID NOT NULL REFERENCES users (id),
    key TEXT NOT NULL,
    -- SHA-256 of method, path and body: the same key for another request is refused.
    fingerprint BYTEA NOT NULL,
    status INT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, key)
);
-- The sweep of old keys.
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
