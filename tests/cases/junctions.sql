-- schemas: public, other
create schema other;
create table student(id int primary key, name text); create table course(id int primary key, title text); create table term(id int primary key);
create table pure(student_id int references student, course_id int references course, primary key(student_id, course_id));
create table with_extra(student_id int references student, course_id int references course, grade int, at timestamptz default now(), primary key(course_id, student_id));
create table with_third(student_id int references student, course_id int references course, term_id int not null references term, primary key(student_id, course_id));
create table ternary(student_id int references student, course_id int references course, term_id int references term, primary key(student_id, course_id, term_id));
create table surrogate(id int primary key, student_id int not null references student, course_id int not null references course, unique(student_id, course_id));
create table other.across(student_id int references public.student, course_id int references public.course, primary key(student_id, course_id));
create table follows(follower_id int references student, followee_id int references student, primary key(follower_id, followee_id));
create table owner(org int, no int, primary key(org, no)); create table thing(org int, no int, primary key(org, no));
create table wide(a_org int, a_no int, b_org int, b_no int, primary key(a_org, a_no, b_org, b_no), foreign key(a_org, a_no) references owner(org, no), foreign key(b_org, b_no) references thing(org, no));
create table line(org int, no int, n int, primary key(org, no, n), foreign key(org, no) references owner(org, no));
