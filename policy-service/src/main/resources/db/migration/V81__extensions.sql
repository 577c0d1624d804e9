-- A document may prolong the validity of another: until a day, for some months, or (neither) without an end.
ALTER TABLE relation ADD COLUMN until date, ADD COLUMN months int CHECK (months > 0);
ALTER TABLE relation DROP CONSTRAINT relation_kind_check;
ALTER TABLE relation ADD CONSTRAINT relation_kind_check
      CHECK (kind IN ('basis', 'transmits', 'repeals', 'replaces', 'amends', 'interprets', 'supplements', 'extends',
                      'cites', 'earlier-rules-yield', 'external-attachment'));
CREATE INDEX relation_extends ON relation (target) WHERE current AND kind = 'extends';

-- What prolongs a work as a whole. Months count from the end that its current version names; what was repealed before it
-- came about prolongs nothing.
CREATE VIEW extension AS
SELECT r.target, coalesce(r.until, (c.valid_until + make_interval(months => r.months))::date) AS until, r.source,
       r.article_label, coalesce(n.number, '《' || n.title || '》') AS name
  FROM relation r
  JOIN work_name n ON n.id = r.source
  LEFT JOIN LATERAL (SELECT v.valid_until
                       FROM version v
                      WHERE v.work_id = r.target
                      ORDER BY (v.source_kind = 'official') DESC, v.version DESC
                      LIMIT 1) c ON true
 WHERE r.current AND r.kind = 'extends' AND r.part IS NULL
   AND (r.months IS NULL OR c.valid_until IS NOT NULL)
   AND NOT EXISTS (SELECT FROM relation e
                    WHERE e.current AND e.target = r.source AND e.kind IN ('repeals', 'replaces') AND e.part IS NULL
                      AND e.effective < r.effective);
