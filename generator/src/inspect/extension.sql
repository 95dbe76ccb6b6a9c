-- https://www.postgresql.org/docs/current/view-pg-available-extensions.html
select
    e.extname::text as name,
    e.extversion as version,
    (select a.default_version from pg_available_extensions a where a.name = e.extname) as default_version,
    n.nspname::text as schema,
    e.extrelocatable as relocatable
from pg_extension e join pg_namespace n on n.oid = e.extnamespace
