-- The partitions and inheritance children of tables, unless a statement names them.
with recursive below (root, oid) as (
    select named.oid, named.oid from pg_catalog.unnest($1) as named (oid)
    union
    select below.root, i.inhrelid
    from below
    join pg_catalog.pg_inherits i on i.inhparent operator(pg_catalog.=) below.oid
    where not i.inhrelid operator(pg_catalog.=) any ($1)
)
select root_schema.nspname::text, root.relname::text, n.nspname::text, c.relname::text
from below
join pg_catalog.pg_class root on root.oid operator(pg_catalog.=) below.root
join pg_catalog.pg_namespace root_schema on root_schema.oid operator(pg_catalog.=) root.relnamespace
join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) below.oid
join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
where below.root operator(pg_catalog.<>) below.oid
order by 1, 2, 3, 4
