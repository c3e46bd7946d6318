-- Mail, written in the transaction of what it tells of, delivered by workers at least once under its id.

CREATE TABLE mail (
    id UUID PRIMARY KEY,
    -- The company whose admins may see it; null: nobody's but the receiver's (resets, partner teams' invitations).
    company_id UUID REFERENCES companies (id),
    -- The receiver, if they have an account.
    user_id UUID REFERENCES users (id),
    kind TEXT NOT NULL,
    to_email TEXT NOT NULL,
    -- Whether the company's admins know the address anyway.
    shows_address BOOLEAN NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    -- What the parts leave out of their link: let in by it is only who gets the mail. Null once it is not needed.
    token TEXT,
    -- When the link ends: not worth sending after that.
    expires_at BIGINT,
    -- kept, queued, sending, sent, dead
    state TEXT NOT NULL,
    attempts INT NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- queued: not to be tried before; sending: until when the worker has it.
    available_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
-- The next mail that is due. Partial, and so found only by the same condition.
CREATE INDEX mail_due ON mail (available_at, id) WHERE state IN ('queued', 'sending');
-- A company's outbox, newest first, all of it or by state.
CREATE INDEX mail_company ON mail (company_id, id DESC);
CREATE INDEX mail_company_state ON mail (company_id, state, id DESC);
-- Tokens whose link has ended; few mails have one.
CREATE INDEX mail_tokens ON mail (expires_at) WHERE token IS NOT NULL;
-- The sweep of old mail.
CREATE INDEX mail_age ON mail (changed_at);
-- Whether somebody still has mail: the foreign key asks.
CREATE INDEX mail_user ON mail (user_id);

-- What people chose; who chose nothing is told everything.
CREATE TABLE notice_preferences (
    user_id UUID NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    wanted BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, kind, channel)
);
