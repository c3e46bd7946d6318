-- Who has a program's form open to edit it, for half a minute after they last said so.

CREATE TABLE form_editors (
    program_id UUID NOT NULL REFERENCES programs (id),
    -- Made by the page: one person may have it open twice.
    window_key TEXT NOT NULL,
    company_id UUID NOT NULL REFERENCES companies (id),
    user_id UUID NOT NULL REFERENCES users (id),
    -- The key of the field that is chosen; empty for none.
    field TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (program_id, window_key)
);
-- To be taken away with the company, and with the person.
CREATE INDEX form_editors_company ON form_editors (company_id);
CREATE INDEX form_editors_user ON form_editors (user_id);
