"""Drawings from strangers, drawn anew from elements and attributes that are known to be harmless.

Nothing is taken over as it came: whatever is not listed here does not get through, so no script, no link, no
file and no text of a font that is not ours can come along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forum.printing.errors import PrintingError

_SPACE: Final = "http://www.w3.org/2000/svg"
MOST_ELEMENTS: Final = 4000
DEEPEST: Final = 40
LONGEST_VALUE: Final = 200_000
_PAINT: Final = frozenset(
    {
        "fill", "fill-opacity", "fill-rule", "opacity", "stroke", "stroke-dasharray", "stroke-dashoffset",
        "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width",
        "stop-color", "stop-opacity", "clip-rule", "color", "display", "visibility",
    }
)  # fmt: skip
_COMMON: Final = _PAINT | {"id", "transform"}
_GRADIENT: Final = frozenset({"id", "gradientUnits", "gradientTransform", "spreadMethod"})
_ALLOWED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "svg": _COMMON | {"viewBox", "preserveAspectRatio"},
        "g": _COMMON,
        "path": _COMMON | {"d"},
        "rect": _COMMON | {"x", "y", "width", "height", "rx", "ry"},
        "circle": _COMMON | {"cx", "cy", "r"},
        "ellipse": _COMMON | {"cx", "cy", "rx", "ry"},
        "line": _COMMON | {"x1", "y1", "x2", "y2"},
        "polyline": _COMMON | {"points"},
        "polygon": _COMMON | {"points"},
        "defs": frozenset(),
        "linearGradient": _GRADIENT | {"x1", "y1", "x2", "y2"},
        "radialGradient": _GRADIENT | {"cx", "cy", "r", "fx", "fy"},
        "stop": _PAINT | {"offset"},
    }
)
_WITHOUT_LOSS: Final = frozenset(
    {
        "title",
        "desc",
        "metadata",
        "style",
        "script",
        "view",
        "set",
        "animate",
        "animateMotion",
        "animateTransform",
    }
)
"""Left out without anybody missing them: on paper nothing runs or moves."""
_AS_GROUP: Final = frozenset({"a"})
"""What it holds is drawn, what it would do is left out."""
_VALUE: Final = re.compile(r"[\w\s.,#%+\-()/:;'\"]*")
_REFERENCE: Final = re.compile(r"url\(\s*['\"]?#([\w.\-]+)['\"]?\s*\)")
_LENGTH: Final = re.compile(r"\s*([0-9.]+(?:e[+-]?[0-9]+)?)\s*(?:px|mm|cm|in|pt|pc)?\s*")
_RULES: Final = re.compile(r"\.([\w-]+(?:\s*,\s*\.[\w-]+)*)\s*\{([^}]*)\}")


def cleaned(content: bytes) -> tuple[bytes, float, float]:
    """``content`` drawn anew, with its width and height in units of its own.

    Raises:
        PrintingError: ``drawing_unreadable``; ``drawing_too_complex``; ``drawing_has_more`` (``what``: an
            element that cannot be drawn and would be missed, such as a text or a picture).
    """
    root = _parsed(content)
    width, height, box = _size(root)
    made = Element("svg", {"xmlns": _SPACE, "viewBox": box, "width": "100%", "height": "100%"})
    _copy(root, made, _classes(root), [0], 0)
    return tostring(made, encoding="utf-8"), width, height


def _parsed(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise PrintingError("drawing_unreadable") from error
    if _name(root) != "svg":
        raise PrintingError("drawing_unreadable")
    return root


def _size(root: Element) -> tuple[float, float, str]:
    numbers = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(numbers) == 4:
        try:
            x, y, width, height = map(float, numbers)
        except ValueError as error:
            raise PrintingError("drawing_unreadable") from error
    else:
        x, y, width, height = 0.0, 0.0, _length(root, "width"), _length(root, "height")
    if not (0 < width < 1e6 and 0 < height < 1e6 and abs(x) < 1e6 and abs(y) < 1e6):
        raise PrintingError("drawing_unreadable")
    return width, height, f"{x:g} {y:g} {width:g} {height:g}"


def _length(root: Element, name: str) -> float:
    found = _LENGTH.fullmatch(root.get(name, ""))
    return float(found[1]) if found else 0.0


def _classes(root: Element) -> Mapping[str, str]:
    """What the style sheets of a drawing say of a class: drawing programs colour with them."""
    classes: dict[str, str] = {}
    for element in root.iter():
        if _name(element) == "style":
            for names, rules in _RULES.findall(element.text or ""):
                for name in re.split(r"\s*,\s*\.", names):
                    classes[name] = f"{classes.get(name, '')};{rules}"
    return classes


def _copy(source: Element, target: Element, classes: Mapping[str, str], count: list[int], depth: int) -> None:
    count[0] += 1
    if count[0] > MOST_ELEMENTS or depth > DEEPEST:
        raise PrintingError("drawing_too_complex", most=MOST_ELEMENTS)
    allowed = _ALLOWED[target.tag]
    own = (classes.get(each, "") for each in source.get("class", "").split())
    styled = ";".join((*own, source.get("style", "")))
    for name, value in (*source.attrib.items(), *_properties(styled)):
        if name in allowed and name != "viewBox" and _is_harmless(value):
            target.set(name, value.strip())
    if _name(source) in ("linearGradient", "radialGradient") and (shared := _shared(source)):
        target.set("href", shared)
    for child in source:
        name = "g" if _name(child) in _AS_GROUP else _name(child)
        if name in _ALLOWED and name != "svg":
            _copy(child, SubElement(target, name), classes, count, depth + 1)
        elif name not in _WITHOUT_LOSS:
            raise PrintingError("drawing_has_more", what=name)


def _shared(gradient: Element) -> str:
    """Gradients take their colours from each other, within the drawing."""
    links = [value for name, value in gradient.attrib.items() if name.rpartition("}")[2] == "href"]
    return links[0] if links and re.fullmatch(r"#[\w.\-]+", links[0]) else ""


def _properties(style: str) -> list[tuple[str, str]]:
    pairs = (each.partition(":") for each in style.split(";"))
    return [(name.strip(), value) for name, _, value in pairs if name.strip() in _PAINT]


def _is_harmless(value: str) -> bool:
    """Numbers, colours, and references within the drawing only."""
    inside = _REFERENCE.sub("", value)
    if len(value) > LONGEST_VALUE or "url" in inside.casefold():
        return False
    return _VALUE.fullmatch(inside) is not None


def _name(element: Any) -> str:
    """Without its namespace. Comments, and what drawing programs note for themselves, nobody misses."""
    if not isinstance(element.tag, str):
        return "metadata"
    space, _, name = element.tag.rpartition("}")
    return str(name) if space in ("", "{" + _SPACE) else "metadata"
