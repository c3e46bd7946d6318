-- What companies promise and owe: offers in versions, transactions, commissions, and the books behind them.

CREATE TABLE offers (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    created_at BIGINT NOT NULL,
    -- From this day on it earns nothing.
    ended_at BIGINT
);
-- A program's offers.
CREATE INDEX offers_program ON offers (company_id, program_id, id);

CREATE TABLE offer_versions (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    offer_id UUID NOT NULL REFERENCES offers (id),
    number INT NOT NULL,
    -- JSON. Never changes: commissions point here.
    terms TEXT NOT NULL,
    published_by UUID NOT NULL REFERENCES users (id),
    published_at BIGINT NOT NULL,
    -- Two who publish the next version meet here.
    UNIQUE (offer_id, number)
);

CREATE TABLE transactions (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    customer_id UUID NOT NULL REFERENCES customers (id),
    -- The win whose partner it may earn for.
    deal_id UUID NOT NULL REFERENCES deals (id),
    currency TEXT NOT NULL,
    minor BIGINT NOT NULL,
    happened_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    entered_by UUID NOT NULL REFERENCES users (id),
    entered_at BIGINT NOT NULL,
    -- The same invoice typed twice is one transaction.
    UNIQUE (company_id, customer_id, reference)
);
-- What a deal's customer bought.
CREATE INDEX transactions_deal ON transactions (company_id, deal_id, happened_on);

CREATE TABLE payouts (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    partner_id UUID NOT NULL REFERENCES partners (id),
    currency TEXT NOT NULL,
    minor BIGINT NOT NULL,
    reference TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    paid_by UUID NOT NULL REFERENCES users (id),
    paid_at BIGINT NOT NULL
);
-- What a partner was paid.
CREATE INDEX payouts_partner ON payouts (company_id, program_id, partner_id, paid_at);

CREATE TABLE commissions (
    id UUID PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    partner_id UUID NOT NULL REFERENCES partners (id),
    membership_id UUID NOT NULL REFERENCES memberships (id),
    deal_id UUID NOT NULL REFERENCES deals (id),
    offer_id UUID NOT NULL REFERENCES offers (id),
    offer_version_id UUID NOT NULL REFERENCES offer_versions (id),
    -- JSON; the next three columns are its parts.
    cause TEXT NOT NULL,
    cause_key TEXT NOT NULL,
    transaction_id UUID REFERENCES transactions (id),
    corrects_id UUID REFERENCES commissions (id),
    currency TEXT NOT NULL,
    minor BIGINT NOT NULL,
    -- JSON: how the amount came about, line by line.
    calculation TEXT NOT NULL,
    -- The status and, as JSON, the facts that it carries.
    status TEXT NOT NULL,
    state TEXT NOT NULL,
    payout_id UUID REFERENCES payouts (id),
    accrued_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    -- Once per cause and offer, whatever is retried or raced.
    UNIQUE (offer_id, cause_key)
);
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
    event_id UUID NOT NULL,
    account TEXT NOT NULL,
    company_id UUID NOT NULL REFERENCES companies (id),
    program_id UUID NOT NULL REFERENCES programs (id),
    commission_id UUID NOT NULL REFERENCES commissions (id),
    currency TEXT NOT NULL,
    minor BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (event_id, account)
);
-- What the books say of one commission.
CREATE INDEX ledger_entries_commission ON ledger_entries (company_id, commission_id);

-- Append-only. store::maintenance is the one place that lifts this, to clear demo data.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER ledger_entries_no_change BEFORE UPDATE OR DELETE ON ledger_entries
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER offer_versions_no_change BEFORE UPDATE OR DELETE ON offer_versions
FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- A commission moves on, but is never computed again, never leaves "paid", and never goes away.
CREATE FUNCTION commissions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'commissions keep their amount, and paid ones all'; END $$;
CREATE TRIGGER commissions_no_update BEFORE UPDATE ON commissions
FOR EACH ROW WHEN (OLD.status = 'paid' OR OLD.minor <> NEW.minor OR OLD.currency <> NEW.currency
    OR OLD.calculation <> NEW.calculation OR OLD.offer_version_id <> NEW.offer_version_id
    OR OLD.cause_key <> NEW.cause_key OR OLD.deal_id <> NEW.deal_id)
EXECUTE FUNCTION commissions_refuse_change();
CREATE TRIGGER commissions_no_change BEFORE DELETE ON commissions
FOR EACH ROW EXECUTE FUNCTION refuse_change();
