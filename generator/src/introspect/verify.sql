-- What generated code depends on, in the words of `Snapshot::facts`: the schema, the table or type, the kind of thing in
-- it, the thing's name, and what the catalogue says of it. The queries that read the catalogue are its parts, so that
-- both read the same. It sets nothing: no answer depends on a search path that leaves pg_catalog first.
with namespaces as (
    select n.oid, n.nspname::text as name from pg_catalog.pg_namespace n where n.nspname in ({schemas})
), tables as not materialized (
{table}
), types as (
{type}
)
select n.name, t.name, 'table', '', ''
from tables t
join namespaces n on n.oid = t.namespace
union all
select
    n.name,
    t.name,
    'column',
    a.name,
    case
        when y.schema = 'pg_catalog' then a.type_text
        -- What an array type is called depends on what else was there when it was made.
        when y.kind = 'A' then element.schema || '.' || element.name || '[]'
        else y.schema || '.' || y.name
    end || case when a.not_null and t.kind not in ('v', 'm') then ' not null' else '' end
from (
{column}
) a
join tables t on t.oid = a."table"
join namespaces n on n.oid = t.namespace
join types y on y.oid = a.type_oid
left join types element on element.oid = y.of and y.kind = 'A'
union all
select y.schema, y.name, 'enum', '', 'enum (' || pg_catalog.array_to_string(y.labels, ', ') || ')'
from types y
where y.kind = 'e'
union all
select
    n.name,
    t.name,
    'foreign key',
    k.name,
    'foreign key (' || (
        select pg_catalog.string_agg(a.attname, ', ' order by part.place)
        from pg_catalog.unnest(k.columns) with ordinality part(number, place)
        join pg_catalog.pg_attribute a on a.attrelid = k."table" and a.attnum = part.number
    ) || ') to ' || there.name || '.' || other.name || ' (' || (
        select pg_catalog.string_agg(a.attname, ', ' order by part.place)
        from pg_catalog.unnest(k.foreign_columns) with ordinality part(number, place)
        join pg_catalog.pg_attribute a on a.attrelid = k.foreign_table and a.attnum = part.number
    ) || ')'
from (
{constraint}
) k
join tables t on t.oid = k."table"
join namespaces n on n.oid = t.namespace
join tables other on other.oid = k.foreign_table
join namespaces there on there.oid = other.namespace
where k.kind = 'f'
union all
select
    n.name,
    t.name,
    'index',
    i.name,
    case when i."primary" then 'primary key (' else 'unique index (' end || (
        select pg_catalog.string_agg(coalesce(a.attname, 'an expression'), ', ' order by part.place)
        from pg_catalog.unnest(i.columns) with ordinality part(number, place)
        left join pg_catalog.pg_attribute a on a.attrelid = i."table" and a.attnum = part.number
        where part.place <= i.key_length
    ) || ')' || case when i.predicate is null then '' else ' of some rows' end
from (
{index}
) i
join tables t on t.oid = i."table"
join namespaces n on n.oid = t.namespace
where i."unique" and i.valid
