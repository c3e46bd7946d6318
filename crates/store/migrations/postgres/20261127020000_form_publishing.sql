-- Forms that become a version by themselves.

-- At most one a program. Its number is given when it is published, and then the row is gone.
CREATE TABLE form_schedules (
    program_id UUID PRIMARY KEY REFERENCES programs (id),
    company_id UUID NOT NULL REFERENCES companies (id),
    definition TEXT NOT NULL,
    effective_at BIGINT NOT NULL,
    scheduled_by UUID REFERENCES users (id),
    scheduled_at BIGINT NOT NULL
);

-- What is due, of all programs.
CREATE INDEX form_schedules_due ON form_schedules (effective_at);
