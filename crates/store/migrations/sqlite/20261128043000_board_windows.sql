-- Who looks at a program's board and which card they hold, for half a minute after they last said so. Apart from `open_windows`, because
-- here it counts on whose side somebody looks: partners never learn of each other.

CREATE TABLE board_windows (
    program_id BLOB NOT NULL REFERENCES programs (id),
    -- Made by the page: one person may have it open twice.
    window_key TEXT NOT NULL,
    company_id BLOB NOT NULL REFERENCES companies (id),
    -- NULL for the company's people.
    partner_id BLOB REFERENCES partners (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    -- The card in the hand.
    deal_id BLOB REFERENCES deals (id),
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (program_id, window_key)
) STRICT;
-- To be taken away with the company, the partner, the person and the deal.
CREATE INDEX board_windows_company ON board_windows (company_id);
CREATE INDEX board_windows_partner ON board_windows (partner_id);
CREATE INDEX board_windows_user ON board_windows (user_id);
CREATE INDEX board_windows_deal ON board_windows (deal_id);
