-- schemas: public, "Au""th"
create schema "Au""th"; create type "Au""th"."ro""le" as enum('x"y','y'); create type public."ro""le" as enum('x','z');
create table "Au""th".t(r "Au""th"."ro""le" primary key, o public."ro""le", rs "Au""th"."ro""le"[]);
create table public.u(id int primary key, r "Au""th"."ro""le" not null references "Au""th".t(r));
