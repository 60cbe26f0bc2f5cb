ALTER TABLE thing ADD COLUMN IF NOT EXISTS worth INTEGER;
INSERT INTO lockstep_schema (version) SELECT 2 WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 2);
