-- The security definer functions that a role may call.
select n.nspname::text as schema, p.proname::text as name, pg_get_function_identity_arguments(p.oid) as arguments, r.rolname::text as role
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
cross join pg_roles r
where p.prosecdef and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and r.rolname = any($1)
    and has_schema_privilege(r.oid, n.oid, 'usage') and has_function_privilege(r.oid, p.oid, 'execute')
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
