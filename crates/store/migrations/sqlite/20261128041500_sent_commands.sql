-- What a page sent under a key of its own and the server carried out, so that it is not done twice when the answer was lost. For a time
-- only. API keys have `idempotency_keys`.

CREATE TABLE sent_commands (
    program_id BLOB NOT NULL REFERENCES programs (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    -- Made by the page.
    key TEXT NOT NULL,
    company_id BLOB NOT NULL REFERENCES companies (id),
    -- SHA-256 of what was asked for: the same key for another command is refused.
    fingerprint BLOB NOT NULL,
    -- What the write gave, as JSON. Null only within the write's own transaction.
    outcome TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (program_id, user_id, key)
) STRICT;
-- To be taken away with the company and the person.
CREATE INDEX sent_commands_company ON sent_commands (company_id);
CREATE INDEX sent_commands_user ON sent_commands (user_id);
-- The sweep of old ones.
CREATE INDEX sent_commands_age ON sent_commands (created_at);
