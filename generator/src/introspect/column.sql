-- Columns with defaults. https://www.postgresql.org/docs/current/catalog-pg-attribute.html
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
    col_description(a.attrelid, a.attnum) as comment,
    coalesce(a.attacl::text[], '{}') as grants,
    -- Some columns and not others: https://www.postgresql.org/docs/current/ddl-priv.html
    case
        when has_table_privilege(c.oid, 'select') or not has_any_column_privilege(c.oid, 'select') then true
        else has_column_privilege(c.oid, a.attnum, 'select')
    end as readable
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_collation l on l.oid = a.attcollation
where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace = any ($1)
    and a.attnum > 0 and not a.attisdropped
