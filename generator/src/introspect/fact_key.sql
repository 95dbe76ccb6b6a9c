-- Foreign keys that hold for every row at every moment. https://www.postgresql.org/docs/current/catalog-pg-constraint.html
select
    k.conrelid as "table",
    k.conkey as columns,
    k.confrelid as "references",
    k.confkey as referenced
from pg_constraint k
where k.contype = 'f' and k.convalidated and not k.condeferrable
