-- Identity checks that wait for a reviewer, with their users; the oldest first.
-- name: pending_kyc :many
select kyc.*, member.*
from public.kyc_verification as kyc
join public.users as member on member.id = kyc.user_id
where kyc.status = 'pending'
order by kyc.created_at, kyc.id;

-- Members who may be paid out next: eligible, subscribed, checked, and not paid out before.
-- name: payout_candidates :many
-- @allow-scan: the whole queue is ranked
select
    queue.user_id,
    member.email,
    queue.queue_position,
    coalesce(queue.lifetime_payment_total, 0) as paid_so_far,
    rank() over (order by queue.priority_score desc nulls last, queue.joined_queue_at, queue.user_id) as rank
from public.membership_queue as queue
join public.users as member on member.id = queue.user_id
where queue.is_eligible
  and queue.subscription_active
  and not coalesce(queue.has_received_payout, false)
  and exists (select from public.kyc_verification as kyc where kyc.user_id = queue.user_id and kyc.status = 'verified')
order by rank
limit :size;
