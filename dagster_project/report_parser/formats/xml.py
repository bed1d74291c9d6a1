"""Parsing the XML parts of packages, without entities or network, whatever the part asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reading import broken

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(data: bytes, media_type: str) -> _Element:
    """The root element of `data`.

    Raises:
        Unreadable: with code `broken_file` where it is no XML, or has a document type.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise broken(media_type) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise broken(media_type)  # packages may not have one, and the text of an entity would be missing
    return root


def local_name(element: _Element) -> str:
    """The element's tag without its namespace; "" for what is no element (a reference to an entity)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def local_attribute(element: _Element, name: str) -> str | None:
    """The attribute of this local name, in whichever namespace."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)


def text_of(element: _Element) -> str:
    """All text inside the element, joined."""
    return "".join(map(str, element.itertext()))
