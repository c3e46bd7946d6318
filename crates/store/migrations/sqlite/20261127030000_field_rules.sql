-- What fields of a form may ask besides an answer: that no other deal gives the same one, and what only the company says.

CREATE TABLE unique_answers (
    deal_id BLOB NOT NULL REFERENCES deals (id),
    field_key TEXT NOT NULL,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    -- In one form, however it was typed.
    answer TEXT NOT NULL,
    -- Whether the deal stands: only then is the answer taken.
    stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
    PRIMARY KEY (deal_id, field_key)
) STRICT;
-- Of two deals that stand, one has the answer.
CREATE UNIQUE INDEX unique_answers_taken ON unique_answers (program_id, field_key, answer) WHERE stands = TRUE;

CREATE TABLE company_answers (
    deal_id BLOB NOT NULL PRIMARY KEY REFERENCES deals (id),
    company_id BLOB NOT NULL REFERENCES companies (id),
    -- JSON, as deals keep what partners answer.
    answers TEXT NOT NULL,
    changed_by BLOB NOT NULL REFERENCES users (id),
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
