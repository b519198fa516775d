-- Apart from adding it, so that the table is read without keeping writers waiting.
ALTER TABLE agents.agents VALIDATE CONSTRAINT agents_framework_check;
