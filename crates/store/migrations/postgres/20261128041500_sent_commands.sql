-- What a page sent under a key of its own and the server carried out, so that it is not done twice when the answer was lost. For a time
-- only. API keys have `idempotency_keys`.

CREATE TABLE sent_commands (
    program_id UUID NOT NULL REFERENCES programs (id),
    user_id UUID NOT NULL REFERENCES users (id),
    -- Made by the page.
    key TEXT NOT NULL,
    company_id UUID NOT NULL REFERENCES companies (id),
    -- SHA-256 of what was asked for: the same key for another command is refused.
    fingerprint BYTEA NOT NULL,
    -- What the write gave, as JSON. Null only within the write's own transaction.
    outcome TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (program_id, user_id, key)
);
-- To be taken away with the company and the person.
CREATE INDEX sent_commands_company ON sent_commands (company_id);
CREATE INDEX sent_commands_user ON sent_commands (user_id);
-- The sweep of old ones.
CREATE INDEX sent_commands_age ON sent_commands (created_at);
