select
    current_setting('server_version') as version,
    current_setting('server_version_num')::int as number,
    current_database()::text as database,
    current_user::text as role,
    case when has_database_privilege(current_database(), 'connect') then pg_database_size(current_database()) else 0 end as bytes,
    (select to_char(stats_reset at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from pg_stat_database where datname = current_database()) as since,
    coalesce(current_setting('pgrst.db_schemas', true), '') as exposed,
    coalesce((select array_agg(slot_name::text order by slot_name) from pg_replication_slots where not active), '{}') as idle_slots
