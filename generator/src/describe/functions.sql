-- Functions, and whether an index may hold what they give.
-- https://www.postgresql.org/docs/current/catalog-pg-proc.html
select p.oid, n.nspname::text, p.proname::text, p.provolatile operator(pg_catalog.=) 'i', p.provolatile operator(pg_catalog.=) 'v'
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) p.pronamespace
where p.oid operator(pg_catalog.=) any ($1)
