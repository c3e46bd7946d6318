-- Addresses of a program's board or list that people keep under a name, alone or for the own team.

CREATE TABLE saved_views (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    -- The partner's side of the program; NULL for the company's.
    membership_id BLOB REFERENCES memberships (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    -- By what one person's names are told apart.
    name_folded TEXT NOT NULL,
    -- As the filter writes it; empty for everything.
    query TEXT NOT NULL,
    -- With everybody of that side's team.
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
-- One name once for each person and side. Two, because NULL is like no other NULL.
CREATE UNIQUE INDEX saved_views_company_name ON saved_views (program_id, user_id, name_folded) WHERE membership_id IS NULL;
CREATE UNIQUE INDEX saved_views_partner_name ON saved_views (membership_id, user_id, name_folded) WHERE membership_id IS NOT NULL;
-- One side's menu.
CREATE INDEX saved_views_side ON saved_views (company_id, program_id, membership_id);
-- To be taken away with the person.
CREATE INDEX saved_views_user ON saved_views (user_id);
