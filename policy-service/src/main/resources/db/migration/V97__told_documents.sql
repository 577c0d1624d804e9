-- What each subscription was last told of a document's status, so that it hears when that becomes another. No status: it was told
-- before this was noted; what is found first is noted without an event.
CREATE TABLE told_document (
    subscription_id uuid NOT NULL REFERENCES policy_subscription ON DELETE CASCADE,
    work_id         uuid NOT NULL REFERENCES work ON DELETE CASCADE,
    status          text,
    PRIMARY KEY (work_id, subscription_id)
);
CREATE INDEX told_document_subscription ON told_document (subscription_id);

-- For which day and which state of the document its subscriptions were looked at last; one row for a document, however many they are,
-- since all of them are read every minute.
CREATE TABLE told_work (
    work_id    uuid PRIMARY KEY REFERENCES work ON DELETE CASCADE,
    checked_on date,
    changed_tx bigint
);

INSERT INTO told_document (subscription_id, work_id)
SELECT DISTINCT m.subscription_id, v.work_id FROM policy_match m JOIN version v ON v.id = m.version_id;
INSERT INTO told_work (work_id) SELECT DISTINCT work_id FROM told_document;
