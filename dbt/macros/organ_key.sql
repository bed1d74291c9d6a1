{#- An organ that is expected has the key that its report gives it in int_identified_report: the same two expressions. -#}

{#- The organ's name less the places it begins with; a bare place stands for its government, of a street for its office. -#}
{% macro organ_short_name(organ, places) -%}
    {%- set remainder -%}
        regexp_replace(
            {{ organ }},
            '^(' || coalesce({{ places }}.province_name, '')
            || ')?(' || coalesce({{ places }}.city_name, '')
            || ')?(' || coalesce({{ places }}.county_name, '')
            || ')?(' || coalesce({{ places }}.township_name, '') || ')?',
            ''
        )
    {%- endset -%}
    case
        when {{ places }}.township_name like '%街道' and {{ remainder }} in ('', '办') then '办事处'
        when {{ remainder }} in ('', '政府') then '人民政府'
        else {{ remainder }}
    end
{%- endmacro %}

{% macro organ_key(region_code, short_name) -%}
    left(md5({{ region_code }} || '|' || {{ short_name }}), 16)
{%- endmacro %}
