-- Keys and checks of tables. https://www.postgresql.org/docs/current/catalog-pg-constraint.html
-- NOT NULL constraints, rows of their own from PostgreSQL 18 on, are read with the columns;
-- constraint triggers are read with the triggers.
select
    k.conrelid as "table",
    k.conname::text as name,
    k.contype::text as kind,
    coalesce(k.conkey, '{}') as columns,
    k.confrelid as foreign_table,
    coalesce(k.confkey, '{}') as foreign_columns,
    k.confdeltype::text as on_delete,
    k.confupdtype::text as on_update,
    {set_columns} as set_columns,
    pg_get_constraintdef(k.oid) as definition,
    k.condeferrable as deferrable,
    k.condeferred as deferred,
    k.convalidated as validated,
    d.description as comment
from pg_constraint k
join pg_class c on c.oid = k.conrelid
left join pg_description d on d.objoid = k.oid and d.classoid = 'pg_constraint'::regclass and d.objsubid = 0
where k.contype in ('p', 'u', 'c', 'x', 'f')
    -- A foreign key to a partitioned table has a shadow for each partition.
    and (k.contype <> 'f' or k.conparentid = 0) and c.relkind in ('r', 'p', 'f') and c.relnamespace = any ($1)
