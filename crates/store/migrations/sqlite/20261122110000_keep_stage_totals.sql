-- What each column of a board adds up to, kept as deals come, move and go: a board shows it on every load, and adding
-- up 100,000 deals took 760 ms. Kept by triggers, so that no statement can forget it.

CREATE TABLE stage_totals (
    company_id BLOB NOT NULL,
    -- A program (the company's board) or a membership (the partner's).
    scope_id BLOB NOT NULL,
    stage_id BLOB NOT NULL,
    -- Empty for deals without a value.
    currency TEXT NOT NULL,
    deals INTEGER NOT NULL,
    minor INTEGER NOT NULL,
    PRIMARY KEY (scope_id, stage_id, currency)
) STRICT;

INSERT INTO stage_totals (company_id, scope_id, stage_id, currency, deals, minor)
SELECT company_id, program_id, stage_id, coalesce(currency, ''), count(*), coalesce(sum(value_minor), 0)
FROM deals WHERE stage_id IS NOT NULL GROUP BY company_id, program_id, stage_id, coalesce(currency, '');
INSERT INTO stage_totals (company_id, scope_id, stage_id, currency, deals, minor)
SELECT company_id, membership_id, stage_id, coalesce(currency, ''), count(*), coalesce(sum(value_minor), 0)
FROM deals WHERE stage_id IS NOT NULL GROUP BY company_id, membership_id, stage_id, coalesce(currency, '');

CREATE TRIGGER deals_total_insert AFTER INSERT ON deals WHEN NEW.stage_id IS NOT NULL
BEGIN
    INSERT INTO stage_totals (company_id, scope_id, stage_id, currency, deals, minor)
    VALUES
        (NEW.company_id, NEW.program_id, NEW.stage_id, coalesce(NEW.currency, ''), 1, coalesce(NEW.value_minor, 0)),
        (NEW.company_id, NEW.membership_id, NEW.stage_id, coalesce(NEW.currency, ''), 1, coalesce(NEW.value_minor, 0))
    ON CONFLICT (scope_id, stage_id, currency)
    DO UPDATE SET deals = deals + excluded.deals, minor = minor + excluded.minor;
END;

CREATE TRIGGER deals_total_update AFTER UPDATE ON deals
WHEN OLD.stage_id IS NOT NEW.stage_id OR OLD.currency IS NOT NEW.currency OR OLD.value_minor IS NOT NEW.value_minor
BEGIN
    UPDATE stage_totals SET deals = deals - 1, minor = minor - coalesce(OLD.value_minor, 0)
    WHERE scope_id IN (OLD.program_id, OLD.membership_id) AND stage_id = OLD.stage_id
        AND currency = coalesce(OLD.currency, '');
    INSERT INTO stage_totals (company_id, scope_id, stage_id, currency, deals, minor)
    SELECT NEW.company_id, scope.id, NEW.stage_id, coalesce(NEW.currency, ''), 1, coalesce(NEW.value_minor, 0)
    FROM (SELECT NEW.program_id AS id UNION ALL SELECT NEW.membership_id) AS scope
    WHERE NEW.stage_id IS NOT NULL
    ON CONFLICT (scope_id, stage_id, currency)
    DO UPDATE SET deals = deals + excluded.deals, minor = minor + excluded.minor;
END;

CREATE TRIGGER deals_total_delete AFTER DELETE ON deals WHEN OLD.stage_id IS NOT NULL
BEGIN
    UPDATE stage_totals SET deals = deals - 1, minor = minor - coalesce(OLD.value_minor, 0)
    WHERE scope_id IN (OLD.program_id, OLD.membership_id) AND stage_id = OLD.stage_id
        AND currency = coalesce(OLD.currency, '');
END;

-- The company's list by value and by close date, page by page; the same expressions as in the statement's ORDER BY.
CREATE INDEX deals_value ON deals (company_id, program_id, coalesce(value_minor, -1) DESC, id DESC);
CREATE INDEX deals_close_date ON deals (company_id, program_id, coalesce(close_date, '9999-12-31'), id);
-- How many deals each partner of a program ever registered, counted in the index alone.
CREATE INDEX deals_registered ON deals (membership_id) WHERE number IS NOT NULL;
