-- The roles, but for the server's own, and what they are members of.
-- https://www.postgresql.org/docs/current/catalog-pg-authid.html
select
    r.rolname::text as name,
    r.rolsuper as superuser,
    r.rolcanlogin as login,
    r.rolbypassrls as bypasses,
    coalesce((
        select array_agg(g.rolname::text order by g.rolname)
        from pg_auth_members m join pg_roles g on g.oid = m.roleid
        where m.member = r.oid
    ), '{}') as member_of,
    coalesce((
        select array_agg(g.rolname::text) from pg_roles g where pg_has_role(r.oid, g.oid, 'usage')
    ), '{}') as acts_as
from pg_roles r
where r.rolname !~ '^pg_'
