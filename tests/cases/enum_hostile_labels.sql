-- schemas: public
create type w as enum('self', 'Self', 'SELF', 'A', 'a', '', '-', '--', ' ', 'a b', 'a-b', 'a_b', '😀', '😀😀', '"quoted"', 'it''s', 'back\slash', E'new\nline', '#[x]', '*/', 'Unknown', 'Other', 'None', 'Some', 'Ok', 'String', '1', '1_', 'ß', 'ſ');
create type nothing as enum();
create table t(id int primary key, v w not null, vs w[], n nothing);
create table by_label(v w primary key, note text);
