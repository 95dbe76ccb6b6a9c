-- What the index gate is tried on.
create schema shop;
create type shop.state as enum ('open', 'paid', 'sent');
create table shop.customer (
    id bigint primary key,
    email text not null,
    name varchar(80) not null,
    code text collate "C" not null,
    is_active boolean not null,
    tags text[] not null default '{}',
    profile jsonb not null default '{}',
    notes json,
    words tsvector,
    address inet,
    stay daterange,
    place point,
    born date,
    joined timestamp not null,
    seen timestamptz,
    removed_at timestamptz,
    token uuid not null,
    letters char(5)
);
create table shop.product (id bigint primary key, kind text not null, price numeric not null);
create table shop.item (
    id bigint primary key,
    customer_id bigint not null references shop.customer,
    product_id bigint not null references shop.product,
    state shop.state not null,
    made timestamptz not null,
    quantity int not null,
    parent_id bigint,
    note text
);
create index on shop.item (customer_id, made);
create index on shop.item (made);
create index on shop.item (state) where state = 'open';
create table shop.setting (name text primary key, value text, customer_id bigint);
create table shop.event (id bigint, at date not null, what text not null, primary key (at, id)) partition by range (at);
create table shop.event_2025 partition of shop.event for values from ('2025-01-01') to ('2026-01-01');
create table shop.event_2026 partition of shop.event for values from ('2026-01-01') to ('2027-01-01');
create view shop.active as select * from shop.customer where is_active;
create view shop.totals as select customer_id, sum(quantity) as quantity from shop.item group by customer_id;
create table shop.forest (id bigint primary key, parent_id bigint);
create index on shop.forest (parent_id);
