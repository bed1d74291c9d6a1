-- The facts hold current versions only, so none would lose an organ's year and two would count it twice.
select
    organ_key,
    year
from {{ ref('dim_report') }}
group by organ_key, year
having count(case when is_current then 1 end) <> 1
