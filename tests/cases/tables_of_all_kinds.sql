-- schemas: public
create extension file_fdw; create server files foreign data wrapper file_fdw;
create foreign table far(a int, b text) server files options (program 'printf "1\tx\n2\t\\\\N\n3\tz\n"');
create unlogged table fleeting(id int primary key, n text);
create type shape as (id int, n text); create table typed of shape (primary key (id));
create table nothing(); create table nothing_keyed(id int primary key); alter table nothing_keyed add column gone text; alter table nothing_keyed drop column gone;
create table parent(id int primary key, n text); create table child(extra int) inherits (parent); alter table child add primary key (id);
create table no_key(a int, b text, c jsonb, d point); create table not_null_unique(a int not null unique, b text); create table null_unique(a int unique, b text);
create table refers(id int primary key, k int references not_null_unique(a), n int references null_unique(a));
create table keyless_refers(at timestamptz, k int references refers(id), again int references refers(id));
