-- Columns whose type the server does not change while something else depends on it.
-- https://www.postgresql.org/docs/current/catalog-pg-depend.html
select
    n.nspname::text as schema,
    c.relname::text as table,
    a.attname::text as name,
    min(d.what) as what
from (
    select
        d.refobjid as table, d.refobjsubid as number,
        case d.classid
            when 'pg_rewrite'::regclass then 'a view'
            when 'pg_policy'::regclass then 'a policy'
            when 'pg_trigger'::regclass then 'a trigger'
            when 'pg_proc'::regclass then 'a function'
            else 'a generated column'
        end as what
    from pg_depend d
    left join pg_attrdef g on d.classid = 'pg_attrdef'::regclass and g.oid = d.objid
    where d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
        and (d.classid in ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass, 'pg_proc'::regclass)
            or (g.adrelid, g.adnum) <> (d.refobjid, d.refobjsubid))
    union all
    select p.partrelid, a.attnum, 'the partition key'
    from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = any (p.partattrs::int2[])
    union all
    select a.attrelid, a.attnum, 'a parent of the table' from pg_attribute a where a.attinhcount > 0
) d
join pg_class c on c.oid = d.table
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum = d.number
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
group by 1, 2, 3
