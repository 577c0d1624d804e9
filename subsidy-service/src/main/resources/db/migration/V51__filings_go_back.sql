-- Papers may go back from both reviews, and a rejected filing may be filed anew (第十一条 会同: the offices decide together):
-- opinions belong to a round of review. The round is kept by the database, so that it holds also for a replica of before.
ALTER TABLE insurance_filing ADD COLUMN review_round integer NOT NULL DEFAULT 1 CHECK (review_round > 0);
ALTER TABLE insurance_opinion ADD COLUMN review_round integer NOT NULL DEFAULT 1 CHECK (review_round > 0);
ALTER TABLE insurance_opinion DROP CONSTRAINT insurance_opinion_once;
ALTER TABLE insurance_opinion ADD CONSTRAINT insurance_opinion_once UNIQUE (filing_id, review_round, level, office);
ALTER TABLE insurance_opinion DROP CONSTRAINT insurance_opinion_by_another;
ALTER TABLE insurance_opinion ADD CONSTRAINT insurance_opinion_by_another UNIQUE (filing_id, review_round, subject);
CREATE FUNCTION insurance_review_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.review_round := OLD.review_round + 1;
    RETURN NEW;
END
$$;
CREATE TRIGGER insurance_review_round BEFORE UPDATE OF state ON insurance_filing
    FOR EACH ROW WHEN (OLD.state IN ('returned', 'rejected') AND NEW.state = 'filed')
    EXECUTE FUNCTION insurance_review_round();
CREATE FUNCTION insurance_opinion_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.review_round := (SELECT f.review_round FROM insurance_filing f WHERE f.id = NEW.filing_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER insurance_opinion_round BEFORE INSERT ON insurance_opinion
    FOR EACH ROW EXECUTE FUNCTION insurance_opinion_round();
