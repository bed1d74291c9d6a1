{#-
    A bound of Wilson's 95 % interval of the share numerator / denominator, rounded to six decimals; `bound` is `low` or `high`.
    Null where there is no share of a whole: nothing in the denominator, or a numerator outside it.
-#}
{% macro wilson(numerator, denominator, bound) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set n = 'cast(' ~ denominator ~ ' as double)' -%}
    {%- set x = 'cast(' ~ numerator ~ ' as double)' -%}
    case
        when {{ denominator }} > 0 and {{ numerator }} >= 0 and {{ numerator }} <= {{ denominator }}
            then round(
                least(1.0, greatest(
                    0.0,
                    (
                        2 * {{ x }} + {{ z * z }}
                        {{ '-' if bound == 'low' else '+' }} {{ z }} * sqrt({{ z * z }} + 4 * {{ x }} * (1 - {{ x }} / {{ n }}))
                    ) / (2 * ({{ n }} + {{ z * z }}))
                )),
                6
            )
    end
{%- endmacro %}
