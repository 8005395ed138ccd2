# SPDX-License-Identifier: MIT
"""Roles from a data file that a company may edit."""

import logging
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from bldr_desktop.common.paths import resource
from bldr_desktop.protocol.ai import AiRole

DEFAULT_ROLE = "coordinator"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Role:
    """Who answers: the words a person sees, the instruction in two languages, the tools allowed."""

    id: str
    name_ru: str
    name_en: str
    system_ru: str
    system_en: str
    description_ru: str = ""
    description_en: str = ""
    tools: tuple[str, ...] = field(default=())

    def system(self, language: str) -> str:
        """The instruction in ``ru`` or ``en``."""
        return self.system_ru if language == "ru" else self.system_en

    def wire(self) -> AiRole:
        """The part that clients are shown."""
        return AiRole(
            id=self.id,
            name_ru=self.name_ru,
            name_en=self.name_en,
            description_ru=self.description_ru,
            description_en=self.description_en,
        )


def load_roles(edited: Path | None = None) -> dict[str, Role]:
    """The shipped roles, with those of an edited file over them.

    A file that cannot be read is set aside in the log; the shipped roles always work.

    Args:
        edited: ``roles.toml`` of the data folder; absent is fine.
    """
    roles = _read(resource("roles", "roles.toml"))
    if edited is not None and edited.is_file():
        try:
            roles |= _read(edited)
        except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
            _log.warning("roles in %s cannot be read and are left out: %s", edited, error)
    return roles


def _read(path: Path) -> dict[str, Role]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["role"]
    return {row["id"]: Role(**{**row, "tools": tuple(row.get("tools", ()))}) for row in rows}
