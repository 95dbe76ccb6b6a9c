-- Gives what tests/inspect_rules.sql makes names with capitals, dashes, quotes and a backslash, so that
-- whoever puts a name into SQL or TOML without quoting it is found out. The words stay: rules read them.

create function pg_temp.hostile(name text) returns text language sql as
    $$ select initcap(replace(name, '_', '-')) || e'\'"\\' $$;

do $$
declare
    item record;
begin
    for item in
        select format('alter trigger %I on %s rename to %I', tgname, tgrelid::regclass, pg_temp.hostile(tgname)) as sql
        from pg_trigger where not tgisinternal
        union all
        select format('alter policy %I on %s rename to %I', polname, polrelid::regclass, pg_temp.hostile(polname)) from pg_policy
        union all
        select format('alter table %s rename constraint %I to %I', conrelid::regclass, conname, pg_temp.hostile(conname))
        from pg_constraint where conrelid <> 0 and conparentid = 0 and connamespace::regnamespace::text in ('public', 'idle') and contype <> 'n'
        union all
        select format('alter index %s rename to %I', indexrelid::regclass, pg_temp.hostile(relname))
        from pg_index join pg_class c on c.oid = indexrelid
        where relnamespace::regnamespace::text in ('public', 'idle') and not exists (select from pg_constraint where conindid = indexrelid)
        union all
        select format('alter table %s rename column %I to %I', attrelid::regclass, attname, pg_temp.hostile(attname))
        from pg_attribute join pg_class c on c.oid = attrelid
        where attnum > 0 and relkind in ('r', 'p') and reloftype = 0 and relnamespace::regnamespace::text in ('public', 'idle')
        union all
        select format('alter sequence %s rename to %I', c.oid::regclass, pg_temp.hostile(relname))
        from pg_class c where relkind = 'S' and relnamespace::regnamespace::text in ('public', 'idle')
        union all
        select format('alter routine %s rename to %I', p.oid::regprocedure, pg_temp.hostile(proname))
        from pg_proc p
        where pronamespace::regnamespace::text = 'public' and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    loop
        execute item.sql;
    end loop;
    for item in
        select format('alter %s %s rename to %I', case relkind when 'v' then 'view' when 'm' then 'materialized view'
            when 'f' then 'foreign table' else 'table' end, c.oid::regclass, pg_temp.hostile(relname)) as sql
        from pg_class c where relkind in ('r', 'p', 'v', 'm', 'f') and relnamespace::regnamespace::text in ('public', 'idle')
    loop
        execute item.sql;
    end loop;
    for item in
        select format('alter type %s rename to %I', t.oid::regtype, pg_temp.hostile(typname)) as sql
        from pg_type t where typtype = 'e' and typnamespace::regnamespace::text = 'public'
    loop
        execute item.sql;
    end loop;
    execute format('alter table pgmq.q_mail rename to %I', 'q_' || pg_temp.hostile('mail'));
    execute format('alter schema idle rename to %I', pg_temp.hostile('idle'));
    execute format('alter role api_guest rename to %I', pg_temp.hostile('api_guest'));
    execute format('alter role api_member rename to %I', pg_temp.hostile('api_member'));
end
$$;
