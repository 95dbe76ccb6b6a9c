-- Tables, their columns, and of partitions the table that they are of.
-- https://www.postgresql.org/docs/current/catalog-pg-attribute.html
select c.oid, n.nspname::text, c.relname::text, a.attnum, a.attname::text, root_schema.nspname::text, root.relname::text
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid operator(pg_catalog.=) c.oid
left join pg_catalog.pg_class root
    on c.relispartition and root.oid operator(pg_catalog.=) pg_catalog.pg_partition_root(c.oid)::pg_catalog.oid
left join pg_catalog.pg_namespace root_schema on root_schema.oid operator(pg_catalog.=) root.relnamespace
where c.oid operator(pg_catalog.=) any ($1) and a.attnum operator(pg_catalog.>) 0 and not a.attisdropped
