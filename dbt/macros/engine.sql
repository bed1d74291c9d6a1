{#- The SQL that engines spell differently, DuckDB's spelling here. To run on another engine, replace this file only. -#}

{#- How many days `later` comes after `earlier`. -#}
{% macro days_between(earlier, later) -%}
    cast(date_diff('day', {{ earlier }}, {{ later }}) as integer)
{%- endmacro %}

{#- The whole numbers from `first` to `last`, both included, a row each, in column `number`. -#}
{% macro integer_series(first, last) -%}
    select cast(unnest(generate_series({{ first }}, {{ last }})) as integer) as number
{%- endmacro %}

{#- The texts of a list joined by semicolons, null where the list is empty. -#}
{% macro joined(list) -%}
    nullif(array_to_string({{ list }}, ';'), '')
{%- endmacro %}

{#- The texts of a column over a group's rows, joined by `separator`, the longest first. -#}
{% macro joined_rows(column, separator) -%}
    string_agg({{ column }}, '{{ separator }}' order by length({{ column }}) desc, {{ column }} asc)
{%- endmacro %}

{#- `text` without whatever matches the pattern, wherever it stands. -#}
{% macro without(text, pattern) -%}
    regexp_replace({{ text }}, {{ pattern }}, '', 'g')
{%- endmacro %}
