{#- The sum of `value` over the rows of a group for which `condition` holds; null where one of them is null, or none is there. -#}
{% macro sum_of_known(value, condition) -%}
    case
        when count(case when {{ condition }} then 1 end) = count(case when {{ condition }} then {{ value }} end)
            then sum(case when {{ condition }} then {{ value }} end)
    end
{%- endmacro %}
