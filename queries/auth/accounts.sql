-- Accounts that can sign in and have no row in public.users: what a sync between the two left out.
-- name: accounts_without_user :many
-- @allow-scan: every account is compared with every user
select account.id, account.email, account.created_at, account.last_sign_in_at
from auth.users as account
left join public.users as application on application.auth_user_id = account.id::text
where application.id is null
order by account.created_at, account.id;

-- An account by its address, whatever its case.
-- name: account_by_email :optional
-- @allow-scan: the index on the address begins with instance_id
select account.*
from auth.users as account
where lower(account.email) = lower(:email);

-- How many accounts use each provider.
-- name: accounts_by_provider :many
-- @allow-scan: a report
select provider, count(*) as accounts, max(last_sign_in_at) as last_sign_in_at
from auth.identities
group by provider
order by provider;
