-- The functions ($1) and types ($2) that statements name; an array is its elements' type, a table's row the table.
select true as is_function, p.oid, n.nspname::text as schema, p.proname::text as name
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where p.oid = any ($1)
union all
select false, t.oid, n.nspname::text, coalesce(e.typname, t.typname)::text
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
where t.oid = any ($2)
    and not exists (select from pg_class c where c.oid = coalesce(e.typrelid, t.typrelid) and c.relkind <> 'c')
