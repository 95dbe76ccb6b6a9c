-- Active billing schedules that are due and for which no payment has come since.
-- name: unpaid_schedules_due :many
-- @allow-scan: a nightly job reads all schedules
select schedule.id, schedule.user_id, member.email, schedule.next_billing_date, schedule.amount, schedule.currency
from public.user_billing_schedules as schedule
join public.users as member on member.id = schedule.user_id
where schedule.is_active
  and schedule.next_billing_date <= :due
  and not exists (
      select from public.user_payments as payment
      where payment.user_id = schedule.user_id and payment.created_at >= schedule.next_billing_date
  )
order by schedule.next_billing_date, schedule.id;
