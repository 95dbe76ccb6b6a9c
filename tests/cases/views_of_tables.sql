-- schemas: public, app
create schema app;
create table app.users(id int primary key, email text not null, nick text);
create table app.posts(id int primary key, author_id int not null references app.users(id), editor_id int references app.users(id), title text not null);
create view v_posts as select id, author_id, editor_id as editor, title from app.posts;
create view v_active as select u.id, u.email, p.title from app.users u left join app.posts p on p.author_id = u.id;
create view v_counts as select author_id, count(*) as posts, max(title) as last from app.posts group by author_id;
create view v_of_view as select id, author_id from v_posts where editor is not null;
create materialized view m_users as select id, email from app.users; create unique index on m_users(id);
create view v_const as select 1 as one, null::text as nothing, 'x'::text as x;
