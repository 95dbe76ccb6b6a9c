-- How far each sequence has come; NULL where it was not used, or where the role may not see it.
-- https://www.postgresql.org/docs/current/view-pg-sequences.html
select schemaname::text as schema, sequencename::text as name, last_value from pg_sequences
