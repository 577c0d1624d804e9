-- The day of a work, by its current version: of issue, or where that is unknown, in force.
CREATE VIEW work_day AS
SELECT w.id, (SELECT coalesce(v.issued, v.in_force)
                FROM version v
               WHERE v.work_id = w.id
               ORDER BY (v.source_kind = 'official') DESC, v.version DESC
               LIMIT 1) AS issued
  FROM work w;

-- What says that it ends a work as a whole. No work is ended before there was any: an earlier edition of that name is meant.
CREATE VIEW ending AS
SELECT r.target, r.effective, r.source, r.article_label, r.kept_alive
  FROM relation r
 WHERE r.current AND r.kind IN ('repeals', 'replaces') AND r.part IS NULL
   AND NOT coalesce((SELECT issued FROM work_day WHERE id = r.target) > r.effective, false);

-- A repeal by a document that was itself repealed before that day never came about. One without a day says nothing where another
-- names its day.
CREATE OR REPLACE VIEW repeal AS
SELECT r.target, r.effective AS since, r.source, r.article_label, r.kept_alive, coalesce(n.number, '《' || n.title || '》') AS name
  FROM ending r
  JOIN work_name n ON n.id = r.source
 WHERE NOT EXISTS (SELECT FROM ending e WHERE e.target = r.source AND e.effective < r.effective)
   AND (r.effective IS NOT NULL
        OR NOT EXISTS (SELECT FROM ending e WHERE e.target = r.target AND e.effective IS NOT NULL));

-- What prolongs a work as a whole. Each extension goes on from where the one issued before it has led, the first from the end
-- that the current version names; a document that says it twice says it once. What was repealed before it came about prolongs
-- nothing.
CREATE OR REPLACE VIEW extension AS
SELECT s.target, (s.base + make_interval(months => s.months))::date AS until, s.source, s.article_label,
       coalesce(n.number, '《' || n.title || '》') AS name
  FROM (SELECT f.target, f.source, f.article_label, f.until IS NULL AND f.months IS NULL AS endless,
               CASE WHEN f.until IS NOT NULL OR f.months IS NOT NULL
                    THEN greatest(first_value(f.until) OVER so_far, f.valid_until)
               END AS base,
               coalesce(sum(CASE WHEN f.until IS NULL THEN f.months END) OVER so_far, 0)::int AS months
          FROM (SELECT d.*, count(d.until) OVER (PARTITION BY d.target ORDER BY d.issued NULLS FIRST, d.version_id) AS stretch
                  FROM (SELECT DISTINCT ON (r.target, r.source) r.target, r.source, r.article_label, r.until, r.months,
                               r.version_id, coalesce(v.issued, r.effective) AS issued, c.valid_until
                          FROM relation r
                          JOIN version v ON v.id = r.version_id
                          LEFT JOIN LATERAL (SELECT t.valid_until
                                               FROM version t
                                              WHERE t.work_id = r.target
                                              ORDER BY (t.source_kind = 'official') DESC, t.version DESC
                                              LIMIT 1) c ON true
                         WHERE r.current AND r.kind = 'extends' AND r.part IS NULL
                           AND NOT EXISTS (SELECT FROM ending e
                                            WHERE e.target = r.source AND e.effective < r.effective)
                         ORDER BY r.target, r.source, r.until DESC NULLS LAST, r.months DESC NULLS LAST) AS d) AS f
        WINDOW so_far AS (PARTITION BY f.target, f.stretch ORDER BY f.issued NULLS FIRST, f.version_id)) AS s
  JOIN work_name n ON n.id = s.source
 WHERE s.endless OR s.base IS NOT NULL;
