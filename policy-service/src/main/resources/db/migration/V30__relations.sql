-- A work of which only a citation is known: it has no version. It is the same work once its text is loaded.
CREATE TABLE stub (
    work_id uuid PRIMARY KEY REFERENCES work,
    number  text,
    title   text,
    -- cited by title only, and met later under its number
    became  uuid REFERENCES work,
    CHECK (number IS NOT NULL OR title IS NOT NULL)
);

-- Every title by which a work is cited, without blanks and punctuation.
CREATE TABLE known_title (
    title_key text NOT NULL,
    work_id   uuid NOT NULL REFERENCES work,
    PRIMARY KEY (title_key, work_id)
);
CREATE INDEX known_title_work ON known_title (work_id);

-- What a version of one document says about another. Relations of earlier versions are kept, but are not current.
CREATE TABLE relation (
    id               uuid PRIMARY KEY,
    version_id       uuid NOT NULL REFERENCES version,
    stated_in        uuid NOT NULL REFERENCES work,
    current          boolean NOT NULL DEFAULT false,
    -- mostly the document itself; another one where a list says "published by A, amended by B"
    source           uuid NOT NULL REFERENCES work,
    kind             text NOT NULL CHECK (kind IN ('basis', 'transmits', 'repeals', 'replaces', 'amends', 'interprets',
                                                   'supplements', 'cites', 'earlier-rules-yield', 'external-attachment')),
    target           uuid REFERENCES work,
    -- only this part of the target: 第五条
    part             text,
    -- where an attachment that was not printed lies
    place            text,
    article_key      text,
    article_label    text,
    effective        date,
    kept_alive       text CHECK (kept_alive IN ('remaining-term', 'existing-matters')),
    kept_alive_key   text,
    kept_alive_label text,
    CHECK ((target IS NULL) = (kind IN ('earlier-rules-yield', 'external-attachment')))
);
CREATE INDEX relation_stated ON relation (stated_in, version_id);
CREATE INDEX relation_source ON relation (source, id) WHERE current;
CREATE INDEX relation_target ON relation (target, id) WHERE current;

-- How to call a work, held or not.
CREATE VIEW work_name AS
SELECT w.id, coalesce(c.number, s.number) AS number, coalesce(c.title, s.title) AS title, c.work_id IS NOT NULL AS held
  FROM work w
  LEFT JOIN LATERAL (SELECT v.work_id, v.number, v.title
                       FROM version v
                      WHERE v.work_id = w.id
                      ORDER BY (v.source_kind = 'official') DESC, v.version DESC
                      LIMIT 1) c ON true
  LEFT JOIN stub s ON s.work_id = w.id;

-- What ends a work as a whole. A repeal by a document that was itself repealed before that day never came about.
CREATE VIEW repeal AS
SELECT r.target, r.effective AS since, r.source, r.article_label, r.kept_alive, coalesce(n.number, '《' || n.title || '》') AS name
  FROM relation r
  JOIN work_name n ON n.id = r.source
 WHERE r.current AND r.kind IN ('repeals', 'replaces') AND r.part IS NULL
   AND NOT EXISTS (SELECT FROM relation e
                    WHERE e.current AND e.target = r.source AND e.kind IN ('repeals', 'replaces') AND e.part IS NULL
                      AND e.effective < r.effective);
