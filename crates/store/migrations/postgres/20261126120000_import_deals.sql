-- Deals that a company brings from elsewhere: the file, how its columns are read, how far the work is, and what became of
-- each row.

CREATE TABLE imports (
    id UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    -- Under which the bytes lie in the data folder, until the import is done.
    file_id UUID NOT NULL,
    file_name TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    delimiter TEXT NOT NULL,
    -- Where the first row begins, after the headings.
    first_byte BIGINT NOT NULL,
    first_line BIGINT NOT NULL,
    -- JSON: each with what stands in the first row.
    headings TEXT NOT NULL,
    -- JSON.
    mapping TEXT NOT NULL,
    -- By which the rows are read.
    form_version_id UUID NOT NULL REFERENCES form_versions (id),
    -- mapping, checking, checked, running, done, undoing, undone
    state TEXT NOT NULL,
    -- Why the work stopped before its end; null: it did not.
    halted TEXT,
    -- In whose name a worker works.
    worked_by UUID NOT NULL REFERENCES users (id),
    -- How often it was taken, or changed by somebody: tells leases apart.
    lease BIGINT NOT NULL,
    -- Not before; at work: until when the worker has it.
    available_at BIGINT NOT NULL,
    -- How far the present work is: rows, and where in the file the next one begins. Written with what the rows became.
    position BIGINT NOT NULL,
    at_byte BIGINT NOT NULL,
    at_line BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    ready BIGINT NOT NULL,
    faults BIGINT NOT NULL,
    doubles BIGINT NOT NULL,
    made BIGINT NOT NULL,
    undone BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    created_by UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
-- A program's imports, newest first.
CREATE INDEX imports_program ON imports (company_id, program_id, id DESC);
-- The next work that is due. Partial, and so found only by the same condition.
CREATE INDEX imports_due ON imports (available_at, id) WHERE state IN ('checking', 'running', 'undoing') AND halted IS NULL;

CREATE TABLE import_rows (
    import_id UUID NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    -- Counted from 1.
    number BIGINT NOT NULL,
    company_id UUID NOT NULL,
    -- Of the file, where the row begins.
    line BIGINT NOT NULL,
    -- ready, fault, double, made, undone, kept
    outcome TEXT NOT NULL,
    -- JSON: what is wrong with it, or why undoing left its deal.
    faults TEXT NOT NULL,
    -- The business that it is about: two rows about one are doubles.
    business TEXT NOT NULL,
    -- What it made, and at which version: a deal at another one was worked on since. No foreign key: it would be asked
    -- whenever a draft is deleted.
    deal_id UUID,
    deal_version BIGINT,
    PRIMARY KEY (import_id, number)
);
-- The rows with faults, page by page; those that made deals.
CREATE INDEX import_rows_outcome ON import_rows (import_id, outcome, number);
CREATE INDEX import_rows_business ON import_rows (import_id, business);
