-- Domains that refuse NULL, themselves or below. https://www.postgresql.org/docs/current/catalog-pg-type.html
with recursive refusing as (
    select t.oid from pg_type t where t.typtype = 'd' and t.typnotnull
    union
    select t.oid from pg_type t join refusing on refusing.oid = t.typbasetype where t.typtype = 'd'
)
select oid from refusing
