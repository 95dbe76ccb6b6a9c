-- schemas: public, base
create schema base; create type base.mood as enum('sad', 'ok');
create domain base.feeling as base.mood; create domain deep as base.feeling not null;
create domain tags as text[]; create domain short as varchar(5); create domain shorter as short check (length(value) < 4);
create domain amount as numeric(12,2) not null; create domain big as numeric(40,5);
create table t(id int primary key, f base.feeling, d deep, ds deep[], tg tags, tgs tags[], s shorter, ss shorter[], a amount, b big, am amount[]);
create table keyed(a amount primary key, s shorter unique);
