-- A form whose time came and that the stored answers refuse waits here, held, until somebody chooses another time or takes it
-- back.

-- When it was to be published and could not be.
ALTER TABLE form_schedules ADD COLUMN held_at INTEGER;
