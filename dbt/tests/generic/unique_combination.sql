{#- Fails with the combinations of `columns` that stand in more than one row: the grain of a table without one key column. -#}
{% test unique_combination(model, columns) %}

    select {{ columns | join(", ") }}
    from {{ model }}
    {{ where_changed(model) }}
    group by {{ columns | join(", ") }}
    having count(*) > 1

{% endtest %}
