-- Operators, and those that they are with their operands swapped.
-- https://www.postgresql.org/docs/current/catalog-pg-operator.html
with named as (
    select o.oid from pg_catalog.pg_operator o where o.oid operator(pg_catalog.=) any ($1)
    union
    select o.oprcom from pg_catalog.pg_operator o where o.oid operator(pg_catalog.=) any ($1)
)
select
    o.oid,
    o.oprname::text,
    n.nspname operator(pg_catalog.=) 'pg_catalog',
    coalesce(p.provolatile operator(pg_catalog.=) 'i', false),
    o.oprcom,
    o.oprleft operator(pg_catalog.=) 'pg_catalog.text'::pg_catalog.regtype::pg_catalog.oid
from named
join pg_catalog.pg_operator o on o.oid operator(pg_catalog.=) named.oid
join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) o.oprnamespace
left join pg_catalog.pg_proc p on p.oid operator(pg_catalog.=) o.oprcode::pg_catalog.oid
