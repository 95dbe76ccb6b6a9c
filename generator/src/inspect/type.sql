-- What uses an enum, itself or as an array: columns, domains, functions.
-- https://www.postgresql.org/docs/current/catalog-pg-type.html
with enums as (
    select t.oid, t.typarray, n.nspname::text as schema, t.typname::text as name
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typtype = 'e'
)
select e.schema, e.name, u.what
from enums e
join (
    select a.atttypid as type, 'column ' || c.relnamespace::regnamespace::text || '.' || c.relname || '.' || a.attname as what
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
    union all
    select t.typbasetype, 'domain ' || t.typname from pg_type t where t.typtype = 'd'
    union all
    select unnest(p.proargtypes::oid[] || p.prorettype || coalesce(p.proallargtypes, '{}')), 'function ' || p.proname from pg_proc p
    where p.pronamespace <> 'pg_catalog'::regnamespace
) u on u.type in (e.oid, e.typarray)
