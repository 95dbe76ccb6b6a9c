-- schemas: public, other
-- needs: 15
create schema other;
create table a(x int, y int, z int not null unique, primary key(x, y)); create unique index a_yx on a(y, x);
create table b(id int primary key, p int, q int, r int, foreign key(p, q) references a(x, y), foreign key(q, p) references a(x, y), foreign key(r) references a(z), foreign key(p, q) references a(y, x));
create table same_twice(id int primary key, k int, constraint one foreign key(k) references a(z), constraint two foreign key(k) references a(z) on delete cascade);
create table other.a(id int primary key, up int references other.a(id), x int, y int, foreign key(x, y) references public.a(x, y));
create table c(id int primary key, a_id int not null references other.a(id)); create table d(id int primary key, c_id int); alter table c add column d_id int references d(id) deferrable initially deferred; alter table d add constraint d_c foreign key(c_id) references c(id) not valid;
create table f(id int primary key, t int not null, a_id int, b_id int); alter table f add unique (t, a_id);
create table g(id int primary key, t int not null, a_id int, foreign key(t, a_id) references f(t, a_id) on delete set null (a_id));
