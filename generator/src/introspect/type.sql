-- Every type that a column can have. https://www.postgresql.org/docs/current/catalog-pg-type.html
-- Row types of tables, and arrays of them, come along only where a column, a domain or a range uses them, in any schema.
-- Every other type comes along, so that what a domain, an array or a range is made of is always there.
with used as (
    select atttypid as oid from pg_attribute where attnum > 0 and not attisdropped
    union
    select typbasetype from pg_type where typtype = 'd'
    union
    select rngsubtype from pg_range
)
select
    t.oid,
    n.nspname::text as schema,
    t.typname::text as name,
    case when element.oid is not null then 'A' else t.typtype::text end as kind,
    coalesce(element.oid, nullif(t.typbasetype, 0), range.rngsubtype, 0::oid) as of,
    case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end as base_text,
    t.typnotnull as not_null,
    t.typdefault as "default",
    coalesce(labels.labels, '{}') as labels,
    coalesce(attributes.names, '{}') as attribute_names,
    coalesce(attributes.types, '{}') as attribute_types,
    coalesce(checks.names, '{}') as check_names,
    coalesce(checks.definitions, '{}') as check_definitions,
    extension.extname::text as extension,
    comment.description as comment
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_type element on element.oid = t.typelem and element.typarray = t.oid
left join pg_class own on own.oid = t.typrelid and own.relkind <> 'c'
left join pg_class of_element on of_element.oid = element.typrelid and of_element.relkind <> 'c'
left join pg_range range on range.rngtypid = t.oid
left join (
    select enumtypid, array_agg(enumlabel::text order by enumsortorder) as labels
    from pg_enum group by enumtypid
) labels on labels.enumtypid = t.oid
left join (
    select a.attrelid, array_agg(a.attname::text order by a.attnum) as names,
        array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'c'
    where not a.attisdropped
    group by a.attrelid
) attributes on attributes.attrelid = t.typrelid
left join (
    select contypid, array_agg(conname::text order by conname) as names,
        array_agg(pg_get_constraintdef(oid) order by conname) as definitions
    from pg_constraint where contypid <> 0 and contype = 'c' group by contypid
) checks on checks.contypid = t.oid
left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
left join pg_extension extension on extension.oid = d.refobjid
left join pg_description comment on comment.objoid = t.oid and comment.classoid = 'pg_type'::regclass and comment.objsubid = 0
where n.nspname !~ '^pg_toast'
    and ((own.oid is null and of_element.oid is null)
        or t.oid in (select oid from used)
        -- The element of an array that is used is needed as well.
        or t.typarray in (select oid from used))
