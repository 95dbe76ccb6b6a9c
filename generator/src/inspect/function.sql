-- What of the database depends on a function: triggers, defaults, policies, views, constraints, indexes, operators, aggregates, casts.
-- https://www.postgresql.org/docs/current/catalog-pg-depend.html
select
    n.nspname::text as schema,
    p.proname::text as name,
    pg_get_function_identity_arguments(p.oid) as arguments,
    coalesce(array_agg(distinct case
        when d.classid = 'pg_trigger'::regclass then 'trigger'
        when d.classid = 'pg_attrdef'::regclass then 'default'
        when d.classid = 'pg_policy'::regclass then 'policy'
        when d.classid = 'pg_rewrite'::regclass then 'view'
        when d.classid = 'pg_constraint'::regclass then 'constraint'
        when d.classid = 'pg_class'::regclass then 'index'
        when d.classid = 'pg_event_trigger'::regclass then 'event trigger'
        else 'object' end) filter (where d.classid is not null), '{}')::text[] as used_by
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
left join pg_depend d on d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid and d.deptype in ('n', 'a')
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
group by 1, 2, 3
