-- schemas: public
create table animals(id int primary key, name text not null, legs int not null); create table snakes(length int) inherits (animals); alter table snakes add primary key (id);
create table vipers() inherits (snakes);
do $$ begin
    if current_setting('server_version_num')::int < 180000 then
        alter table snakes alter column legs drop not null; alter table vipers alter column legs drop not null;
        insert into snakes values (1, 'grass snake', null, 90); insert into vipers values (2, 'adder', null, 60);
    end if;
end $$;
insert into animals values (3, 'dog', 4); insert into snakes values (4, 'python', 0, 500); insert into vipers values (5, 'asp', 0, 70);
