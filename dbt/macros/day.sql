{#- A day of `year`; `month_and_day` is MM-DD. -#}
{% macro day_of(year, month_and_day) -%}
    cast(cast({{ year }} as varchar) || '-' || {{ month_and_day }} as date)
{%- endmacro %}

{#- The day that deadlines are held against: the variable `today` (YYYY-MM-DD), or the day of the build. -#}
{% macro today() -%}
    {%- if var('today', none) -%} cast('{{ var('today') }}' as date) {%- else -%} current_date {%- endif -%}
{%- endmacro %}
