-- schemas: public
create type mood as enum('a', 'b'); comment on type mood is E'*/ } #![deny(x)] "# \u202e\u2066 ``` \n```rust\npanic!()\n```\n    indented code\n\t\ttabs\n<script>alert(1)</script> [link](javascript:x) ~~~\n~~~';
create table t(id int primary key, a text default E'*/ "# #![x] \n ``` \n``` \\', b text default '"; drop table t; --', c mood default 'a', d text check (d <> E'```\n*/ \u202e "#'), e text);
comment on table t is E'```rust\ncompile_error!("no");\n```\n\n    let x: () = 1;\n\n*/ "# #![x]\n\n- list\n1. one\n# heading\n<b>html</b> [a][b] [`Vec`] `unclosed \u200f\u061c\n\n[x]: http://example.com\n\n| a | b |\n|---|---|';
comment on column t.a is E'ends with a back slash \\'; comment on column t.b is '`'; comment on column t.c is '``` ```'; comment on column t.e is E'\r\n\r\n   \n';
comment on column t.id is '"###';
create view v as select id, a, '*/ "# ``` ' || coalesce(b, '') as b from t; comment on view v is '```';
