# SPDX-License-Identifier: MIT
"""The model server behind the AI Shell, as the settings see it. The key goes in and never comes out."""

from dataclasses import dataclass

from bldr_desktop.client.api import Api, ApiError, Forbidden, NotOffered
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.ai import AiModels, AiProviderConfig


@dataclass(frozen=True, slots=True)
class ModelsState:
    """What is known. ``note``: ``""``, ``not_offered``, ``forbidden`` or a sentence of the server."""

    models: AiModels | None = None
    address: str = ""
    model: str = ""
    note: str = ""
    busy: bool = False


class ModelsService:
    """Reads and sets the provider."""

    def __init__(self, api: Api) -> None:
        self.changed: Notice[ModelsState] = Notice()
        self.state = ModelsState()
        self._api = api

    async def read(self) -> None:
        """Which models there are, and which server is set."""
        try:
            models = await self._api.get(routes.AI_MODELS, AiModels)
            kept = await self._api.get(routes.AI_PROVIDER, AiProviderConfig)
        except ApiError as error:
            self._tell(ModelsState(note=_note(error)))
            return
        self._tell(ModelsState(models, kept.base_url, kept.model or ""))

    async def keep(self, address: str, key: str, model: str) -> None:
        """Use this server from now on; an empty address means: look on this computer."""
        wanted = AiProviderConfig(base_url=address, api_key=key or None, model=model or None)
        self._tell(ModelsState(self.state.models, address, model, busy=True))
        try:
            if address:
                models = await self._api.put(routes.AI_PROVIDER, AiModels, json=wanted)
            else:
                models = await self._api.delete(routes.AI_PROVIDER, AiModels)
        except ApiError as error:
            self._tell(ModelsState(self.state.models, address, model, note=_note(error)))
            return
        self._tell(ModelsState(models, address, model))

    async def test(self, address: str, key: str) -> AiModels | str:
        """Ask a model server without keeping it: its models (``reason`` says what is wrong), or why the
        engine could not ask, as a sentence."""
        wanted = AiProviderConfig(base_url=address, api_key=key or None)
        try:
            return await self._api.post(routes.AI_PROVIDER_TEST, AiModels, json=wanted)
        except ApiError as error:
            return error.sentence

    def _tell(self, state: ModelsState) -> None:
        self.state = state
        self.changed.emit(state)


def _note(error: ApiError) -> str:
    if isinstance(error, NotOffered):
        return "not_offered"
    if isinstance(error, Forbidden):
        return "forbidden"
    return error.sentence
