-- schemas: public
create table owners(id int primary key, name text not null, nick text);
create table pets(id int primary key, owner_id int not null references owners(id), second_id int references owners(id), name text not null, born date);
create view v_left as select o.id as owner, p.id as pet, p.name from owners o left join pets p on p.owner_id = o.id;
create view v_total as select p.id, o.name as owner_name, p.owner_id, p.second_id from pets p left join owners o on o.id = p.owner_id;
create view v_group as select owner_id, count(*) as pets, max(born) as youngest, max(name) as last_name from pets group by owner_id;
create view v_nested as select id, owner_name, coalesce(second_id, 0) as second from v_total;
