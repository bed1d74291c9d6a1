{#- Fails with the combinations of `columns` that no row of `to` has in its `fields`: a relationship over more than one column. -#}
{% test combination_exists(model, columns, to, fields) %}

    select {{ columns | join(", ") }} from {{ model }}
    except
    select {{ fields | join(", ") }} from {{ to }}

{% endtest %}
