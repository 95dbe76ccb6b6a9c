-- Tables, views, materialized views and foreign tables. https://www.postgresql.org/docs/current/catalog-pg-class.html
select
    c.oid,
    c.relnamespace as namespace,
    c.relname::text as name,
    c.relkind::text as kind,
    pg_get_userbyid(c.relowner)::text as owner,
    obj_description(c.oid, 'pg_class') as comment,
    c.relpersistence = 'u' as unlogged,
    c.relispartition as is_partition,
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_key,
    coalesce(i.parents, '{}') as parents,
    c.relrowsecurity as row_security,
    c.relforcerowsecurity as force_row_security,
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition,
    case when c.relkind = 'v' then pg_relation_is_updatable(c.oid, true) end as updatable,
    coalesce(c.relacl::text[], '{}') as grants,
    extension.extname::text as extension
from pg_class c
left join (
    select inhrelid, array_agg(inhparent order by inhseqno) as parents from pg_inherits group by inhrelid
) i on i.inhrelid = c.oid
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e'
left join pg_extension extension on extension.oid = d.refobjid
where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace = any ($1)
