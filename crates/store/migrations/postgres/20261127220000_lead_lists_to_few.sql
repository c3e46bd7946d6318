-- Lists that look for few of a program's many deals: without an index that leads to them they read all the others. None of
-- the three is written when a deal that nothing is wrong with is moved, but for the second, whose moment moves with it.

-- Protections that end soon. Partial, and so found only by these literals.
CREATE INDEX deals_ending ON deals (company_id, program_id, protected_until, id) 
    WHERE registration = 'approved' AND win <> 'pending' AND win <> 'confirmed';
-- Deals that have been in their stage for too long.
CREATE INDEX deals_stuck ON deals (company_id, program_id, stage_id, stage_entered_at, id) WHERE stage_entered_at IS NOT NULL;
-- One verdict, newest change first; approved are so many that the list itself meets them. Found only by that literal.
CREATE INDEX deals_verdict ON deals (company_id, program_id, registration, changed_at DESC, id DESC) WHERE registration <> 'approved';
