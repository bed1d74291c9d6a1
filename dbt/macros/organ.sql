{#- What a place's own government is called: a street (街道) has an office. -#}
{% macro government_of(place_name) -%}
    case when {{ place_name }} like '%街道' then '办事处' else '人民政府' end
{%- endmacro %}

{#- What an organ is called behind its place, given the rest of its name there: a bare place stands for its government. -#}
{% macro office_called(place_name, remainder) -%}
    case
        when {{ place_name }} like '%街道' and {{ remainder }} in ('', '办') then '办事处'
        when {{ remainder }} in ('', '政府') then '人民政府'
        else {{ remainder }}
    end
{%- endmacro %}

{#- The office under another place: its government is called as that place's is, every other body keeps its name. -#}
{% macro office_in(place_name, office) -%}
    case when {{ office }} in ('人民政府', '办事处') then {{ government_of(place_name) }} else {{ office }} end
{%- endmacro %}

{#- What tells an organ from all others, as one text: its place, or the folder where that is unknown, and its name there. -#}
{% macro organ_identity(region_code, former_place, office, folder) -%}
    concat_ws(
        '|',
        coalesce({{ region_code }}, ''),
        concat({{ former_place }}, {{ office }}),
        case when {{ region_code }} is null then {{ folder }} end
    )
{%- endmacro %}

{#- Whether a place named beside the code of another lies in that place: the list of codes lacks many a former township. -#}
{% macro is_inner_place(region_code, name) -%}
    (
        length({{ region_code }}) <= 6
        and (
            {{ name }} like '%镇' or {{ name }} like '%乡' or {{ name }} like '%街道' or {{ name }} like '%苏木'
        )
    )
{%- endmacro %}

{#- The name of a place that `text` begins with: `name`, else one of the alternatives in `former_names`, else nothing.
    A pattern is tried on the few places that have former names only: one for every row costs seconds. -#}
{% macro place_at_head(text, name, former_names) -%}
    case
        when left({{ text }}, length({{ name }})) = {{ name }} then {{ name }}
        when {{ former_names }} is not null then regexp_extract({{ text }}, concat('^(', {{ former_names }}, ')'), 1)
        else ''
    end
{%- endmacro %}

{#- `text` behind its head. -#}
{% macro behind(text, head) -%}
    substr({{ text }}, length({{ head }}) + 1)
{%- endmacro %}

{#- Whether an organ reports for itself (`own`) or may report for all below it as well (`consolidated`). -#}
{% macro scope_of(organ_type, organ_level) -%}
    case
        when {{ organ_type }} = 'government' and {{ organ_level }} in ('county', 'city', 'province') then 'consolidated'
        else 'own'
    end
{%- endmacro %}
