-- The indexes of tables, and of their partitions and inheritance children.
-- https://www.postgresql.org/docs/current/catalog-pg-index.html
with recursive below (oid) as (
    select named.oid from pg_catalog.unnest($1) as named (oid)
    union
    select i.inhrelid from below join pg_catalog.pg_inherits i on i.inhparent operator(pg_catalog.=) below.oid
)
select
    n.nspname::text,
    c.relname::text,
    i.relname::text,
    m.amname::text,
    x.indisunique and x.indimmediate,
    x.indnkeyatts,
    x.indpred is not null,
    pg_catalog.pg_get_indexdef(x.indexrelid, 1, false),
    not exists (
        select from pg_catalog.pg_opclass o
        where o.oid operator(pg_catalog.=) any (x.indclass) and not o.opcdefault
    )
from below
join pg_catalog.pg_index x on x.indrelid operator(pg_catalog.=) below.oid
join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) x.indrelid
join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
join pg_catalog.pg_class i on i.oid operator(pg_catalog.=) x.indexrelid
join pg_catalog.pg_am m on m.oid operator(pg_catalog.=) i.relam
where x.indisvalid
