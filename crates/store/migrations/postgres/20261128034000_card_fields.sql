-- JSON: the keys of the answers that cards of the board show, from the top.

ALTER TABLE programs ADD COLUMN card_fields TEXT NOT NULL DEFAULT '[]';
