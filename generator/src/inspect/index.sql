-- How often each index was used, and how large it is.
-- https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW
select
    n.nspname::text as schema,
    t.relname::text as table,
    c.relname::text as name,
    coalesce(s.idx_scan, 0) as scans,
    pg_relation_size(c.oid) as bytes
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid
join pg_namespace n on n.oid = t.relnamespace
left join pg_stat_all_indexes s on s.indexrelid = i.indexrelid
where c.relkind = 'i' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
