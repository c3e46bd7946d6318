-- What the search box looks through, in a table of its own beside an index of its three-letter pieces: a word that stood
-- nowhere took 190 ms among 200,000 deals. Of its own, because deals are moved all the time and their texts hardly change.
-- Kept by triggers, as stage_totals is.

CREATE TABLE deal_texts (
    -- Where the text stands in the index. Of the table's own: VACUUM may number other rows anew.
    place INTEGER NOT NULL PRIMARY KEY,
    deal_id BLOB NOT NULL UNIQUE,
    program_id BLOB NOT NULL,
    -- Folded in Rust: deals.search.
    searched TEXT NOT NULL
) STRICT;

INSERT INTO deal_texts (deal_id, program_id, searched) SELECT id, program_id, search FROM deals;

-- Which texts hold a piece, and nothing more: who looks for a word compares it with the deals that have all of its pieces.
CREATE VIRTUAL TABLE deal_grams USING fts5 (
    searched, content = 'deal_texts', content_rowid = 'place', tokenize = 'trigram case_sensitive 1', detail = 'none',
    columnsize = 0
);
INSERT INTO deal_grams (deal_grams) VALUES ('rebuild');

CREATE TRIGGER deal_texts_insert AFTER INSERT ON deal_texts
BEGIN
    INSERT INTO deal_grams (rowid, searched) VALUES (NEW.place, NEW.searched);
END;
CREATE TRIGGER deal_texts_update AFTER UPDATE ON deal_texts
BEGIN
    INSERT INTO deal_grams (deal_grams, rowid, searched) VALUES ('delete', OLD.place, OLD.searched);
    INSERT INTO deal_grams (rowid, searched) VALUES (NEW.place, NEW.searched);
END;
CREATE TRIGGER deal_texts_delete AFTER DELETE ON deal_texts
BEGIN
    INSERT INTO deal_grams (deal_grams, rowid, searched) VALUES ('delete', OLD.place, OLD.searched);
END;

CREATE TRIGGER deals_text_insert AFTER INSERT ON deals
BEGIN
    INSERT INTO deal_texts (deal_id, program_id, searched) VALUES (NEW.id, NEW.program_id, NEW.search);
END;
CREATE TRIGGER deals_text_update AFTER UPDATE OF search ON deals WHEN OLD.search <> NEW.search
BEGIN
    UPDATE deal_texts SET searched = NEW.search WHERE deal_id = NEW.id;
END;
CREATE TRIGGER deals_text_delete AFTER DELETE ON deals
BEGIN
    DELETE FROM deal_texts WHERE deal_id = OLD.id;
END;
