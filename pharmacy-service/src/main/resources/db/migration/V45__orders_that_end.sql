-- Ways out of an order: the buyer takes it back before it is confirmed, either side closes what is still to come, and the
-- supplier takes back a delivery that nobody has decided on.
-- all at once, before any is read through: nobody waits for one while this waits for the next
LOCK TABLE purchase_order, order_line, delivery IN ACCESS EXCLUSIVE MODE;

ALTER TABLE purchase_order
    ADD COLUMN cancelled_at timestamptz,
    ADD COLUMN cancellation_reason text,
    DROP CONSTRAINT purchase_order_state_check,
    ADD CONSTRAINT purchase_order_state_check
        CHECK (state IN ('placed', 'confirmed', 'refused', 'completed', 'cancelled')),
    ADD CONSTRAINT purchase_order_cancelled CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL)
        AND (state = 'cancelled') = (cancellation_reason IS NOT NULL));

ALTER TABLE order_line
    ADD COLUMN closed int NOT NULL DEFAULT 0,
    ADD COLUMN closed_by text,
    ADD COLUMN closing_reason text,
    DROP CONSTRAINT order_line_quantities,
    ADD CONSTRAINT order_line_quantities
        CHECK (0 <= accepted AND accepted <= delivered AND 0 <= closed AND delivered + closed <= ordered),
    ADD CONSTRAINT order_line_closing CHECK (closed_by IN ('chain', 'supplier')
        AND (closed > 0) = (closed_by IS NOT NULL) AND (closed > 0) = (closing_reason IS NOT NULL));

ALTER TABLE delivery
    DROP CONSTRAINT delivery_state_check,
    DROP CONSTRAINT delivery_check1,
    ADD CONSTRAINT delivery_state_check CHECK (state IN ('delivered', 'accepted', 'rejected', 'withdrawn')),
    ADD CONSTRAINT delivery_reason CHECK ((state IN ('rejected', 'withdrawn')) = (reason IS NOT NULL));
