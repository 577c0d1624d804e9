-- Runs are asked for by the month they pay.
CREATE INDEX payment_item_month ON payment_item (month, run_id);
