-- schemas: public
create type mood as enum('sad', 'unknown', 'Unknown'); create table t(id int primary key, m mood not null, ms mood[]);
