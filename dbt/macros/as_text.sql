{#- The values of columns as one text. -#}
{% macro as_text(columns) -%}
    concat_ws(', ', {% for column in columns %}cast({{ column }} as varchar){{ ", " if not loop.last }}{% endfor %})
{%- endmacro %}
