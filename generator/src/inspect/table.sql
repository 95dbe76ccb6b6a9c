-- The size of every table and what the statistics say of it.
-- https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE
-- https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW
select
    n.nspname::text as schema,
    c.relname::text as name,
    c.reltuples::float8 as estimate,
    c.relpages::int8 as pages,
    case when c.relkind in ('r', 'm') then pg_relation_size(c.oid) else 0 end as heap_bytes,
    case when c.relkind in ('r', 'm') then pg_indexes_size(c.oid) else 0 end as index_bytes,
    case when c.reltoastrelid <> 0 then pg_total_relation_size(c.reltoastrelid) else 0 end as toast_bytes,
    current_setting('block_size')::int8 as block,
    coalesce(s.n_dead_tup, 0) as dead_rows,
    coalesce(s.n_live_tup, 0) as live_rows,
    coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0) as writes,
    coalesce(s.seq_scan, 0) + coalesce(s.idx_scan, 0) as scans,
    -- The times of the last scans are there from PostgreSQL 16 on: to_jsonb asks for what may not be there.
    (select to_char(max(moment) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from (values
        (s.last_vacuum), (s.last_autovacuum), (s.last_analyze), (s.last_autoanalyze),
        ((to_jsonb(s) ->> 'last_seq_scan')::timestamptz), ((to_jsonb(s) ->> 'last_idx_scan')::timestamptz)
    ) as moments(moment)) as last_activity,
    has_table_privilege(c.oid, 'select') as readable,
    c.relkind = 'm' and not c.relispopulated as unpopulated,
    c.reloftype <> 0 as typed,
    coalesce(c.reloptions, '{}')::text[] as options
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_stat_all_tables s on s.relid = c.oid
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
