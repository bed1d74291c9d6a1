-- title_zh: 信息主要通过哪些渠道公开？
-- title_en: Through which channels is information published?
-- about_zh: 正文写明的各渠道条数；没写不等于没有，约数照所写计入并另列次数。
-- about_en: Items by channel as the prose states them; silence is not zero, and approximate figures are counted apart.

select
    fact.year,
    channel.claim_zh as channel,
    count(distinct fact.report_key) as reports,
    sum(fact.value) as items,
    count(*) filter (where fact.is_approximate) as approximate_figures
from fct_channel as fact
inner join dim_claim as channel on channel.kind = 'channel' and fact.channel_code = channel.code
group by fact.year, channel.claim_zh
order by fact.year, items desc
