-- Functions and procedures that no extension owns. https://www.postgresql.org/docs/current/catalog-pg-proc.html
select
    p.pronamespace as namespace,
    p.proname::text as name,
    pg_get_function_identity_arguments(p.oid) as arguments,
    case when p.prokind <> 'p' then pg_get_function_result(p.oid) end as result,
    l.lanname::text as language,
    p.provolatile::text as volatility,
    p.prosecdef as security_definer,
    coalesce(p.proconfig, '{}') as settings,
    p.prosrc as source,
    pg_get_userbyid(p.proowner)::text as owner,
    obj_description(p.oid, 'pg_proc') as comment,
    coalesce(p.proacl::text[], '{}') as grants
from pg_proc p
join pg_language l on l.oid = p.prolang
where p.pronamespace = any ($1)
    and not exists (
        select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
    )
