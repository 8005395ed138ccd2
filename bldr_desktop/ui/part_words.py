# SPDX-License-Identifier: MIT
"""What the engine says of its parts (``details`` of ``GET /status``) in the person's language.

The sentences are the engine's own, a known few; one that is not known (a newer engine's, an error's) is
shown as it came.
"""

import re
from collections.abc import Callable

from bldr_desktop.ui.qt.i18n import mark, tr
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.widgets import words

_NAMES = {
    "database": mark("services", "Database"),
    "index": mark("services", "Search index"),
    "workers": mark("services", "Readers"),
    "disk": mark("services", "Disk"),
    "broker": mark("services", "Broker"),
    "model": mark("services", "Language model"),
}
_PLAIN = {
    "open": mark("services", "open"),
    "being opened": mark("services", "being opened"),
    "not measured yet": mark("services", "not measured yet"),
    "not looked at yet": mark("services", "not looked at yet"),
    "not looked for yet": mark("services", "not looked at yet"),
    "jobs run in the engine itself": mark("services", "jobs run in the engine itself"),
    "the model server does not answer": mark("services", "the model server does not answer"),
    "no language model is connected": mark("services", "no language model is connected"),
}
_COUNTED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d+) processes"), lambda found: tr("services", "%n process(es)", int(found[1]))),
    (
        re.compile(r"(\d+) of (\d+) processes busy"),
        lambda found: tr("services", "{busy} of {n} busy", busy=found[1], n=found[2]),
    ),
    (re.compile(r"(\d+) passages"), lambda found: tr("services", "%n passage(s)", int(found[1]))),
    (re.compile(r"(\d+) models"), lambda found: tr("services", "%n model(s)", int(found[1]))),
    (
        re.compile(r"answers in (\d+\.\d) ms"),
        lambda found: tr("services", "answers in {ms} ms", ms=words.decimal(float(found[1]))),
    ),
    (
        re.compile(r"(\d+\.\d) GiB free"),
        lambda found: tr("services", "{size} free", size=size(round(float(found[1]) * 2**30))),
    ),
)


def part_name(name: str) -> str:
    """A part of the engine, or a service, by its name in a sentence."""
    known = _NAMES.get(name)
    return tr("services", known) if known else name


def part_words(text: str) -> str:
    """What is said of a part."""
    known = _PLAIN.get(text)
    if known is not None:
        return tr("services", known)
    for pattern, say in _COUNTED:
        found = pattern.fullmatch(text)
        if found is not None:
            return say(found)
    return text
