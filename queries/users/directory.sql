-- Users with their profiles, each condition only where it is given; the newest first.
-- name: search_users :many
-- @allow-scan: an administrator's search
select app_user.*, profile.*
from public.users as app_user
left join public.user_profiles as profile on profile.user_id = app_user.id
where true
  and app_user.status = :status -- @if status
  and app_user.email = any (:emails) -- @if emails
  and app_user.created_at >= :since -- @if since
  -- @if verified_only
  and app_user.email_verified
  -- @end
order by app_user.created_at desc, app_user.id
limit :size;

-- A user.
-- name: user_by_id :one
select * from public.users where id = :id;

-- Whether users are there: those of the ids that are.
-- name: existing_ids :many
select id from public.users where id = any (:ids) order by id;

-- All users, one after the other.
-- name: every_user :stream
-- @allow-scan: every user is wanted
select * from public.users order by id;

-- Marks the address of a user as verified.
-- name: verify_email :rows
update public.users set email_verified = true, updated_at = now() where id = :id and email_verified is distinct from true;

-- Adds users, or leaves those that are there.
-- name: import_users :many
insert into public.users (id, email, auth_user_id)
select * from unnest(:ids::uuid[], :emails::text[], :accounts::text[])
on conflict do nothing
returning id;
