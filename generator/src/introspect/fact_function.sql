-- The functions that queries call. https://www.postgresql.org/docs/current/catalog-pg-proc.html
select
    p.oid,
    p.proisstrict as strict,
    -- Of json, which may be null itself, no cast is sure to give a value.
    case
        when n.nspname = 'pg_catalog'
            and not (p.proname in ('bool', 'int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'text') and 3802 = any (p.proargtypes))
        then p.proname::text
    end as builtin,
    p.pronargs as arguments
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where p.oid = any ($1)
