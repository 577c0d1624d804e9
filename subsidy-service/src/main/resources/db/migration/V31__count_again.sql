-- What the end of a public notice was counted from, so that it can be counted again once a year's working days are
-- announced. The notices from before keep their end.
ALTER TABLE application
    ADD COLUMN notice_from date,
    ADD COLUMN notice_days integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN notice_provisional boolean NOT NULL DEFAULT false;

-- 第十一条: the district's ten working days run from when the papers are in order.
ALTER TABLE insurance_filing ADD COLUMN in_order_on date;
UPDATE insurance_filing f
   SET in_order_on = (SELECT (max(e.at) AT TIME ZONE 'Asia/Shanghai')::date FROM audit_entry e
                       WHERE e.resource_type = 'insurance-filing' AND e.resource_id = f.id::text
                         AND e.action = 'insurance-in-order');
