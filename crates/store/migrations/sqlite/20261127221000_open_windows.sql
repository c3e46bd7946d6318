-- Who has something open to edit it, for half a minute after they last said so: a program's form, or a partner team's draft.
-- It takes the place of `form_editors`. What stood there is said again within seconds.

CREATE TABLE open_windows (
    program_id BLOB NOT NULL REFERENCES programs (id),
    -- Made by the page: one person may have it open twice.
    window_key TEXT NOT NULL,
    company_id BLOB NOT NULL REFERENCES companies (id),
    -- The draft, or the deal that questions are answered about; NULL for the program's form.
    deal_id BLOB REFERENCES deals (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    -- The key of the field that the window is at; empty for none.
    field TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (program_id, window_key)
) STRICT;
-- To be taken away with the company, the draft, and the person.
CREATE INDEX open_windows_company ON open_windows (company_id);
CREATE INDEX open_windows_deal ON open_windows (deal_id);
CREATE INDEX open_windows_user ON open_windows (user_id);

DROP TABLE form_editors;
