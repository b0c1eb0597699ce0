-- What each file of a run is found by: without these a run reads a whole table for each file.

CREATE INDEX receipts_of_a_submission ON receipts (submission);
CREATE INDEX items_merged_into_one ON items (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX quarantine_of_a_receipt ON quarantine (receipt, state);
