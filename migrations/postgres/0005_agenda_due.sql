-- When the agenda of a conversation is to be drafted for good: what is due is found by it.
ALTER TABLE conversation ADD COLUMN agenda_due_at BIGINT;
