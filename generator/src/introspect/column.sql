-- Columns with defaults. https://www.postgresql.org/docs/current/catalog-pg-attribute.html
-- Comments are joined: obj_description and col_description run a query for each row.
select
    a.attrelid as "table",
    a.attnum as number,
    a.attname::text as name,
    nullif(quote_ident(a.attname), a.attname) as quoted,
    a.atttypid as type_oid,
    format_type(a.atttypid, a.atttypmod) as type_text,
    a.atttypmod as type_modifier,
    {not_null} as not_null,
    pg_get_expr(d.adbin, d.adrelid) as "default",
    a.attidentity::text as identity,
    a.attgenerated::text as generated,
    case when a.attcollation <> t.typcollation then l.collname::text end as collation,
    o.description as comment,
    coalesce(a.attacl::text[], '{}') as grants,
    -- Some columns and not others: https://www.postgresql.org/docs/current/ddl-priv.html
    c.readable or has_column_privilege(c.oid, a.attnum, 'select') as readable
from (
    select oid, has_table_privilege(oid, 'select') or not has_any_column_privilege(oid, 'select') as readable
    from pg_class
    where relkind in ('r', 'p', 'v', 'm', 'f') and relnamespace = any ($1)
    offset 0
) c
join pg_attribute a on a.attrelid = c.oid
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_collation l on l.oid = a.attcollation
left join pg_description o on o.objoid = a.attrelid and o.classoid = 'pg_class'::regclass and o.objsubid = a.attnum
where a.attnum > 0 and not a.attisdropped
