-- Sequences and the columns that own them. https://www.postgresql.org/docs/current/catalog-pg-sequence.html
select
    c.relnamespace as namespace,
    c.relname::text as name,
    format_type(s.seqtypid, null) as type_text,
    s.seqstart as start,
    s.seqincrement as increment,
    s.seqmin as minimum,
    s.seqmax as maximum,
    s.seqcycle as cycle,
    coalesce(d.refobjid, 0::oid) as owner_table,
    coalesce(d.refobjsubid, 0)::int2 as owner_column,
    pg_get_userbyid(c.relowner)::text as owner,
    coalesce(c.relacl::text[], '{}') as grants
from pg_sequence s
join pg_class c on c.oid = s.seqrelid
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.seqrelid and d.objsubid = 0
    and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
where c.relnamespace = any ($1)
