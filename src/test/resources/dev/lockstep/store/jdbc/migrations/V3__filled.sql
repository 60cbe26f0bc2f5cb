INSERT INTO thing (name, worth) SELECT 'answer', 42 WHERE NOT EXISTS (SELECT 1 FROM thing);
INSERT INTO lockstep_schema (version) SELECT 3 WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 3);
