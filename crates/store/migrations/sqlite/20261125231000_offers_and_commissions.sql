-- What companies promise and owe: offers in versions, transactions, commissions, and the books behind them.

CREATE TABLE offers (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    created_at INTEGER NOT NULL,
    -- From this day on it earns nothing.
    ended_at INTEGER
) STRICT;
-- A program's offers.
CREATE INDEX offers_program ON offers (company_id, program_id, id);

CREATE TABLE offer_versions (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    offer_id BLOB NOT NULL REFERENCES offers (id),
    number INTEGER NOT NULL,
    -- JSON. Never changes: commissions point here.
    terms TEXT NOT NULL,
    published_by BLOB NOT NULL REFERENCES users (id),
    published_at INTEGER NOT NULL,
    -- Two who publish the next version meet here.
    UNIQUE (offer_id, number)
) STRICT;

CREATE TABLE transactions (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    customer_id BLOB NOT NULL REFERENCES customers (id),
    -- The win whose partner it may earn for.
    deal_id BLOB NOT NULL REFERENCES deals (id),
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL,
    happened_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    entered_by BLOB NOT NULL REFERENCES users (id),
    entered_at INTEGER NOT NULL,
    -- The same invoice typed twice is one transaction.
    UNIQUE (company_id, customer_id, reference)
) STRICT;
-- What a deal's customer bought.
CREATE INDEX transactions_deal ON transactions (company_id, deal_id, happened_on);

CREATE TABLE payouts (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL,
    reference TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    paid_by BLOB NOT NULL REFERENCES users (id),
    paid_at INTEGER NOT NULL
) STRICT;
-- What a partner was paid.
CREATE INDEX payouts_partner ON payouts (company_id, program_id, partner_id, paid_at);

CREATE TABLE commissions (
    id BLOB NOT NULL PRIMARY KEY,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    partner_id BLOB NOT NULL REFERENCES partners (id),
    membership_id BLOB NOT NULL REFERENCES memberships (id),
    deal_id BLOB NOT NULL REFERENCES deals (id),
    offer_id BLOB NOT NULL REFERENCES offers (id),
    offer_version_id BLOB NOT NULL REFERENCES offer_versions (id),
    -- JSON; the next three columns are its parts.
    cause TEXT NOT NULL,
    cause_key TEXT NOT NULL,
    transaction_id BLOB REFERENCES transactions (id),
    corrects_id BLOB REFERENCES commissions (id),
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL,
    -- JSON: how the amount came about, line by line.
    calculation TEXT NOT NULL,
    -- The status and, as JSON, the facts that it carries.
    status TEXT NOT NULL,
    state TEXT NOT NULL,
    payout_id BLOB REFERENCES payouts (id),
    accrued_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    -- Once per cause and offer, whatever is retried or raced.
    UNIQUE (offer_id, cause_key)
) STRICT;
-- The company's list, newest first; all of it, of one status, of one partner.
CREATE INDEX commissions_list ON commissions (company_id, program_id, accrued_at DESC, id DESC);
CREATE INDEX commissions_status ON commissions (company_id, program_id, status, accrued_at DESC, id DESC);
CREATE INDEX commissions_partner ON commissions (company_id, program_id, partner_id, accrued_at DESC, id DESC);
-- The partner's list.
CREATE INDEX commissions_membership ON commissions (membership_id, accrued_at DESC, id DESC);
-- What a deal earned.
CREATE INDEX commissions_deal ON commissions (company_id, deal_id, accrued_at, id);
-- A commission's corrections.
CREATE INDEX commissions_corrects ON commissions (corrects_id);
-- What a payout paid.
CREATE INDEX commissions_payout ON commissions (payout_id);

CREATE TABLE ledger_entries (
    -- The fact that it books. No foreign key: as the events themselves have none.
    event_id BLOB NOT NULL,
    account TEXT NOT NULL,
    company_id BLOB NOT NULL REFERENCES companies (id),
    program_id BLOB NOT NULL REFERENCES programs (id),
    commission_id BLOB NOT NULL REFERENCES commissions (id),
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (event_id, account)
) STRICT;
-- What the books say of one commission.
CREATE INDEX ledger_entries_commission ON ledger_entries (company_id, commission_id);

-- Append-only. store::maintenance is the one place that lifts this, to clear demo data.
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries are append-only'); END;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries are append-only'); END;
CREATE TRIGGER offer_versions_no_update BEFORE UPDATE ON offer_versions
BEGIN SELECT RAISE(ABORT, 'offer_versions are append-only'); END;
CREATE TRIGGER offer_versions_no_delete BEFORE DELETE ON offer_versions
BEGIN SELECT RAISE(ABORT, 'offer_versions are append-only'); END;
-- A commission moves on, but is never computed again, never leaves "paid", and never goes away.
CREATE TRIGGER commissions_no_update BEFORE UPDATE ON commissions
WHEN OLD.status = 'paid' OR OLD.minor <> NEW.minor OR OLD.currency <> NEW.currency
    OR OLD.calculation <> NEW.calculation OR OLD.offer_version_id <> NEW.offer_version_id
    OR OLD.cause_key <> NEW.cause_key OR OLD.deal_id <> NEW.deal_id
BEGIN SELECT RAISE(ABORT, 'commissions keep their amount, and paid ones all'); END;
CREATE TRIGGER commissions_no_delete BEFORE DELETE ON commissions
BEGIN SELECT RAISE(ABORT, 'commissions are never deleted'); END;
