-- What the verdict is tried on: `tests/verdict/lib.rs` names all that callers can name of it.
create type public.mood as enum ('glad', 'sad');
create domain public.amount as numeric(12, 2) check (value >= 0);
create table public.owner (id bigint generated always as identity primary key, name text not null, city text);
create unique index owner_name on public.owner (name);
create index owner_city on public.owner (city);
create table public.thing (
    id bigint generated always as identity primary key,
    owner_id bigint not null constraint thing_owner references public.owner,
    mood public.mood not null default 'glad',
    price public.amount not null,
    size int not null check (size > 0),
    note varchar(20),
    made timestamptz not null default now(),
    constraint thing_size_note unique (size, note)
);
create index thing_owner_id on public.thing (owner_id);
create view public.gladness as select id, owner_id, note from public.thing where mood = 'glad';
create sequence public.counter;
create function public.twice(n int) returns int language sql as 'select n * 2';
