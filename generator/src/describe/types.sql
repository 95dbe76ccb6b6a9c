-- Types, and whether no setting changes their text.
-- https://www.postgresql.org/docs/current/catalog-pg-type.html
select
    t.oid,
    pg_catalog.format_type(t.oid, null),
    o.provolatile operator(pg_catalog.=) 'i' and i.provolatile operator(pg_catalog.=) 'i'
from pg_catalog.pg_type t
join pg_catalog.pg_proc i on i.oid operator(pg_catalog.=) t.typinput::pg_catalog.oid
join pg_catalog.pg_proc o on o.oid operator(pg_catalog.=) t.typoutput::pg_catalog.oid
where t.oid operator(pg_catalog.=) any ($1)
