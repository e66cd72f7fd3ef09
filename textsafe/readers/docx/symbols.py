"""Characters that Word draws with symbol fonts, and formulas as a line of text."""

from __future__ import annotations

import re

from lxml import etree

from textsafe.readers.docx.wordml import W

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# A code below 0x100 stands in the private use area, at 0xF000 and above.
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_SURROGATES = 0xD800
# Tick boxes in forms, and the signs of measures.
_SYMBOLS = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x75: "◆", 0xA1: "○", 0xA8: "□",
        0xD8: "➢", 0xFB: "☒", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {
        0x2A: "□", 0x30: "□", 0x35: "□", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒",
        0xA3: "□",
    },
    "symbol": {
        0x44: "Δ", 0x57: "Ω", 0x61: "α", 0x62: "β", 0x64: "δ", 0x66: "φ", 0x6C: "λ", 0x6D: "μ",
        0x70: "π", 0x71: "θ", 0x72: "ρ", 0x73: "σ", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°",
        0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
        0xD7: "·", 0xE5: "∑",
    },
}  # fmt: skip


def symbol(element: etree._Element) -> str:
    """Return the character of a ``w:sym``; one that is not known is left out."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    symbols = _SYMBOLS.get(element.get(W + "font", "").lower())
    if symbols is not None:
        return symbols.get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < _SURROGATES else ""


def in_font(text: str, font: str | None) -> str:
    """Return `text` with the characters that only a symbol font has written out.

    >>> in_font("\uf0b30.7m", "Symbol"), in_font("\uf0b30.7m", "Arial") == "\uf0b30.7m"
    ('≥0.7m', True)
    """
    symbols = _SYMBOLS.get((font or "").lower())
    if symbols is None:
        return text
    return _PRIVATE.sub(lambda match: symbols.get(ord(match[0]) & 0xFF, ""), text)


def formula(element: etree._Element) -> str:
    """Return a formula (OMML) as a line of text: ``a/b``, ``√(x)``, ``(x+1)``.

    Indices and powers follow their base as they do in running text.
    """
    tag = element.tag
    if tag == MATH + "t":
        return element.text or ""
    if tag == MATH + "f":
        return f"{_part(element, 'num')}/{_part(element, 'den')}"
    if tag == MATH + "rad":
        return f"{_part(element, 'deg')}√({_part(element, 'e')})"
    if tag == MATH + "d":
        inside = "".join(formula(child) for child in element.iterchildren(MATH + "e"))
        return f"{_sign(element, 'begChr', '(')}{inside}{_sign(element, 'endChr', ')')}"
    if tag == MATH + "nary":
        sign = _sign(element, "chr", "∫")
        return sign + "".join(_part(element, name) for name in ("sub", "sup", "e"))
    return "".join(formula(child) for child in element)


def _part(element: etree._Element, name: str) -> str:
    found = element.find(MATH + name)
    return "" if found is None else formula(found)


def _sign(element: etree._Element, name: str, default: str) -> str:
    found = element.find(f"{MATH}{etree.QName(element).localname}Pr/{MATH}{name}")
    return default if found is None else found.get(MATH + "val", default)
