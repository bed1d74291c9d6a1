{#-
    What dbt's tests of columns ask, asked of a model at once: a node of dbt costs more than most of these questions.

    unique: lists of columns that no two rows have in common, the grain first; of a single column, where it is not null.
    not_null: columns; those of a mart are its contract's.
    one_of: column → the values that it may have.
    known: {columns, to, fields}: columns whose values are those of a row of `to`; of a single column, where it is not null.

    It fails with a row for each value, or combination of values, that is amiss, and says what was expected of it. Of the models that are kept
    report by report, those rows are asked that a report passes or fails by itself; what is known elsewhere may change there.
-#}
{% test sound(model, unique=[], not_null=[], one_of={}, known=[]) %}
    {%- set changed = where_changed(model) or 'where true' -%}
    {%- set parts = [] -%}
    {%- for columns in unique -%}
        {%- set part -%}
            select 'unique {{ columns | join(", ") }}' as expectation, {{ as_text(columns) }} as found
            from {{ model }}
            {{ changed }} {% if columns | length == 1 %}and {{ columns[0] }} is not null{% endif %}
            group by {{ columns | join(", ") }}
            having count(*) > 1
        {%- endset -%}
        {%- do parts.append(part) -%}
    {%- endfor -%}
    {%- for column in not_null -%}
        {%- set part -%}
            select 'not_null {{ column }}' as expectation, null as found
            from {{ model }}
            {{ changed }} and {{ column }} is null
        {%- endset -%}
        {%- do parts.append(part) -%}
    {%- endfor -%}
    {%- for column, values in one_of.items() -%}
        {%- set part -%}
            select distinct 'one_of {{ column }}' as expectation, {{ as_text([column]) }} as found
            from {{ model }}
            {{ changed }} and {{ column }} not in ('{{ values | join("', '") }}')
        {%- endset -%}
        {%- do parts.append(part) -%}
    {%- endfor -%}
    {%- for each in known -%}
        {%- set part -%}
            select 'known {{ each.columns | join(", ") }}' as expectation, {{ as_text(each.columns) }} as found
            from (
                select {{ each.columns | join(", ") }}
                from {{ model }}
                {% if each.columns | length == 1 %}where {{ each.columns[0] }} is not null{% endif %}
                except
                select {{ each.fields | join(", ") }} from {{ each.to }}
            ) as unknown_{{ loop.index }}
        {%- endset -%}
        {%- do parts.append(part) -%}
    {%- endfor -%}
    {{ parts | join("\nunion all\n") }}
{% endtest %}
