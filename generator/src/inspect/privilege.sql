-- Which role may run which command on which table, privileges of roles that it inherits among them.
-- https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-ACCESS
select
    n.nspname::text as schema,
    c.relname::text as name,
    r.rolname::text as role,
    has_any_column_privilege(r.oid, c.oid, 'select') as selects,
    has_any_column_privilege(r.oid, c.oid, 'insert') as inserts,
    has_any_column_privilege(r.oid, c.oid, 'update') as updates,
    has_table_privilege(r.oid, c.oid, 'delete') as deletes,
    pg_has_role(r.oid, c.relowner, 'usage') as owns
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join pg_roles r
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and r.rolname !~ '^pg_' and not r.rolsuper
    and has_schema_privilege(r.oid, n.oid, 'usage')
    and (has_any_column_privilege(r.oid, c.oid, 'select, insert, update') or has_table_privilege(r.oid, c.oid, 'delete'))
