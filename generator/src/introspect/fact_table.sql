-- What may be NULL in a stored row. https://www.postgresql.org/docs/current/catalog-pg-attribute.html
select
    c.oid,
    -- Nothing holds a foreign table to its NOT NULL, and before PostgreSQL 18 a child may drop its parent's.
    coalesce(
        (select array_agg(a.attnum) from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')
                and (a.attnotnull or exists (select from pg_type t where t.oid = a.atttypid and t.typnotnull))
                and not exists (
                    select from pg_constraint n
                    where n.conrelid = c.oid and n.contype = 'n' and not n.convalidated and a.attnum = any (n.conkey)
                )
                and not exists (
                    select from pg_inherits i join pg_attribute child on child.attrelid = i.inhrelid and child.attname = a.attname
                    where i.inhparent = c.oid and not child.attnotnull
                )),
        '{}'
    ) as not_null,
    coalesce(
        (select array_agg(k.conbin::text) from pg_constraint k
            where k.conrelid = c.oid and k.contype = 'c' and k.convalidated and c.relkind in ('r', 'p')
                and k.conbin::text like '%NULLTEST%'),
        '{}'
    ) as checks,
    r.ev_action::text as rule,
    c.relrowsecurity as row_security,
    c.relkind in ('r') and (
        exists (select from pg_inherits i where i.inhparent = c.oid) or exists (select from pg_inherits i where i.inhrelid = c.oid)
    ) as inherits
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_rewrite r on r.ev_class = c.oid and r.ev_type = '1' and c.relkind in ('v', 'm')
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
