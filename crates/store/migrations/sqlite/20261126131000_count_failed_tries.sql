-- What switches an endpoint off, and what gives a message up, are counted by themselves: how often a message was taken
-- counts also the tries that people asked for.

-- Failed tries since the last success.
ALTER TABLE webhook_endpoints ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
-- How often it was taken since a try of it last came to an end.
ALTER TABLE webhook_deliveries ADD COLUMN unsettled INTEGER NOT NULL DEFAULT 0;
