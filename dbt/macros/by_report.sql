{#- How the models that are kept report by report are brought up to date. Which they are: dbt_project.yml.

    `int_report_state` says which reports changed since the last published build. Of these reports, and of no other, such a model
    forgets every row and takes them in again; so it costs the change and not the whole, doing it twice changes nothing, and what a
    build that failed half-way left is made good by the next. Which build was published last, `intermediate.published_build` says:
    the pipeline writes it, dbt only reads it (`dagster_project/warehouse/published_builds.py`). -#}

{#- The generation of the last published build, 0 before the first. -#}
{% macro published_generation() -%}
    (select coalesce(max(generation), 0) from intermediate.published_build)
{%- endmacro %}

{#- The reports that changed since then, as a query with the one column `report_key`. -#}
{% macro changed_reports() -%}
    select report_key from intermediate.int_report_state
    where generation > {{ published_generation() }}
{%- endmacro %}

{#- For the `where` of a model's reports: all of them when it is built anew, otherwise the changed ones. -#}
{% macro is_to_build() -%}
    {% if is_incremental() %}report_key in ({{ changed_reports() }}){% else %}true{% endif %}
{%- endmacro %}

{#- Whether everything is to be built anew, also where a model itself never is. -#}
{% macro is_full_refresh() -%}
    {% if flags.FULL_REFRESH %}true{% else %}false{% endif %}
{%- endmacro %}

{#- The incremental strategy `by_report`. -#}
{% macro get_incremental_by_report_sql(arguments) -%}
    {%- set columns = get_quoted_csv(arguments['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arguments['target_relation'] }} where report_key in ({{ changed_reports() }});
    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }};
{%- endmacro %}

{#- As a pre-hook it does nothing but make the model wait for `int_report_state`. -#}
{% macro after_report_state() -%}
    {% set state = ref('int_report_state') %}
{%- endmacro %}

{#- The `where` of a test that a report passes by itself: reports that did not change passed it before. Empty for all other models. -#}
{% macro where_changed(model) -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values()
            if node.name == model.identifier and node.config.get('incremental_strategy') == 'by_report' -%}
            where report_key in ({{ changed_reports() }})
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- Run before everything else: what the first build reads must be there. -#}
{% macro create_published_build() -%}
    create schema if not exists intermediate;
    create table if not exists intermediate.published_build (
        generation integer, project varchar, release_id varchar
    );
{%- endmacro %}
