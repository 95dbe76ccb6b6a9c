-- The settings that make every answer the same for any role, and who answers.
-- set_config(…, true) lasts for the transaction: the session, which may be a pooler's, stays as it was.
select
    set_config('search_path', '', true) as search_path,
    set_config('statement_timeout', $1, true) as statement_timeout,
    set_config('lock_timeout', $1, true) as lock_timeout,
    set_config('quote_all_identifiers', 'off', true) as quote_all_identifiers,
    set_config('standard_conforming_strings', 'on', true) as standard_conforming_strings,
    set_config('DateStyle', 'ISO, MDY', true) as date_style,
    set_config('IntervalStyle', 'postgres', true) as interval_style,
    set_config('TimeZone', 'UTC', true) as time_zone,
    set_config('bytea_output', 'hex', true) as bytea_output,
    set_config('extra_float_digits', '1', true) as extra_float_digits,
    current_setting('server_version_num')::int4 as version_number,
    current_setting('server_version') as version,
    current_setting('server_encoding') as encoding,
    current_database()::text as database,
    current_user::text as role,
    -- How large the catalogue is, where another connection may read along.
    case when has_function_privilege('pg_catalog.pg_export_snapshot()', 'execute')
        then pg_relation_size('pg_catalog.pg_attribute') else 0 end as attributes
