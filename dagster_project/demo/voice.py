"""How an issuer speaks of itself, its superiors and its channels."""

from __future__ import annotations

from dataclasses import dataclass

from .organs import Issuer, office


@dataclass(frozen=True)
class Voice:
    """`us` is 我镇 and the like, `superior` who leads it, `guide` who guides its disclosure work, `site` the web site it
    publishes on and `account` the name of its public account."""

    us: str
    superior: str
    guide: str
    site: str
    account: str


def voice_of(issuer: Issuer) -> Voice:
    region = issuer.region
    place = getattr(region, issuer.level)
    above = _above(issuer)
    if issuer.department:
        own = issuer.organ if issuer.level == "province" else f"{place}{office(place)}"
        return Voice(
            us="我" + ("委" if issuer.department.endswith("会") else issuer.department[-1]),
            superior=_leaders(place),
            guide=f"{place}政务公开主管部门",
            site=f"{own}门户网站",
            account=f"{_short(place)}{issuer.department[:2]}",
        )
    if issuer.hides_county and above:
        noun = _noun(above)
        return Voice(
            us="本街道" if issuer.is_street else f"我{_noun(place)}",
            superior=f"{noun}委、{noun}政府",
            guide=f"{noun}政务公开主管部门",
            site=f"{place}{office(place)}门户网站",
            account=f"{_short(place)}发布",
        )
    publisher = region.county if issuer.level == "township" and region.county else place
    return Voice(
        us="本街道" if issuer.is_street else f"我{_noun(place)}",
        superior=_leaders(above) if above else "党中央、国务院",
        guide=f"{above}政务公开主管部门" if above else "国务院办公厅",
        site=f"{publisher}{office(publisher)}门户网站",
        account=f"{_short(place)}发布",
    )


def _above(issuer: Issuer) -> str | None:
    region = issuer.region
    match issuer.level:
        case "township":
            return region.county
        case "county":
            return region.city or region.province
        case "city":
            return region.province
    return None


def _noun(place: str) -> str:
    return next((noun for noun in ("苏木", "地区", "街道") if place.endswith(noun)), place[-1])


def _leaders(place: str) -> str:
    """Party committee and government: 彭阳县委、县政府; 自治区 and 地区 have names of their own."""
    if place.endswith("自治区"):
        return f"{place}党委、政府"
    if place.endswith(("地区", "盟")):
        return f"{place.removesuffix('区')}委、行署"
    return f"{place}委、{place[-1]}政府"


def _short(place: str) -> str:
    """The name without its ending: 白阳镇 is 白阳; names of two characters and of ethnic divisions stay whole."""
    if len(place) <= 2 or "族" in place or "自治" in place:
        return place
    return place.removesuffix(_noun(place))
