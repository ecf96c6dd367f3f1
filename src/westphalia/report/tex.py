"""LaTeX of the bibliography as plain text: accents, letters, signs, dashes; commands go and their text stays."""

from __future__ import annotations

import re
import unicodedata

COMBINING = (0x300, 0x301, 0x302, 0x308, 0x303, 0x304, 0x307, 0x306, 0x30C, 0x30B, 0x327, 0x323, 0x328, 0x30A)
ACCENTS = {command: chr(code) for command, code in zip("`'^\"~=.uvHcdkr", COMBINING, strict=True)}
"""Combining characters by the command that sets them."""

LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ"}
LETTERS |= {"aa": "å", "AA": "Å", "i": "i", "j": "j"}

ACCENTED = re.compile(r"\\(?:([`'^\"~=.])\s*\{?\\?([A-Za-z])\}?|([uvHcdkr])(?:\{\\?([A-Za-z])\}|\s+\\?([A-Za-z])))")
COMMAND = re.compile(r"\\([A-Za-z]+)\s*(?:\{\})?")
ESCAPED = re.compile(r"\\([&%$#_{}])")


def plain(tex: str) -> str:
    r"""Text without LaTeX: ``Schr{\"o}dinger \& \emph{others}`` becomes ``Schrödinger & others``."""
    text = COMMAND.sub(_letter, ACCENTED.sub(_accented, tex))
    text = re.sub(r"(?<!\\)[{}$]", "", text).replace("---", "—").replace("--", "–")
    text = ESCAPED.sub(r"\1", re.sub(r"(?<!\\)~", "\u00a0", text).replace("\\\\", " "))
    return " ".join(text.split(" ")).strip()


def _accented(found: re.Match[str]) -> str:
    accent, letter = found[1] or found[3], found[2] or found[4] or found[5]
    return unicodedata.normalize("NFC", letter + ACCENTS[accent])


def _letter(found: re.Match[str]) -> str:
    """A letter for a command that stands for one; nothing for a command that only sets its text."""
    name = found[1]
    case = "SMALL" if name.islower() else "CAPITAL"
    greek = f"GREEK {case} LETTER {'LAMDA' if name.lower() == 'lambda' else name.upper()}"
    try:
        return LETTERS.get(name) or unicodedata.lookup(greek)
    except KeyError:
        return ""
