"""What a claim can be of: kinds and codes with their labels, in one place for the parser, dbt and the docs."""

from __future__ import annotations

from typing import NamedTuple


class ClaimKind(NamedTuple):
    """One thing that prose can claim. `unit` is what one unit of the value is."""

    kind: str
    code: str
    zh: str
    en: str
    unit: str = "件"


CLAIM_KINDS: tuple[ClaimKind, ...] = (
    # Pieces of information published, by channel.
    ClaimKind("channel", "all", "主动公开信息合计", "All channels, as stated", "条"),
    ClaimKind("channel", "website", "政府网站", "Government website", "条"),
    ClaimKind("channel", "wechat", "微信公众号", "WeChat official account", "条"),
    ClaimKind("channel", "weibo", "政务微博", "Weibo", "条"),
    ClaimKind("channel", "short_video", "短视频", "Short video", "条"),
    ClaimKind("channel", "new_media", "政务新媒体", "New media, not told apart", "条"),
    ClaimKind("channel", "chat_group", "微信群、QQ 群", "Chat group", "条"),
    ClaimKind("channel", "mini_program", "小程序", "Mini program", "条"),
    ClaimKind("channel", "app", "客户端", "App", "条"),
    ClaimKind("channel", "notice_board", "公开栏", "Notice board", "条"),
    ClaimKind("channel", "gazette", "政府公报", "Gazette", "条"),
    ClaimKind("channel", "newspaper", "报刊", "Newspaper", "条"),
    ClaimKind("channel", "broadcast", "广播电视", "Radio and television", "条"),
    # Applications for disclosure, as in table 3.
    ClaimKind("application", "received", "收到申请", "Received"),
    ClaimKind("application", "carried_in", "上年结转", "Carried in from last year"),
    ClaimKind("application", "processed", "办结", "Processed"),
    ClaimKind("application", "carried_forward", "结转下年", "Carried forward to next year"),
    ClaimKind("application", "granted", "予以公开", "Granted"),
    ClaimKind("application", "partially_granted", "部分公开", "Partially granted"),
    ClaimKind("application", "denied", "不予公开", "Denied"),
    ClaimKind("application", "unavailable", "无法提供", "Unavailable"),
    ClaimKind("application", "not_held", "本机关不掌握", "Not held"),
    ClaimKind("application", "rejected", "不予处理", "Not processed"),
    ClaimKind("application", "other_handling", "其他处理", "Other handling"),
    # Applications received, by who applied.
    ClaimKind("application", "received_natural_person", "自然人申请", "Received from natural persons"),
    ClaimKind("application", "received_commercial", "商业企业申请", "Received from businesses"),
    ClaimKind("application", "received_research", "科研机构申请", "Received from research institutions"),
    ClaimKind(
        "application", "received_public_welfare", "社会公益组织申请", "Received from public-welfare organisations"
    ),
    ClaimKind("application", "received_legal_service", "法律服务机构申请", "Received from legal-service organisations"),
    # Applications received, by the way they came.
    ClaimKind("application", "in_person", "当面申请", "In person"),
    ClaimKind("application", "letter", "信函申请", "By letter"),
    ClaimKind("application", "online", "网络申请", "Online"),
    ClaimKind("application", "fax", "传真申请", "By fax"),
    # Disputes about disclosure, as in table 4; both tracks of litigation together.
    ClaimKind("dispute", "reconsideration", "行政复议", "Reconsideration"),
    ClaimKind("dispute", "reconsideration_upheld", "行政复议维持", "Reconsideration, upheld"),
    ClaimKind("dispute", "reconsideration_corrected", "行政复议纠正", "Reconsideration, corrected"),
    ClaimKind("dispute", "litigation", "行政诉讼", "Litigation"),
    ClaimKind("dispute", "litigation_upheld", "行政诉讼维持", "Litigation, upheld"),
    ClaimKind("dispute", "litigation_corrected", "行政诉讼纠正", "Litigation, corrected"),
    # What table 2 counts.
    ClaimKind("disclosure", "rules_issued", "制发规章", "Rules issued"),
    ClaimKind("disclosure", "rules_repealed", "废止规章", "Rules repealed"),
    ClaimKind("disclosure", "rules_in_force", "现行有效规章", "Rules in force"),
    ClaimKind("disclosure", "normative_documents_issued", "制发规范性文件", "Normative documents issued"),
    ClaimKind("disclosure", "normative_documents_repealed", "废止规范性文件", "Normative documents repealed"),
    ClaimKind("disclosure", "normative_documents_in_force", "现行有效规范性文件", "Normative documents in force"),
    ClaimKind("disclosure", "licences", "行政许可决定", "Licences decided"),
    ClaimKind("disclosure", "penalties", "行政处罚决定", "Penalties decided"),
    ClaimKind("disclosure", "coercive_measures", "行政强制决定", "Coercive measures decided"),
    ClaimKind("disclosure", "fee_wan", "行政事业性收费（万元）", "Administrative fees, 10,000 yuan", "万元"),
    ClaimKind("disclosure", "fee_yuan", "行政事业性收费（元）", "Administrative fees, yuan", "元"),
    # Denials: the prose says that there was none; the value is 0.
    ClaimKind("none", "application_received", "未收到申请", "No application received"),
    ClaimKind("none", "application_carried_in", "无上年结转", "Nothing carried in"),
    ClaimKind("none", "application_carried_forward", "均已办结", "Nothing carried forward"),
    ClaimKind("none", "dispute_reconsideration", "未发生行政复议", "No reconsideration"),
    ClaimKind("none", "dispute_litigation", "未发生行政诉讼", "No litigation"),
    ClaimKind("none", "rules_issued", "未制发规章", "No rule issued"),
    ClaimKind("none", "normative_documents_issued", "未制发规范性文件", "No normative document issued"),
    ClaimKind("none", "licences", "未作出行政许可决定", "No licence decided"),
    ClaimKind("none", "penalties", "未作出行政处罚决定", "No penalty decided"),
    ClaimKind("none", "coercive_measures", "未作出行政强制决定", "No coercive measure decided"),
    ClaimKind("none", "fees", "未收取行政事业性收费", "No administrative fee charged", "元"),
    ClaimKind("none", "processing_fee", "未收取信息处理费", "No information processing fee charged", "元"),
)
