-- A database with everything that `cargo xtask inspect` has a rule for; tests/inspect_expected.txt says
-- what it finds. Roles of an API are `api_guest` and `api_member`.

create role api_guest nologin;
create role api_member nologin;
grant usage on schema public to api_guest, api_member;

-- What policies call; the schema has the name of Supabase's, and is the user's own here.
create schema auth;
create function auth.uid() returns uuid language sql stable set search_path = '' as 'select null::uuid';
create function auth.jwt() returns jsonb language sql stable set search_path = '' as 'select null::jsonb';
create table auth.users (id uuid primary key default gen_random_uuid(), email text unique, is_anonymous boolean not null default false);
create table auth.mfa_factors (id uuid primary key, user_id uuid not null references auth.users (id));
create index on auth.mfa_factors (user_id);
insert into auth.users (id, email)
    select ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'user' || n || '@example.com' from generate_series(1, 8) n;

-- Keys that are no constraints: complete, with orphans, by part of a name, by role, over text, in an empty table.
create table public.users (id uuid primary key, auth_user_id text not null, email_address text);
insert into public.users select id, id::text, email from auth.users where email <> 'user8@example.com';
create table public.orders (id bigint generated always as identity primary key, user_id uuid, billing_user_id uuid, created_by uuid);
insert into public.orders (user_id, billing_user_id, created_by)
    select id, id, id from public.users;
insert into public.orders (user_id) values ('ffffffff-0000-0000-0000-000000000001');
create table public.order_lines (id serial primary key, order_id bigint not null);
insert into public.order_lines (order_id) select id from public.orders where id <= 6;
create table public.refunds (id serial primary key, order_id bigint not null);
-- Numbers that are in every table are no evidence.
create table public.shelves (id serial primary key, batch_id int not null);
create table public.batch (id serial primary key);
insert into public.batch select from generate_series(1, 9);
insert into public.shelves (batch_id) values (1), (1), (2);

-- Declared NOT VALID: with rows that contradict it, and without.
create table public.parents (id int primary key);
create table public.children (id int primary key, parent_key int, other_key int);
create index on public.children (parent_key);
create index on public.children (other_key);
insert into public.parents values (1);
insert into public.children values (1, 1, 1), (2, 7, 1);
alter table public.children add constraint children_contradicted foreign key (parent_key) references public.parents (id) not valid;
alter table public.children add constraint children_unchecked foreign key (other_key) references public.parents (id) not valid;
alter table public.children add constraint children_check check (id > 0) not valid;

-- A key into any table, and one into none.
create table public.notes (id int primary key, subject_type text, subject_id uuid, form_type text check (form_type in ('W-9', '1099')), form_id text);

-- Keys, indexes.
create table public.no_key (a int, b text);
create table public.parted (id int, parent_key int references public.parents (id), order_id bigint, year int, primary key (id, year)) partition by range (year);
create type public.typed_row as (a int);
create table public.typed of public.typed_row;
create table public.unindexed (id int primary key, parent_key int references public.parents (id));
create table public.indexed (id int primary key, a int, b int, c text);
create index indexed_a on public.indexed (a);
create index indexed_a_b on public.indexed (a, b);
create index indexed_b on public.indexed (b);
create index indexed_b_again on public.indexed (b);
create index indexed_c_unused on public.indexed (c);
create index indexed_broken on public.indexed (lower(c));
update pg_index set indisvalid = false where indexrelid = 'public.indexed_broken'::regclass;
insert into public.indexed select n, n, n, n::text from generate_series(1, 50) n;
analyze public.indexed;
do $$ begin for n in 1..1100 loop perform from public.indexed where id = 1 + n % 50; end loop; end $$;

-- Types and names.
create table public.types_of_all (
    id int primary key, at timestamp, document json, code char(3), config regconfig, status text default 'new' check (status in ('new', 'old')),
    "camelCase" int, plain_name int, plain_name_two int, plain_name_three int, plain_name_four int, plain_name_five int, plain_name_six int,
    plain_name_seven int, plain_name_eight int, plain_name_nine int, plain_name_ten int
);
-- Words that SQL has for itself, and a type that a view keeps.
create table public."group" (id int primary key, "user" timestamp(3), "select" json, "table" char(2));
create table public.shown (id int primary key, seen timestamp);
create view public.shows as select seen from public.shown;
create view public.shown_children as select id, other_key from public.children;
create table public.habit_1 (id int primary key, tenant_code uuid);
create table public.habit_2 (id int primary key, tenant_code uuid);
create table public.habit_3 (id int primary key, tenant_code uuid);
create table public.habit_4 (id int primary key, tenant_code text);

-- Near their ends, and not.
create table public.nearly_full (id serial primary key);
select setval('public.nearly_full_id_seq', 2100000000);
create table public.full_by_hand (id smallint primary key);
insert into public.full_by_hand values (26000);
create table public.far_from_full (id serial primary key);

-- Unused.
create type public.unused_enum as enum ('a', 'b');
create type public.used_enum as enum ('a', 'b');
create function public.uses_enum(used_enum) returns int language sql set search_path = '' as 'select 1';
create function public.unused_function() returns int language sql set search_path = '' as 'select 1';
create function public.touch() returns trigger language plpgsql set search_path = '' as 'begin return new; end';
create trigger touch before update on public.indexed for each row execute function public.touch();
create trigger sleeping before update on public.indexed for each row execute function public.touch();
alter table public.indexed disable trigger sleeping;
create table public.nulls (id int primary key, never text, sometimes text);
insert into public.nulls values (1, null, 'a'), (2, null, null);

-- Dead rows, and nothing that removes them.
create table public.bloated (id int primary key) with (autovacuum_enabled = false);
insert into public.bloated select generate_series(1, 20000);
delete from public.bloated where id > 5000;

-- Twins.
create table public.audit_entries (id int primary key, actor text, action text, place text, reason text, payload text, severity text);
create table public.old_audit_entries (id int primary key, actor text, action text, place text, reason text, payload text, severity text);
create view public.auditentry as select * from public.old_audit_entries;

-- Who may do what.
create table public.open_to_all (id int primary key, password_hash text);
grant select on public.open_to_all to api_guest;
create table public.policy_without_security (id int primary key);
create policy nothing on public.policy_without_security using (true);
create table public.security_without_policy (id int primary key);
alter table public.security_without_policy enable row level security;
create table public.guarded (id int primary key, owner uuid);
alter table public.guarded enable row level security;
create policy calls on public.guarded for select to api_member using (auth.uid() = owner);
create policy wrapped on public.guarded for select to api_member using ((select auth.uid()) = owner);
create policy anybody on public.guarded for delete to api_member using (auth.uid() is null or auth.uid() = owner);
create policy writes on public.guarded for insert to api_guest with check (true);
create policy metadata on public.guarded for update to api_member using ((current_setting('request.jwt') like '%user_metadata%'));
create view public.shows_users as select id, email from auth.users;
grant select on public.shows_users to api_guest;
create view public.as_caller with (security_invoker = on) as select id from public.guarded;
grant select on public.as_caller to api_guest;
create view public.as_owner as select id from public.guarded;
grant select on public.as_owner to api_guest;
create materialized view public.materialized as select id from public.parents;
grant select on public.materialized to api_guest;
create function public.definer() returns int language sql security definer as 'select 1';
revoke execute on function public.definer() from public;
grant execute on function public.definer() to api_member;
create function public.no_path() returns int language sql as 'select 1';
create procedure public.procedure_without_path() language sql as 'select 1';
create procedure public.definer_procedure(number int) language sql security definer as 'select 1';
create table public.to_auth (id int primary key, email text unique references auth.users (email));
create table public.for_signed_in (id int primary key, owner uuid);
alter table public.for_signed_in enable row level security;
create policy signed_in on public.for_signed_in for select using ((select auth.uid()) = owner);

create schema pgmq;
grant usage on schema pgmq to api_guest;
create table pgmq.q_mail (id int primary key);
grant select on pgmq.q_mail to api_guest;
create schema storage;
create table storage.objects (id int primary key, bucket_id text);
alter table storage.objects enable row level security;
create policy listing on storage.objects for select using (bucket_id = 'avatars');

create extension citext schema public version '1.4';
create extension if not exists file_fdw;
create server files foreign data wrapper file_fdw;
create foreign table public.from_file (line text) server files options (filename '/dev/null');
grant select on public.from_file to api_guest;

-- Nobody uses it.
create schema idle;
create table idle.first (id int primary key);
create table idle.second (id int primary key);

-- Other software's: remarks only.
create role supabase_thing nologin;
create schema managed authorization supabase_thing;
create table managed.no_key_either (a int);
