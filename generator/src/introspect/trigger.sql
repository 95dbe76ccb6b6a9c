-- Triggers, but for those that enforce foreign keys. https://www.postgresql.org/docs/current/catalog-pg-trigger.html
select
    t.tgrelid as "table",
    t.tgname::text as name,
    pg_get_triggerdef(t.oid) as definition,
    t.tgenabled::text as enabled
from pg_trigger t
join pg_class c on c.oid = t.tgrelid
where not t.tgisinternal and c.relkind in ('r', 'p', 'v', 'f') and c.relnamespace = any ($1)
