# SPDX-License-Identifier: MIT
"""The tools a role may use, as a model is told of them and as they are carried out.

A tool's answer is text for the model. Passages it finds join the answer's numbered sources.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bldr_desktop.engine.ai.calculator import calculate
from bldr_desktop.engine.ai.prompt import inert
from bldr_desktop.engine.ports.knowledge import Found, Knowledge, head_of


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: its name, what it does, its text parameters by name."""

    name: str
    description: str
    parameters: dict[str, str]

    def definition(self) -> dict[str, Any]:
        """The OpenAI shape."""
        properties = {name: {"type": "string", "description": text} for name, text in self.parameters.items()}
        schema = {"type": "object", "properties": properties, "required": list(self.parameters)}
        function = {"name": self.name, "description": self.description, "parameters": schema}
        return {"type": "function", "function": function}


TOOLS = {
    tool.name: tool
    for tool in (
        Tool("search", "Find passages in the trained documents.", {"query": "words or a question"}),
        Tool(
            "read_clause",
            "Read one clause of a norm.",
            {"designation": "e.g. СП 63.13330.2018", "clause": "e.g. 8.1.3"},
        ),
        Tool(
            "list_documents",
            "List documents with their edition status.",
            {"search": "part of a name, or empty"},
        ),
        Tool("calculate", "Calculate an arithmetic expression.", {"expression": "e.g. 0.86*13890"}),
        Tool("start_training", "Queue the training of a folder.", {"folder": "absolute path on the engine"}),
    )
}


class Sources:
    """The numbered passages of one answer, each once."""

    def __init__(self) -> None:
        self.found: list[Found] = []

    def add(self, found: Found) -> int:
        """The passage's number, from 1; a known one keeps its own."""
        key = (found.passage.document_id, found.passage.chunk_id, found.text)
        for number, known in enumerate(self.found, 1):
            if (known.passage.document_id, known.passage.chunk_id, known.text) == key:
                return number
        self.found.append(found)
        return len(self.found)


class Toolbox:
    """Carries out tool calls within a role's permission; bad calls get a sentence, never an exception."""

    def __init__(
        self,
        knowledge: Knowledge,
        sources: Sources,
        allowed: tuple[str, ...],
        tell: Callable[[str], None],
        document_ids: list[str] | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._sources = sources
        self._allowed = [name for name in allowed if name in TOOLS]
        self._tell = tell
        self._documents = document_ids

    def definitions(self) -> list[dict[str, Any]]:
        """What the model may call."""
        return [TOOLS[name].definition() for name in self._allowed]

    async def call(self, name: str, arguments: str) -> str:
        """The tool's answer as text."""
        if name not in self._allowed:
            return f"There is no tool {name!r} for this role."
        try:
            given = json.loads(arguments or "{}")
        except ValueError:
            return "The arguments are not JSON."
        if not isinstance(given, dict):
            return "The arguments must be an object."
        words = {key: str(given.get(key) or "").strip()[:2000] for key in TOOLS[name].parameters}
        self._tell(f"{name}: {', '.join(value for value in words.values() if value)}"[:200])
        handler = getattr(self, f"_{name}")
        answer: str = await handler(**words)
        return answer

    async def _search(self, query: str) -> str:
        return self._numbered(await self._knowledge.search(query, 6, self._documents))

    async def _read_clause(self, designation: str, clause: str) -> str:
        return self._numbered(await self._knowledge.read_clause(designation, clause))

    async def _list_documents(self, search: str) -> str:
        lines = await self._knowledge.list_documents(search, 30)
        return "\n".join(inert(line) for line in lines) or "No documents match."

    async def _calculate(self, expression: str) -> str:
        try:
            return f"{expression} = {calculate(expression):.10g}"
        except ValueError as error:
            return str(error)

    async def _start_training(self, folder: str) -> str:
        return await self._knowledge.start_training(folder)

    def _numbered(self, found: list[Found]) -> str:
        blocks = [
            f'<passage number="{self._sources.add(item)}" from="{inert(head_of(item.passage))}">\n'
            f"{inert(item.text)}\n</passage>"
            for item in found
            if item.relevant
        ]
        return "\n".join(blocks) or "Nothing relevant was found."
