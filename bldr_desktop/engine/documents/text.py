# SPDX-License-Identifier: MIT
"""Bytes to text: byte order mark, UTF-8, UTF-16, then Cyrillic and other code pages by their letters."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC_PAGES = {"cp1251": 0.0, "koi8-r": -0.02, "cp866": -0.02, "iso8859-5": -0.05, "mac-cyrillic": -0.15}
"""Code pages and how much less likely than cp1251 they are (mac-cyrillic shares its small letters)."""
_SAMPLE = 60_000

# Share of each letter in Russian running text, in percent; source: Russian National Corpus.
_LETTERS = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (10.97, 8.45, 8.01, 7.35, 6.7, 6.26, 5.47, 4.73, 4.54, 4.4, 3.49, 3.21, 2.98, 2.81, 2.62, 2.01, 1.9,
         1.74, 1.7, 1.65, 1.59, 1.44, 1.21, 0.97, 0.94, 0.73, 0.64, 0.48, 0.36, 0.32, 0.26, 0.04, 0.04),
        strict=True,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was decoded; ``sure`` is False when the encoding was only the best guess."""

    text: str
    encoding: str
    sure: bool = True


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes, trusting them more than what they declare.

    Args:
        data: The bytes.
        declared: An encoding named inside the file (HTML meta, XML declaration, mail header).
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return Decoded(_tidy(data.decode(codec, "replace")), codec.removesuffix("-sig"))
    wide = _utf16_without_bom(data)
    if wide:
        return Decoded(_tidy(data.decode(wide, "replace")), wide)
    try:
        return Decoded(_tidy(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        if _is_nearly_utf8(data, error):
            return Decoded(_tidy(data.decode("utf-8", "replace")), "utf-8", sure=False)
    codec = _best_page(data, declared)
    return Decoded(_tidy(data.decode(codec, "replace")), codec, sure=codec != "cp1252")


def _is_nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """A file cut inside a character, or with very few spoilt ones, is UTF-8 all the same."""
    if error.start >= len(data) - 3 and error.start > 0 and not data[: error.start].isascii():
        return True
    sample = data[:_SAMPLE].decode("utf-8", "replace")
    lost = sample.count("\ufffd")
    wide = len(sample) - len(sample.encode("ascii", "ignore")) - lost
    return wide > 20 * lost and wide > 10


def _utf16_without_bom(data: bytes) -> str | None:
    sample = data[: min(len(data), 4096) & ~1]
    for offset, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        if len(high) >= 4 and high.count(0) + high.count(4) > 0.9 * len(high):
            return codec
    return None


def _best_page(data: bytes, declared: str | None) -> str:
    sample = data[:_SAMPLE]
    claimed = _known(declared)
    score, best = _best_cyrillic(sample, claimed)
    if score > 0.2:
        return best
    if claimed:
        return claimed
    from charset_normalizer import from_bytes

    guess = from_bytes(sample[:20_000]).best()
    guessed = _known(guess.encoding if guess else None)
    if guessed and guessed not in ("utf-8", "ascii"):
        return guessed
    return best if score > 0.05 else "cp1252"


def _best_cyrillic(sample: bytes, claimed: str | None) -> tuple[float, str]:
    """The best score and its code page. What the letters promise is an upper bound and comes from one
    count of the bytes; the text is looked at only where a page can still win."""
    counts = Counter(sample)
    promised = []
    for codec, prior in _CYRILLIC_PAGES.items():
        letters: Counter[str] = Counter()
        for char, number in zip(bytes(counts).decode(codec, "replace"), counts.values(), strict=True):
            letters[char] += number
        extra = prior + 0.1 * (codec == claimed)
        promised.append((_letter_score(letters, 0) + extra, codec, extra, letters))
    best = (-1.0, "")
    for bound, codec, extra, letters in sorted(promised, key=itemgetter(0), reverse=True):
        if bound + 1e-9 < best[0]:
            break
        mixed = len(_MIXED.findall(sample.decode(codec, "replace")))
        best = max(best, (_letter_score(letters, mixed) + extra, codec))
    return best


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup((name or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return None if found in ("utf-8", "ascii", "utf-16", "utf-32", "utf-7") or not name else found


_MIXED = re.compile(r"[а-яё][А-ЯЁ]|[а-яёА-ЯЁ][a-zA-Z]|[a-zA-Z][а-яёА-ЯЁ]")


_SIGNS = "№«»—–…“”„°§•·±×²³€ёЁ\u00a0"


def russian_score(text: str) -> float:
    """How much a text looks like Russian, from 0 (not at all) to about 1.

    Letters must be frequent ones, mostly lower case inside words; signs that code pages confuse with
    letters (box drawing, rare Cyrillic) count against.
    """
    counts = Counter(text)
    return _letter_score(counts, len(_MIXED.findall(text))) if _letter_score(counts, 0) else 0.0


def _letter_score(counts: Counter[str], mixed: int) -> float:
    """The score by how often each character occurs and how many words change script or case inside."""
    letters = foreign = 0
    weight = 0.0
    for char, number in counts.items():
        if "а" <= char <= "я" or "А" <= char <= "Я" or char in "ёЁ":
            letters += number
            weight += number * _LETTERS.get(char.lower(), 0.0)
        if ord(char) > 127 and char not in _SIGNS:
            foreign += number
    if not letters:
        return 0.0
    penalty = 3.0 * max(0, foreign - letters) / letters + 3.0 * mixed / letters
    return max(0.0, weight / letters / 6.0 - penalty)


_WESTERN = re.compile("[\u00c0-\u00ff]")
_AS_CYRILLIC = {
    ord(bytes([byte]).decode("latin-1")): bytes([byte]).decode("cp1251")
    for byte in (0xA8, 0xB8, *range(0xC0, 0x100))
}


def repaired(text: str) -> str:
    """Russian that was taken for a western encoding («Ñâîä ïðàâèë») as Russian; same length.

    PDF fonts without a proper table and old documents give such text.
    """
    western = len(_WESTERN.findall(text))
    if western < 20 or western < 0.3 * sum(map(str.isalpha, text)):
        return text
    candidate = text.translate(_AS_CYRILLIC)
    return candidate if russian_score(candidate) > 0.6 else text


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def replacement_share(text: str) -> float:
    """Share of U+FFFD among the characters that are not spaces."""
    lost = text.count("\ufffd")
    if not lost:
        return 0.0
    return lost / (len(text) - text.count(" ") - text.count("\n"))


_RU = re.compile(r"[а-яёА-ЯЁ]+")
_EN = re.compile(r"[a-zA-Z]+")


def language(text: str) -> str | None:
    """«ru», «en» or None, by the letters of the beginning, middle and end."""
    middle = len(text) // 2
    sample = text if len(text) < 6_000 else text[1_000:3_000] + text[middle : middle + 2_000] + text[-2_000:]
    russian, latin = (sum(map(len, letters.findall(sample))) for letters in (_RU, _EN))
    if russian + latin < 10:
        return None
    if russian > 0.3 * latin:
        return "ru"
    words = set(re.findall(r"[a-z]+", sample.lower()))
    english = words & {"the", "and", "of", "to", "in", "is", "for", "with", "that", "are", "this", "by", "or"}
    return "en" if len(english) >= 2 or len(words) < 12 else None
