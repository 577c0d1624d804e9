-- The program that subscribed: its webhooks alone are told. Of a citizen's earlier subscriptions it is not known, and nobody is.
ALTER TABLE policy_subscription ADD COLUMN client_id text NOT NULL DEFAULT '';
UPDATE policy_subscription SET client_id = split_part(owner, ':', 2) WHERE owner LIKE 'client:%';
ALTER TABLE policy_subscription ALTER COLUMN client_id DROP DEFAULT;
