-- What the catalogue holds of tables ($1), functions ($2) and types ($3) by name, in every schema but the system's:
-- a digest for each name. Rows are taken as text, so that whatever changes in one shows.
-- https://www.postgresql.org/docs/current/catalogs.html
with recursive space as (
    select n.oid, concat_ws(' ', n.nspname, n.nspacl) as text
    from pg_namespace n
    where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_(toast_)?temp_'
),
of_table as (
    select c.relname as name, c.oid, space.text
    from pg_class c
    join space on space.oid = c.relnamespace
    where c.relname = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'f')
),
-- With partitions and children, which a plan reads as well.
family as (
    select name, oid from of_table
    union
    select family.name, i.inhrelid from family join pg_inherits i on i.inhparent = family.oid
),
-- Types of users by name, and those of columns; what arrays and domains are of.
of_type (kind, name, oid) as (
    (
        select 'type', t.typname, t.oid
        from pg_type t
        join space on space.oid = t.typnamespace
        where t.typname = any ($3)
        union
        select 'table', of_table.name, a.atttypid
        from of_table
        join pg_attribute a on a.attrelid = of_table.oid and a.attnum > 0
        where a.atttypid >= 16384
    )
    union
    select of_type.kind, of_type.name, case t.typtype when 'd' then t.typbasetype else t.typelem end
    from of_type
    join pg_type t on t.oid = of_type.oid and (t.typtype = 'd' or t.typelem <> 0)
),
part (kind, name, text) as (
    -- Not the whole row: it holds figures that change with the contents.
    select 'table', of_table.name,
        concat_ws(' ', of_table.text, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relam)
    from of_table join pg_class c on c.oid = of_table.oid
    union all
    select 'table', of_table.name, r::text from of_table join pg_attribute r on r.attrelid = of_table.oid and r.attnum > 0
    union all
    select 'table', of_table.name, r::text from of_table join pg_attrdef r on r.adrelid = of_table.oid
    union all
    select 'table', of_table.name, r::text from of_table join pg_constraint r on r.conrelid = of_table.oid
    union all
    select 'table', of_table.name, r::text from of_table join pg_policy r on r.polrelid = of_table.oid
    union all
    select 'table', of_table.name, r::text from of_table join pg_trigger r on r.tgrelid = of_table.oid
    union all
    select 'table', of_table.name, r::text from of_table join pg_rewrite r on r.ev_class = of_table.oid
    union all
    select 'table', family.name, r::text from family join pg_inherits r on r.inhparent = family.oid
    union all
    select 'table', family.name, concat_ws(' ', r::text, c.relam)
    from family join pg_index r on r.indrelid = family.oid join pg_class c on c.oid = r.indexrelid
    union all
    select of_type.kind, of_type.name, r::text from of_type join pg_type r on r.oid = of_type.oid
    union all
    select of_type.kind, of_type.name, r::text from of_type join pg_enum r on r.enumtypid = of_type.oid
    union all
    select of_type.kind, of_type.name, r::text from of_type join pg_constraint r on r.contypid = of_type.oid
    union all
    select of_type.kind, of_type.name, r::text
    from of_type
    join pg_type t on t.oid = of_type.oid and t.typtype = 'c'
    join pg_attribute r on r.attrelid = t.typrelid and r.attnum > 0
    union all
    select 'function', p.proname, concat_ws(' ', space.text, p::text, a::text)
    from pg_proc p
    join space on space.oid = p.pronamespace
    left join pg_aggregate a on a.aggfnoid = p.oid
    where p.proname = any ($2)
)
select concat(kind, ' ', name) as thing, hashtextextended(string_agg(text, e'\n' order by text collate "C"), 0)::text as digest
from part
group by kind, name
union all
select 'operators', coalesce(hashtextextended(string_agg(o::text, e'\n' order by o.oid), 0)::text, '')
from pg_operator o
where o.oid >= 16384
union all
select 'casts', coalesce(hashtextextended(string_agg(c::text, e'\n' order by c.oid), 0)::text, '')
from pg_cast c
where c.oid >= 16384
union all
-- Not what is set while statements are described, nor what no answer depends on.
select 'session', hashtextextended(
    concat_ws(
        ' ', current_setting('server_version_num'), current_user, current_schemas(true),
        (select concat(r.rolsuper, r.rolbypassrls) from pg_roles r where r.rolname = current_user),
        (
            select string_agg(concat(s.name, '=', s.setting), ' ' order by s.name collate "C")
            from pg_settings s
            where s.context in ('user', 'superuser')
                and s.source not in ('default', 'override')
                and s.name !~ '^(debug|enable|log|transaction)_'
                and s.name not in
                    ('application_name', 'client_min_messages', 'jit', 'max_parallel_workers_per_gather', 'plan_cache_mode',
                    'statement_timeout')
        )
    ),
    0
)::text
