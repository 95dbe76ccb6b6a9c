-- schemas: public
-- needs: 14
create table t(id int primary key, d date, ts timestamp, tz timestamptz, n numeric, t time, ds date[], f numeric(5,2));
insert into t values (1, 'infinity', '-infinity', 'infinity', 'NaN', '24:00:00', '{infinity,-infinity}', 'NaN'), (2, '5874897-12-31', '294276-12-31 23:59:59.999999', '4714-11-24 00:00:00+00 BC', 'Infinity', '00:00:00', '{}', 1), (3, null, null, null, null, null, null, null);
