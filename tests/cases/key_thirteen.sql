-- schemas: public
create table wide(a int, b int, c int, d int, e int, f int, g int, h int, i int, j int, k int, l int, m int, n text, primary key(a,b,c,d,e,f,g,h,i,j,k,l,m));
create table list(h int[] primary key, n int); create table mixed(a int, h text[], primary key(a, h));
create table refers(id int primary key, h int[] references list(h), a int, t text[], foreign key(a, t) references mixed(a, h));
create table exact(n numeric primary key, t text);
