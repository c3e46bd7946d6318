-- What each column of a board adds up to, kept as deals come, move and go: a board shows it on every load, and adding
-- up 100,000 deals took 760 ms. Kept by triggers, so that no statement can forget it.

CREATE TABLE stage_totals (
    company_id UUID NOT NULL,
    -- A program (the company's board) or a membership (the partner's).
    scope_id UUID NOT NULL,
    stage_id UUID NOT NULL,
    -- Empty for deals without a value.
    currency TEXT NOT NULL,
    deals BIGINT NOT NULL,
    minor BIGINT NOT NULL,
    PRIMARY KEY (scope_id, stage_id, currency)
);

INSERT INTO stage_totals (company_id, scope_id, stage_id, currency, deals, minor)
SELECT company_id, program_id, stage_id, coalesce(currency, ''), count(*), coalesce(sum(value_minor), 0)::bigint
FROM deals WHERE stage_id IS NOT NULL GROUP BY company_id, program_id, stage_id, coalesce(currency, '');
INSERT INTO stage_totals (company_id, scope_id, stage_id, currency, deals, minor)
SELECT company_id, membership_id, stage_id, coalesce(currency, ''), count(*), coalesce(sum(value_minor), 0)::bigint
FROM deals WHERE stage_id IS NOT NULL GROUP BY company_id, membership_id, stage_id, coalesce(currency, '');

-- Once per statement, not per row: updating one row again and again in a transaction gets slower with each time.
-- Rows are locked in one order, so that two moves in opposite directions wait for each other instead of deadlocking.
CREATE FUNCTION deals_count_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stage_totals AS kept (company_id, scope_id, stage_id, currency, deals, minor)
    SELECT change.company_id, scope.id, change.stage_id, coalesce(change.currency, ''),
        sum(change.sign)::bigint, sum(change.sign * coalesce(change.value_minor, 0))::bigint
    FROM (SELECT 1 AS sign, came.* FROM came) AS change
        CROSS JOIN LATERAL (VALUES (change.program_id), (change.membership_id)) AS scope (id)
    WHERE change.stage_id IS NOT NULL
    GROUP BY change.company_id, scope.id, change.stage_id, coalesce(change.currency, '')
    HAVING sum(change.sign) <> 0 OR sum(change.sign * coalesce(change.value_minor, 0)) <> 0
    ORDER BY scope.id, change.stage_id, coalesce(change.currency, '')
    ON CONFLICT (scope_id, stage_id, currency)
    DO UPDATE SET deals = kept.deals + excluded.deals, minor = kept.minor + excluded.minor;
    RETURN NULL;
END $$;
CREATE FUNCTION deals_count_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stage_totals AS kept (company_id, scope_id, stage_id, currency, deals, minor)
    SELECT change.company_id, scope.id, change.stage_id, coalesce(change.currency, ''),
        sum(change.sign)::bigint, sum(change.sign * coalesce(change.value_minor, 0))::bigint
    FROM (SELECT -1 AS sign, gone.* FROM gone) AS change
        CROSS JOIN LATERAL (VALUES (change.program_id), (change.membership_id)) AS scope (id)
    WHERE change.stage_id IS NOT NULL
    GROUP BY change.company_id, scope.id, change.stage_id, coalesce(change.currency, '')
    HAVING sum(change.sign) <> 0 OR sum(change.sign * coalesce(change.value_minor, 0)) <> 0
    ORDER BY scope.id, change.stage_id, coalesce(change.currency, '')
    ON CONFLICT (scope_id, stage_id, currency)
    DO UPDATE SET deals = kept.deals + excluded.deals, minor = kept.minor + excluded.minor;
    RETURN NULL;
END $$;
CREATE FUNCTION deals_count_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stage_totals AS kept (company_id, scope_id, stage_id, currency, deals, minor)
    SELECT change.company_id, scope.id, change.stage_id, coalesce(change.currency, ''),
        sum(change.sign)::bigint, sum(change.sign * coalesce(change.value_minor, 0))::bigint
    FROM (SELECT -1 AS sign, gone.* FROM gone UNION ALL SELECT 1 AS sign, came.* FROM came) AS change
        CROSS JOIN LATERAL (VALUES (change.program_id), (change.membership_id)) AS scope (id)
    WHERE change.stage_id IS NOT NULL
    GROUP BY change.company_id, scope.id, change.stage_id, coalesce(change.currency, '')
    HAVING sum(change.sign) <> 0 OR sum(change.sign * coalesce(change.value_minor, 0)) <> 0
    ORDER BY scope.id, change.stage_id, coalesce(change.currency, '')
    ON CONFLICT (scope_id, stage_id, currency)
    DO UPDATE SET deals = kept.deals + excluded.deals, minor = kept.minor + excluded.minor;
    RETURN NULL;
END $$;
CREATE TRIGGER deals_total_insert AFTER INSERT ON deals REFERENCING NEW TABLE AS came
FOR EACH STATEMENT EXECUTE FUNCTION deals_count_in();
CREATE TRIGGER deals_total_update AFTER UPDATE ON deals REFERENCING OLD TABLE AS gone NEW TABLE AS came
FOR EACH STATEMENT EXECUTE FUNCTION deals_count_over();
CREATE TRIGGER deals_total_delete AFTER DELETE ON deals REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION deals_count_out();

-- The company's list by value and by close date, page by page; the same expressions as in the statement's ORDER BY.
CREATE INDEX deals_value ON deals (company_id, program_id, coalesce(value_minor, -1) DESC, id DESC);
CREATE INDEX deals_close_date ON deals (company_id, program_id, coalesce(close_date, '9999-12-31'), id);
-- How many deals each partner of a program ever registered, counted in the index alone.
CREATE INDEX deals_registered ON deals (membership_id) WHERE number IS NOT NULL;
