-- The schemas that were asked for, or all but the system's. https://www.postgresql.org/docs/current/catalog-pg-namespace.html
select
    n.oid,
    n.nspname::text as name,
    pg_get_userbyid(n.nspowner)::text as owner,
    obj_description(n.oid, 'pg_namespace') as comment,
    coalesce(n.nspacl::text[], '{}') as grants,
    has_schema_privilege(n.oid, 'USAGE') as usable
from pg_namespace n
where case
    when cardinality($1::text[]) > 0 then n.nspname = any ($1::text[])
    else n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
end
