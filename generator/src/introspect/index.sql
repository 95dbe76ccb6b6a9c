-- Indexes, those behind constraints too. https://www.postgresql.org/docs/current/catalog-pg-index.html
select
    i.indrelid as "table",
    x.relname::text as name,
    m.amname::text as method,
    i.indisunique as "unique",
    i.indisprimary as "primary",
    {nulls_not_distinct} as nulls_not_distinct,
    i.indisvalid as valid,
    i.indkey::int2[] as columns,
    i.indnkeyatts as key_length,
    i.indoption::int2[] as options,
    -- Of an index on columns alone these are the columns' names: to ask for them takes longer than all the rest.
    case when 0 = any (i.indkey::int2[]) then array(
        select pg_get_indexdef(i.indexrelid, position, false) from generate_series(1, i.indnkeyatts) position order by position
    ) else '{}' end as texts,
    pg_get_expr(i.indpred, i.indrelid) as predicate,
    pg_get_indexdef(i.indexrelid) as definition,
    d.description as comment
from pg_index i
join pg_class x on x.oid = i.indexrelid
join pg_am m on m.oid = x.relam
join pg_class c on c.oid = i.indrelid
left join pg_description d on d.objoid = i.indexrelid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
where c.relkind in ('r', 'p', 'm') and c.relnamespace = any ($1)
