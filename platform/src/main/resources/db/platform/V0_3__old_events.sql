-- What is old is found without reading the whole table. Only deliveries wait while these are made, no request does: events
-- are written to outbox, whose own ids count up with time and need no index more.
CREATE INDEX webhook_delivery_event ON webhook_delivery (event_id);
CREATE INDEX webhook_delivery_delivered ON webhook_delivery (delivered_at) WHERE state = 'DELIVERED';
