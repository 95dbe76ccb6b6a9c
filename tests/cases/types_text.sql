-- schemas: public
-- needs: 14
create extension hstore; create extension ltree;
create type pair as (a int, b text);
create domain code as varchar(8) not null;
create table t(id int primary key, iv interval, tz timetz, mac macaddr, mac8 macaddr8, m money, ts tsvector, tq tsquery, jp jsonpath,
  li line, ls lseg, bo box, pa path, po polygon, ci circle, hs hstore, lt ltree, rc regclass, rt regtype, na name, ch "char", ls2 pg_lsn,
  mr int4multirange, nm nummultirange, p pair, x xml, xid8 xid8, sn pg_snapshot, cd code);
create table arrays(id int primary key, iv interval[], tz timetz[], mac macaddr[], m money[], ts tsvector[], x xml[], po point[], hs hstore[],
  lt ltree[], r int4range[], p pair[], na name[], ch "char"[], bits bit(3)[], vb varbit[], net inet[], c cidr[], o oid[], f4 real[], i2 smallint[],
  t time[], d date[], ts2 timestamp[], tz2 timestamptz[], n numeric[], n2 numeric(12,2)[], j json[], jb jsonb[], u uuid[], b bytea[], bo bool[], cd code[]);
