-- A page of what was done to or by a user, the newest first; `before` is the time and the id of the
-- last entry of the page before.
-- name: trail_of_user :many
select entry.*
from public.user_audit_logs as entry
where entry.user_id = :user_id
-- @if before, before_id
  and (entry.created_at, entry.id) < (:before, :before_id)
-- @end
order by entry.created_at desc, entry.id desc
limit :size;

-- How many rows each table holds, as the server counts them by itself.
-- name: estimated_row_counts :many
select n.nspname::text as schema, c.relname::text as "table", greatest(c.reltuples, 0)::bigint as rows
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname = any (:schemas::text[])
order by schema, "table";
