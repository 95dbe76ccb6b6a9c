-- schemas: public, auth, billing
create schema auth; create schema billing;
create table auth.users(id uuid primary key, email text); create table public.users(id int primary key, auth_id uuid unique references auth.users(id)); create table billing.users(id int primary key references public.users(id), payer int references billing.users(id));
create type auth.status as enum('a'); create type billing.status as enum('b', 'a'); create table auth.accounts(id int primary key, s auth.status, b billing.status, user_id uuid references auth.users(id)); create table billing.accounts(id int primary key, user_id int references billing.users(id), a int references auth.accounts(id));
