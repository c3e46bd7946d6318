-- What a stage says to partners and asks of their deals, and the headings of the reasons for losing.

ALTER TABLE stages ADD COLUMN description TEXT NOT NULL DEFAULT '';
-- So many deals at once are meant to be enough; only said.
ALTER TABLE stages ADD COLUMN wip_hint INTEGER;
-- JSON: who moves deals in and out, what they bring along.
ALTER TABLE stages ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';

-- Empty: no heading.
ALTER TABLE lost_reasons ADD COLUMN heading TEXT NOT NULL DEFAULT '';
