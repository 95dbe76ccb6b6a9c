-- What functions from SQL are tried on: values of every kind, and statements of every kind.
create schema app;
create type app.mood as enum ('glad', 'so so', 'sad');
create domain app.amount as numeric(12, 2) check (value >= 0);
create type app.place as (street text, number int);
create table app.owner (id bigint generated always as identity primary key, name text not null unique);
create table app.thing (
    id bigint generated always as identity primary key,
    owner_id bigint references app.owner,
    mood app.mood not null,
    price app.amount,
    tags text[] not null default '{}',
    pause interval,
    place app.place,
    note json,
    made timestamptz not null default '2026-01-02 03:04:05+00',
    "Odd ""name""" char(3),
    unique (owner_id, mood)
);
create index on app.thing (mood);
create index on app.thing (owner_id);
create view app.gladness as select id, owner_id, tags from app.thing where mood = 'glad';
create table app.setting (name text, value text);
insert into app.owner (name) values ('ann'), ('bob'), ('cid');
insert into app.thing (owner_id, mood, price, tags, pause, place, note, "Odd ""name""") values
    (1, 'glad', 12.50, '{red,"a,b",NULL}', '1 day 02:00', '("High ""St""",7)', '{"a": [1, null]}', 'x'),
    (1, 'sad', null, '{{1,2},{3,4}}', null, null, null, null),
    (2, 'so so', 0, '{}', '-1 mon', null, 'null', 'abc'),
    (null, 'glad', 99999.99, '{}', null, null, '"é"', null);
insert into app.setting values ('colour', 'red'), ('size', null);
create unique index owner_name_lower on app.owner (lower(name)) where name <> '';
create table app.everything (
    id bigint generated always as identity primary key,
    mood app.mood not null,
    flag bool, small int2, whole int4, big int8, real float4, double float8, words varchar(40), bytes bytea, id_of uuid, doc jsonb,
    day date, hour time, moment timestamp, at timestamptz, price numeric(12, 2), number numeric, address inet, pause interval,
    tags text[], note text default 'none'
);
create table app.document (id bigint primary key, plain json not null, bin jsonb not null, list jsonb not null);
insert into app.document values
    (1, '{"b":  1e400, "a": 12345678901234567890123, "a": 0.10}', '{"b": 1e400, "a": 12345678901234567890123, "c": 0.10}', '[]');
