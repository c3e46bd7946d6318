-- What checking found in an import's rows, for its page: no row is read again to show it.

-- JSON: the first rows as deals, and what is wrong by kind. Imports from before have none.
ALTER TABLE imports ADD COLUMN findings TEXT NOT NULL DEFAULT '{}';
