-- Row level security policies. https://www.postgresql.org/docs/current/catalog-pg-policy.html
select
    p.polrelid as "table",
    p.polname::text as name,
    case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end as command,
    p.polpermissive as permissive,
    array(
        select case when role = 0 then 'public' else pg_get_userbyid(role)::text end from unnest(p.polroles) role
    ) as roles,
    pg_get_expr(p.polqual, p.polrelid) as "using",
    pg_get_expr(p.polwithcheck, p.polrelid) as "check"
from pg_policy p
join pg_class c on c.oid = p.polrelid
where c.relkind in ('r', 'p') and c.relnamespace = any ($1)
