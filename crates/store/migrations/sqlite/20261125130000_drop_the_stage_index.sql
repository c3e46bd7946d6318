-- Which stages hold deals stands in stage_totals, and a board's index finds them. This one was left for the foreign key,
-- which asks it only when demo data is cleared; every move paid for that.
DROP INDEX deals_stage;
