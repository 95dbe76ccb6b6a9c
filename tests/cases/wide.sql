-- schemas: public
-- Tables of many columns, keys and constraints: the time to compile them grows with their number, not with its square.
create table target (id bigint primary key, name text not null);
do $$
declare
  kinds constant text[] := array['text', 'integer', 'bigint', 'boolean', 'timestamptz', 'uuid', 'numeric(12,2)', 'jsonb', 'date', 'varchar(40)'];
begin
  execute (select 'create table wide (id bigint primary key, '
    || string_agg(format('c%s %s not null', n, kinds[n % 10 + 1]), ', ' order by n) || ')' from generate_series(1, 400) n);
  execute (select 'create table many_keys (id bigint primary key, '
    || string_agg(format('k%s bigint not null references target', n), ', ' order by n) || ')' from generate_series(1, 300) n);
  execute (select 'create table many_uniques (id bigint primary key, '
    || string_agg(format('u%s bigint not null unique', n), ', ' order by n) || ')' from generate_series(1, 100) n);
end
$$;
