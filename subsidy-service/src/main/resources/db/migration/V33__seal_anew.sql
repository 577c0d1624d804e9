-- The same paper under another key is the same paper: sealing anew writes its content and nothing else.
CREATE FUNCTION refuse_change_but_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('platform.seal_anew', true) = 'on'
        AND to_jsonb(NEW) - 'content' = to_jsonb(OLD) - 'content' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
DROP TRIGGER insurance_file_append_only ON insurance_file;
CREATE TRIGGER insurance_file_append_only BEFORE UPDATE ON insurance_file
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_seal();
CREATE TRIGGER insurance_file_stay BEFORE DELETE OR TRUNCATE ON insurance_file
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
