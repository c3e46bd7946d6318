-- Deals that a company brings from elsewhere: the file, how its columns are read, how far the work is, and what became of
-- each row.

CREATE TABLE imports (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    -- Under which the bytes lie in the data folder, until the import is done.
    file_id BLOB NOT NULL,
    file_name TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    delimiter TEXT NOT NULL,
    -- Where the first row begins, after the headings.
    first_byte INTEGER NOT NULL,
    first_line INTEGER NOT NULL,
    -- JSON: each with what stands in the first row.
    headings TEXT NOT NULL,
    -- JSON.
    mapping TEXT NOT NULL,
    -- By which the rows are read.
    form_version_id BLOB NOT NULL REFERENCES form_versions (id),
    -- mapping, checking, checked, running, done, undoing, undone
    state TEXT NOT NULL,
    -- Why the work stopped before its end; null: it did not.
    halted TEXT,
    -- In whose name a worker works.
    worked_by BLOB NOT NULL REFERENCES users (id),
    -- How often it was taken, or changed by somebody: tells leases apart.
    lease INTEGER NOT NULL,
    -- Not before; at work: until when the worker has it.
    available_at INTEGER NOT NULL,
    -- How far the present work is: rows, and where in the file the next one begins. Written with what the rows became.
    position INTEGER NOT NULL,
    at_byte INTEGER NOT NULL,
    at_line INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    ready INTEGER NOT NULL,
    faults INTEGER NOT NULL,
    doubles INTEGER NOT NULL,
    made INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    created_by BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
-- A program's imports, newest first.
CREATE INDEX imports_program ON imports (company_id, program_id, id DESC);
-- The next work that is due. Partial, and so found only by the same condition.
CREATE INDEX imports_due ON imports (available_at, id) WHERE state IN ('checking', 'running', 'undoing') AND halted IS NULL;

CREATE TABLE import_rows (
    import_id BLOB NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    -- Counted from 1.
    number INTEGER NOT NULL,
    company_id BLOB NOT NULL,
    -- Of the file, where the row begins.
    line INTEGER NOT NULL,
    -- ready, fault, double, made, undone, kept
    outcome TEXT NOT NULL,
    -- JSON: what is wrong with it, or why undoing left its deal.
    faults TEXT NOT NULL,
    -- The business that it is about: two rows about one are doubles.
    business TEXT NOT NULL,
    -- What it made, and at which version: a deal at another one was worked on since. No foreign key: it would be asked
    -- whenever a draft is deleted.
    deal_id BLOB,
    deal_version INTEGER,
    PRIMARY KEY (import_id, number)
) STRICT;
-- The rows with faults, page by page; those that made deals.
CREATE INDEX import_rows_outcome ON import_rows (import_id, outcome, number);
CREATE INDEX import_rows_business ON import_rows (import_id, business);
