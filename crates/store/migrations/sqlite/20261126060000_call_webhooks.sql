-- Webhooks: where a company's own systems are told, what they are told, and how each try went.

CREATE TABLE webhook_endpoints (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    -- '*', or the names of the events with spaces between them.
    events TEXT NOT NULL,
    -- enabled, disabled, stopped
    state TEXT NOT NULL,
    -- whsec_..., as the receiver has it: an HMAC is made with the secret itself.
    secret TEXT NOT NULL,
    -- Signs as well, until then.
    old_secret TEXT,
    old_secret_until INTEGER,
    -- The first failure since the last success.
    failing_since INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX webhook_endpoints_company ON webhook_endpoints (company_id, id);
-- Old secrets whose time has ended.
CREATE INDEX webhook_endpoints_old_secrets ON webhook_endpoints (old_secret_until) WHERE old_secret IS NOT NULL;

-- Written in the transaction of what they tell of, delivered by workers at least once under their id.
CREATE TABLE webhook_deliveries (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    endpoint_id BLOB NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    -- The message's type.
    kind TEXT NOT NULL,
    -- The deal's number; empty for a test.
    about TEXT NOT NULL,
    -- The body, as it is signed and sent.
    payload TEXT NOT NULL,
    -- queued, sending, delivered, dead
    state TEXT NOT NULL,
    -- How often it was taken; tells leases apart.
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- queued: not to be tried before; sending: until when the worker has it.
    available_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
-- What is due, by endpoint. Partial, and so found only by the same condition.
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, available_at, id) WHERE state IN ('queued', 'sending');
-- An endpoint's log, newest first, all of it or by state.
CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries (endpoint_id, id DESC);
CREATE INDEX webhook_deliveries_state ON webhook_deliveries (endpoint_id, state, id DESC);
-- The sweep of old deliveries.
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (changed_at);
CREATE INDEX webhook_deliveries_company ON webhook_deliveries (company_id);

CREATE TABLE webhook_attempts (
    delivery_id BLOB NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
    -- Counted from 1.
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- Milliseconds.
    took INTEGER NOT NULL,
    -- What it answered; null: nothing.
    status INTEGER,
    -- The first characters of the answer.
    answer TEXT NOT NULL,
    -- Why it was no success, in words; empty: it was one.
    error TEXT NOT NULL,
    PRIMARY KEY (delivery_id, number)
) STRICT;
