-- schemas: public, away, hidden
-- Row types of tables below domains, arrays and ranges: of tables that are read, and of tables in schemas that are not.
create schema away; create schema hidden;
create table hidden.parts(id int primary key, name text not null);
create table away.things(id int primary key, label text, part hidden.parts, parts hidden.parts[]);
create type away.pair as (thing away.things, part hidden.parts);
create domain away.thing as away.things check ((value).id > 0);
create domain away.part as hidden.parts;
create domain away.parts as hidden.parts[];
create domain away.pairs as away.pair[];
create domain named as away.thing;
create domain listed as away.parts;
create domain deep as named[];
create domain deepest as deep;
create type part_range as range (subtype = hidden.parts);
create table holders(
    id int primary key, thing away.things, things away.things[], named named, listed listed, deep deep, deepest deepest,
    named_many named[], pairs away.pairs, part away.part, between_parts part_range, between_many part_range[]
);
create table selves(id int primary key, note text);
create domain self as selves;
create domain self_list as selves[];
create table boxes(id int primary key, lone self, several self_list, copies self[]);
create view shown as select h.id, h.named, h.deepest, s as whole from holders h join selves s on s.id = h.id left join boxes on false;
create function named_thing(wanted named, others deepest) returns away.pairs language sql as 'select null::away.pairs';
