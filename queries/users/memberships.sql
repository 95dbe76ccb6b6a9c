-- Memberships with the member's profile and place in the queue, in the order of the queue.
-- name: memberships_in_queue :many
-- @allow-scan: the whole queue is shown
select
    membership.*,
    profile.*,
    queue.queue_position,
    queue.is_eligible,
    queue.priority_score
from public.user_memberships as membership
join public.users as member on member.id = membership.user_id
left join public.user_profiles as profile on profile.user_id = member.id
left join public.membership_queue as queue on queue.user_id = member.id
order by queue.queue_position nulls last, membership.id;
