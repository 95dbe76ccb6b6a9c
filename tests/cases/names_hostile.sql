-- schemas: public, "a.b", "a b", "1st", "😀", "Ünï"
create schema "a.b"; create schema "a b"; create schema "1st"; create schema "😀"; create schema "Ünï";
create table "a.b"."c.d"(id int primary key, "e.f" int); create table "a b"."c d"(id int primary key, "e f" int references "a.b"."c.d"(id));
create table "1st"."2nd"("3rd" int primary key, "4th" text, "_5" int, "__" int, "_" int); create table "😀"."😀"("😀" int primary key, "🦀" text, "😀🦀" int references "😀"."😀"("😀"));
create table "Ünï"."Größe"("naïve" int primary key, "数" int, "ÄÖ" int, "äö" int);
create table "quo""te"("co""l" int primary key, "it's" text, "back\slash" int, "dollar$" int, "new
line" int, "tab	" int, "{brace}" int, "#[attr]" int, "/* c */" int, "*/" int, "a-b" int, "a_b" int, "aB" int, "AB" int, "ab" int, "a b" int, "\" int, """" int);
create table "Über alles aber mit einem sehr langen Namen der 63 Bytes hat ä"(id int primary key, "spalte mit einem sehr langen Namen der auch 63 Bytes hat aaaaaaa" int);
create table "userRole"(id int primary key); create table user_role(id int primary key, u int references "userRole"(id)); create table "UserRole"(id int primary key); create table "USER_ROLE"(id int primary key);
create table oid_like(id int primary key, "ctid_" int, "xmin_" int, "tableoid_" int, "user" text, "select" text, "table" text, "order" int, "group" int);
create table "select"("from" int primary key, "where" int references "select"("from"));
