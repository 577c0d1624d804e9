-- Another account that a retry goes to becomes the applicant's once somebody else has sent it; until then it is the order's.
ALTER TABLE payment_item ADD COLUMN other_account boolean NOT NULL DEFAULT false;

-- What each line of a run's file says it is for: the title of the version that held when it was made, whatever is published
-- later. Null in what a replica of before makes.
ALTER TABLE payment_run ADD COLUMN purpose text;
UPDATE payment_run r
   SET purpose = (SELECT v.document::jsonb ->> 'title' FROM scheme_version v
                   WHERE v.scheme_id = r.scheme_id
                     AND v.effective_from <= (r.file_made_at AT TIME ZONE 'Asia/Shanghai')::date
                   ORDER BY v.effective_from DESC LIMIT 1)
 WHERE r.state <> 'created';
