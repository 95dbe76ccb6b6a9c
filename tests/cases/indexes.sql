-- schemas: public
-- needs: 15
create table t(id int primary key, email text, name text, deleted_at timestamptz, a int, b int, tags text[], doc jsonb, h text);
create unique index t_live on t(email) where deleted_at is null; create unique index t_lower on t(lower(name)); create unique index t_desc on t(a desc nulls last, b);
create unique index t_include on t(b) include (a, name); create unique index t_nnd on t(h) nulls not distinct; create index t_hash on t using hash(name); create index t_gin on t using gin(tags); create index t_gin2 on t using gin(doc jsonb_path_ops);
create index t_brin on t using brin(deleted_at); create index t_opclass on t(name text_pattern_ops); create index t_mixed on t((a + b), name desc);
alter table t add constraint no_overlap exclude using gist (int4range(a, b) with &&) where (a < b);
insert into t(id, email, name, a, b, h) values (1, 'a', 'A', 1, 2, 'x'), (2, 'b', 'B', 5, 6, null), (3, 'c', 'C', 10, 20, 'z');
