-- name: of_owner :many
select thing.id, thing.price, thing.note from public.thing where owner_id = :owner_id order by id;

-- name: owner_named :optional
select * from public.owner where name = :name;
