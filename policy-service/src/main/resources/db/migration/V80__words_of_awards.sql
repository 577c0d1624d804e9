-- Each award clause carried the whole text of its article, so that an article with many of them was stored many times over.
-- The text is read where it stands now. The column goes once no replica runs that still writes it; until then
-- such a replica does not find by words what a new one has stored.
ALTER TABLE entitlement ALTER COLUMN words SET DEFAULT '';
