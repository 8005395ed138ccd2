# SPDX-License-Identifier: MIT
"""Which jobs are shown: text, state, type, owner, date; and saved views of these."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QSettings

from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.ui.models.job_words import status_word, type_word
from bldr_desktop.ui.panels.queue.panel import QueuePanel
from bldr_desktop.ui.qt.i18n import tr

_KEY = "queue/views"
_DAYS = {"today": 0, "week": 7, "month": 30}


class Filters:
    """Reads the filter row; the panel's combos are its state.

    Args:
        panel: Where the combos are.
        store: Where saved views are kept.
    """

    def __init__(self, panel: QueuePanel, store: QSettings) -> None:
        self._panel, self._store = panel, store
        self._views: dict[str, dict[str, str]] = _read(store)

    @property
    def narrows(self) -> bool:
        """True when something is left out."""
        return any(self._now().values())

    def matcher(self) -> Callable[[Job], bool] | None:
        """Whether a job is shown, as the row is set now; None when nothing is left out."""
        now = self._now()
        return partial(_match, now) if any(now.values()) else None

    def offer(self, jobs: Iterable[Job]) -> None:
        """Set the combos' choices from the jobs there are."""
        panel = self._panel
        kinds, owners = set(), set()
        for job in jobs:
            kinds.add(job.type)
            if job.owner:
                owners.add(job.owner)
        panel.offer(
            panel.status,
            {"": tr("queue", "All states"), **{one.value: status_word(one) for one in JobStatus}},
        )
        panel.offer(
            panel.kind, {"": tr("queue", "All types"), **{one: type_word(one) for one in sorted(kinds)}}
        )
        panel.offer(panel.owner, {"": tr("queue", "All owners"), **{one: one for one in sorted(owners)}})
        panel.owner.setVisible(len(owners) > 1)
        dates = {
            "": tr("queue", "Any date"),
            "today": tr("queue", "Today"),
            "week": tr("queue", "7 days"),
            "month": tr("queue", "30 days"),
        }
        panel.offer(panel.since, dates)
        panel.offer(panel.saved, {"": tr("queue", "Saved views"), **{name: name for name in self._views}})
        panel.saved.setVisible(bool(self._views))
        panel.save_view.setVisible(self.narrows)

    def clear(self) -> None:
        """Show everything."""
        self._set({})

    def save(self) -> None:
        """Keep what is set now, under words made of it; the same again replaces itself."""
        now = {name: value for name, value in self._now().items() if value}
        combos = {"status": self._panel.status, "kind": self._panel.kind, "owner": self._panel.owner}
        combos["since"] = self._panel.since
        words = [combo.currentText() for name, combo in combos.items() if now.get(name)]
        if now.get("search"):
            words.append(f"«{now['search']}»")
        if not words:
            return
        self._views[" · ".join(words)] = now
        self._store.setValue(_KEY, json.dumps(self._views, ensure_ascii=False))
        self._panel.filtered.emit()

    def take(self, name: str) -> None:
        """Set a saved view; an empty name shows everything."""
        self._set(self._views.get(name, {}))

    def _now(self) -> dict[str, str]:
        panel = self._panel
        return {
            "search": panel.search.text().strip(),
            "status": panel.status.currentData() or "",
            "kind": panel.kind.currentData() or "",
            "owner": panel.owner.currentData() or "",
            "since": panel.since.currentData() or "",
        }

    def _set(self, wanted: dict[str, str]) -> None:
        panel = self._panel
        panel.search.setText(wanted.get("search", ""))
        for name, combo in (
            ("status", panel.status),
            ("kind", panel.kind),
            ("owner", panel.owner),
            ("since", panel.since),
        ):
            combo.setCurrentIndex(max(0, combo.findData(wanted.get(name, ""))))


def _match(now: dict[str, str], job: Job) -> bool:
    text = now["search"].casefold()
    if text and text not in f"{job.name} {job.message} {job.error or ''} {job.id}".casefold():
        return False
    if now["status"] and job.status != now["status"]:
        return False
    if now["kind"] and job.type != now["kind"]:
        return False
    if now["owner"] and (job.owner or "") != now["owner"]:
        return False
    return not now["since"] or _moment(job.created_at) >= _since(now["since"])


def _read(store: QSettings) -> dict[str, dict[str, str]]:
    try:
        kept = json.loads(str(store.value(_KEY, "{}")))
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _moment(stamp: str) -> datetime:
    try:
        return datetime.fromisoformat(stamp)
    except ValueError:
        return datetime.min.astimezone()


def _since(word: str) -> datetime:
    """The beginning of the first day that counts, local time."""
    now = datetime.now().astimezone()
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=_DAYS[word])
