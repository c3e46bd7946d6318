-- Keys by which programs of a team's own act in their maker's name, and what was done under an Idempotency-Key.

CREATE TABLE api_keys (
    id UUID PRIMARY KEY,
    -- SHA-256 of the key; unique: every request looks it up.
    token_hash BYTEA NOT NULL UNIQUE,
    -- Whose it is: a company's or a partner team's.
    company_id UUID REFERENCES companies (id),
    partner_id UUID REFERENCES partners (id),
    -- Its maker, in whose name it acts.
    user_id UUID NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    -- The last letters of the key, to tell keys apart.
    hint TEXT NOT NULL,
    -- Words parted by commas; empty: it only reads.
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT,
    CHECK ((company_id IS NULL) <> (partner_id IS NULL))
);
-- The team's page of keys, newest first.
CREATE INDEX api_keys_company ON api_keys (company_id, id DESC);
CREATE INDEX api_keys_partner ON api_keys (partner_id, id DESC);
-- Whether somebody still has keys: the foreign key asks.
CREATE INDEX api_keys_user ON api_keys (user_id);

-- Nothing wrote to it yet.
DROP TABLE idempotency_keys;
CREATE TABLE idempotency_keys (
    api_key_id UUID NOT NULL REFERENCES api_keys (id),
    key TEXT NOT NULL,
    -- As the API key's: to be taken away with the team.
    company_id UUID,
    partner_id UUID,
    -- SHA-256 of method, path, precondition and body: the same key for another request is refused.
    fingerprint BYTEA NOT NULL,
    -- What the write gave, as JSON. Null only within the write's own transaction.
    outcome TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (api_key_id, key)
);
-- The sweep of old keys.
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
-- A team's own, to be taken away with it.
CREATE INDEX idempotency_keys_company ON idempotency_keys (company_id);
CREATE INDEX idempotency_keys_partner ON idempotency_keys (partner_id);
