-- The operator classes whose indexes serve operators.
-- https://www.postgresql.org/docs/current/catalog-pg-amop.html
with named as (
    select o.oid from pg_catalog.pg_operator o where o.oid operator(pg_catalog.=) any ($1)
    union
    select o.oprcom from pg_catalog.pg_operator o where o.oid operator(pg_catalog.=) any ($1)
)
select s.amopopr, m.amname::text, n.nspname::text, c.opcname::text, c.opcdefault, s.amopstrategy
from named
join pg_catalog.pg_amop s on s.amopopr operator(pg_catalog.=) named.oid and s.amoppurpose operator(pg_catalog.=) 's'
join pg_catalog.pg_opclass c
    on c.opcfamily operator(pg_catalog.=) s.amopfamily and c.opcintype operator(pg_catalog.=) s.amoplefttype
join pg_catalog.pg_am m on m.oid operator(pg_catalog.=) c.opcmethod
join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.opcnamespace
order by 1, 2, 3, 4, 6
