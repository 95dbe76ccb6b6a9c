-- name: whole :many
-- @allow-scan: few
select * from app.thing order by id;

-- name: of_view :many
-- @allow-scan: few
select gladness.* from app.gladness order by id;

-- A model that is there, one that may not be, and a value.
-- name: with_owner :many
-- @allow-scan: few
select thing.*, owner.*, cardinality(thing.tags) as tags_count
from app.thing left join app.owner on owner.id = thing.owner_id
order by thing.id;

-- Values that have no type in Rust.
-- name: texts :many
-- @allow-scan: few
select id, pause, place, tags, note, price, "Odd ""name""" as "Odd ""name""", int4range(1, 5) as span
from app.thing order by id;

-- name: by_mood :many
select id from app.thing where mood = :mood order by id;

-- name: by_all :one
select :mood::app.mood as mood, :price::app.amount as price, :tags::text[] as tags, :pause::interval as pause,
    :place::app.place as place, :note::json as note, :moods::app.mood[] as moods, :at::timestamptz as at, :bytes::bytea as bytes,
    :letter::"char" as letter, :address::cidr as address, :number::numeric as number, :big::int8 as big, :id::uuid as id;

-- name: with_tag :many
-- @allow-scan: few
select id from app.thing where :tag::text is null or :tag = any (tags) order by id;

-- name: filtered :many
-- @allow-scan: few
select thing.id from app.thing
where true
  and thing.mood = :mood -- @if mood
  -- @if low, high
  and thing.price between :low and :high
  -- @end
  and thing.owner_id = any (:owners) -- @if owners
  and thing.pause is not null -- @if paused
order by thing.id
limit :size;

-- name: price_of :optional
select price from app.thing where id = :id;

-- name: every :stream
-- @allow-scan: few
select id, mood from app.thing order by id;

-- name: add :one
insert into app.thing (owner_id, mood, tags) values (:owner_id, :mood, :tags) returning *;

-- name: retag :many
update app.thing set tags = :tags where owner_id = :owner_id returning id, tags;

-- name: remove :rows
delete from app.thing where id = any (:ids);

-- name: rename_owner :exec
update app.owner set name = :name where id = :id;

-- name: settings :many
select * from app.setting;

-- A raw string must hold it: "# and a \ backslash.
-- name: hostile :one
select 'a "# b' as one, E'tab\there' as two, $$";'$$ as three;

-- @allow-scan: few
-- @column total i64 not null
-- @column tags Vec<String>
-- name: overridden :one
select (select count(*) from app.owner) as total, array['a', 'b']::text[] as tags;

-- A parameter that the statement tests for NULL is optional.
-- name: in_mood :many
-- @allow-scan: few
select id from app.thing where (:mood::app.mood is null or mood = :mood) and coalesce(:least, 0) <= coalesce(price, 0) order by id;

-- name: of_owner :many
-- @allow-scan: few
select id from app.thing where owner_id is not distinct from :owner_id order by id;

-- @param owner_id not null
-- name: of_this_owner :many
-- @allow-scan: few
select id from app.thing where owner_id is not distinct from :owner_id order by id;

-- name: change_owner :exec
update app.owner set name = coalesce(:name, name) where id = :id;

-- What `@if` asks for is optional once.
-- name: asked_for :many
-- @allow-scan: few
select id from app.thing
where true
  and (:owner_id::bigint is null or owner_id = :owner_id) -- @if owner_id
order by id;

-- The same number as a type of Rust, as a user's own, and as the server prints it.
-- @column wide entities::money::Money not null
-- @column long entities::money::Money not null
-- @column narrow sea_orm::prelude::Decimal not null
-- @column maybe entities::money::Money null
-- @column printed not null
-- name: numbers :one
select 9.99::numeric(40, 2) as wide, 9.99::numeric(40, 6) as long, 9.9900::numeric(10, 4) as narrow, null::numeric as maybe,
    9.99::numeric(40, 2) as plain, (9.99::numeric(10, 4))::text as printed;

-- @column day sea_orm::prelude::Date not null
-- name: forever :one
select 'infinity'::date as day;

-- @column day sea_orm::prelude::DateTimeWithTimeZone null
-- name: always :one
select '-infinity'::timestamptz as day;

-- @column number sea_orm::prelude::BigDecimal not null
-- name: no_number :one
select 'NaN'::numeric as number;

-- name: documents :many
-- @allow-scan: few
select * from app.document order by id;

-- name: document_text :one
select plain::text as plain, bin::text as bin from app.document where id = :id;

-- name: add_document :exec
insert into app.document (id, plain, bin, list) values (:id, :plain::text::json, :bin::text::jsonb, '[]');

-- @param text not null
-- name: as_value :one
select (:text::text)::jsonb as value;
