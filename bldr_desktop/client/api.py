# SPDX-License-Identifier: MIT
"""REST over httpx: typed answers, one kind of error, tokens renewed behind the caller's back.

Error tree (each carries ``status``, ``code``, ``sentence``, ``path``)::

    ApiError
    ├── Unreachable        no answer: name, refused, TLS, time limit (status 0; ``code`` says which)
    ├── Unauthorized       401, or 403 without a token
    ├── Forbidden          403
    ├── NotOffered         404 without an error body of ours, 405, 501: this server has no such thing
    ├── NotFound           404 of a thing that is not there
    ├── Conflict           409, 412, 423
    ├── TooLarge           413
    ├── Rejected           400, 415, 422 and other 4xx
    ├── Throttled          429 (``retry_after`` seconds)
    ├── ServerFault        5xx (``retry_after`` seconds where given)
    └── BadAnswer          an answer that is not what the wire says
"""

import ssl
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Protocol, TypeVar, overload

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.errors import error_text

M = TypeVar("M", bound=BaseModel)

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DEFAULT_TIMEOUT = httpx.Timeout(30.0, connect=5.0)
_KEEP_IDLE_SECONDS = 3.0
"""Less than any server's own patience (uvicorn's is 5 s, as is httpx's): a request that goes out at the
very moment the server closes its idle connection fails for no reason a person could understand."""


class ApiError(Exception):
    """A call that did not give its answer; ``sentence`` is fit for a person."""

    def __init__(
        self, status: int, code: str, sentence: str, path: str, *, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{sentence} ({status or code} {path})")
        self.status = status
        self.code = code
        self.sentence = sentence
        self.path = path
        self.retry_after = retry_after


class Unreachable(ApiError):
    """No answer came; ``code``: ``dns``, ``refused``, ``tls``, ``timeout`` or ``network``."""


class Unauthorized(ApiError):
    """The server does not know who asks."""


class Forbidden(ApiError):
    """The server knows who asks and says no."""


class NotOffered(ApiError):
    """This server has no such call."""


class NotFound(ApiError):
    """The thing asked for is not there."""


class Conflict(ApiError):
    """The state of the thing does not allow it now."""


class TooLarge(ApiError):
    """More bytes than the server takes."""


class Rejected(ApiError):
    """The request was not understood or not allowed as it stands."""


class Throttled(ApiError):
    """Too many requests; ``retry_after`` seconds."""


class ServerFault(ApiError):
    """The server failed or is not ready."""


class BadAnswer(ApiError):
    """The answer is not what a Bldr server gives."""


class TokenSource(Protocol):
    """Where bearer tokens come from (``client.session.Session``)."""

    def access_token(self) -> str | None:
        """The token to send now, None when signed out."""
        ...

    async def renewed(self, stale: str | None) -> str | None:
        """A token newer than ``stale``; one renewal runs at a time. None: there is none to be had."""
        ...


class BearerAuth(httpx.Auth):
    """Adds the bearer and, after a 401 to a body that can be sent again, renews it once."""

    def __init__(self, tokens: TokenSource) -> None:
        self._tokens = tokens

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """httpx's hook."""
        token = self._tokens.access_token()
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if not _token_refused(response, token) or not isinstance(request.stream, httpx.ByteStream):
            return
        fresh = await self._tokens.renewed(token)
        if fresh and fresh != token:
            request.headers["Authorization"] = f"Bearer {fresh}"
            yield request


def _token_refused(response: httpx.Response, token: str | None) -> bool:
    return response.status_code == 401 or (response.status_code == 403 and token is None)


class Api:
    """One server, spoken to in the words of ``protocol``.

    Paths are constants of ``protocol.routes`` (filled by ``routes.path``). ``http`` is for streams:
    it carries the same bearer and renews it (bodies given as an iterator are not sent again).
    """

    def __init__(
        self,
        base_url: str,
        tokens: TokenSource | None = None,
        *,
        verify: ssl.SSLContext | bool = True,
        proxy: str | None = None,
        timeout: httpx.Timeout = DEFAULT_TIMEOUT,
    ) -> None:
        self._verify, self._proxy, self._timeout = verify, proxy, timeout
        self._auth = BearerAuth(tokens) if tokens else None
        self._tokens = tokens
        self.answered: Notice[str] = Notice()
        """A server answered on this path: it is there."""
        self.unreachable: Notice[Unreachable] = Notice()
        """A call got no answer."""
        self.moved: Notice[str] = Notice()
        """The server is at a new address (the embedded engine was started again)."""
        self.http = self._client(base_url)

    @property
    def base_url(self) -> str:
        """Scheme, host and port (and prefix) without a slash at the end."""
        return str(self.http.base_url).rstrip("/")

    @property
    def ws_url(self) -> str:
        """The same place for WebSockets: ``ws://…`` or ``wss://…`` without a slash at the end."""
        return "ws" + self.base_url.removeprefix("http")

    def access_token(self) -> str | None:
        """The bearer to present now (for WebSocket handshakes)."""
        return self._tokens.access_token() if self._tokens else None

    async def renewed_token(self, stale: str | None) -> str | None:
        """A bearer newer than ``stale``, see :class:`TokenSource`."""
        return await self._tokens.renewed(stale) if self._tokens else None

    def move(self, base_url: str) -> None:
        """Speak to another address from now on; requests under way end where they began."""
        if base_url.rstrip("/") == self.base_url:
            return
        self.http.base_url = httpx.URL(base_url)
        self.moved.emit(self.base_url)

    def _client(self, base_url: str) -> httpx.AsyncClient:
        host = httpx.URL(base_url).host
        return httpx.AsyncClient(
            base_url=base_url,
            auth=self._auth,
            verify=self._verify,
            proxy=self._proxy or None,
            timeout=self._timeout,
            trust_env=host not in _LOOPBACK and self._proxy is None,
            limits=httpx.Limits(
                max_connections=32, max_keepalive_connections=16, keepalive_expiry=_KEEP_IDLE_SECONDS
            ),
        )

    @overload
    async def get(self, route: str, model: type[M], *, params: Mapping[str, Any] | None = None) -> M: ...
    @overload
    async def get(
        self, route: str, model: None = None, *, params: Mapping[str, Any] | None = None
    ) -> Any: ...
    async def get(
        self, route: str, model: type[M] | None = None, *, params: Mapping[str, Any] | None = None
    ) -> Any:
        """``GET``; without a model the decoded JSON as it is. None values of ``params`` are left out.

        Raises:
            ApiError: see the module's tree.
        """
        return self._parsed(await self.request("GET", route, params=params), model)

    async def get_list(
        self, route: str, model: type[M], *, params: Mapping[str, Any] | None = None
    ) -> list[M]:
        """``GET`` of an answer that is a bare list."""
        response = await self.request("GET", route, params=params)
        found: list[M] = _validated(TypeAdapter(list[model]), response)  # type: ignore[valid-type]
        return found

    @overload
    async def post(self, route: str, model: type[M], *, json: Any = None, **kw: Any) -> M: ...
    @overload
    async def post(self, route: str, model: None = None, *, json: Any = None, **kw: Any) -> Any: ...
    async def post(self, route: str, model: type[M] | None = None, *, json: Any = None, **kw: Any) -> Any:
        """``POST``; ``json`` is a wire model or plain data; ``kw`` goes to :meth:`request`."""
        return self._parsed(await self.request("POST", route, json=json, **kw), model)

    @overload
    async def put(self, route: str, model: type[M], *, json: Any = None, **kw: Any) -> M: ...
    @overload
    async def put(self, route: str, model: None = None, *, json: Any = None, **kw: Any) -> Any: ...
    async def put(self, route: str, model: type[M] | None = None, *, json: Any = None, **kw: Any) -> Any:
        """``PUT``, see :meth:`post`."""
        return self._parsed(await self.request("PUT", route, json=json, **kw), model)

    @overload
    async def delete(self, route: str, model: type[M], *, json: Any = None, **kw: Any) -> M: ...
    @overload
    async def delete(self, route: str, model: None = None, *, json: Any = None, **kw: Any) -> Any: ...
    async def delete(self, route: str, model: type[M] | None = None, *, json: Any = None, **kw: Any) -> Any:
        """``DELETE``, see :meth:`post`."""
        return self._parsed(await self.request("DELETE", route, json=json, **kw), model)

    async def content(self, route: str, *, params: Mapping[str, Any] | None = None) -> bytes:
        """The raw bytes of a ``GET``: a page image, a file."""
        return (await self.request("GET", route, params=params)).content

    async def request(
        self,
        method: str,
        route: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        data: Mapping[str, Any] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        signed: bool = True,
    ) -> httpx.Response:
        """One request, its answer read whole.

        Args:
            method: ``GET`` and so on.
            route: Path of the wire.
            params: Query; None values are left out.
            json: Body as a wire model or plain data.
            data: Body as a form.
            content: Body as bytes.
            headers: Further headers.
            timeout: Seconds for each step of this call; None for the client's own.
            signed: False for sign-in itself, which must not wait for a renewal.

        Raises:
            ApiError: No answer, or one of 4xx or 5xx.
        """
        body = json.model_dump(mode="json", exclude_none=True) if isinstance(json, BaseModel) else json
        query = {key: value for key, value in params.items() if value is not None} if params else None
        try:
            response = await self.http.request(
                method,
                route,
                params=query,
                json=body,
                data=dict(data) if data is not None else None,
                content=content,
                headers=headers,
                timeout=self._timeout if timeout is None else timeout,
                auth=httpx.USE_CLIENT_DEFAULT if signed else None,
            )
        except httpx.HTTPError as error:
            failure = unreachable(error, route)
            self.unreachable.emit(failure)
            raise failure from error
        self.answered.emit(route)
        if response.status_code >= 400:
            raise error_of(response, route, signed_in=self.access_token() is not None)
        return response

    def _parsed(self, response: httpx.Response, model: type[M] | None) -> Any:
        if model is not None:
            return _validated(TypeAdapter(model), response)
        if not response.content:
            return None
        try:
            return response.json()
        except ValueError as error:
            raise _bad_answer(response) from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self.http.aclose()


def _validated(adapter: TypeAdapter[Any], response: httpx.Response) -> Any:
    try:
        return adapter.validate_json(response.content)
    except ValidationError as error:
        raise _bad_answer(response) from error


def _bad_answer(response: httpx.Response) -> BadAnswer:
    path = response.request.url.path
    return BadAnswer(
        response.status_code, "bad_answer", "The server's answer is not what a Bldr server gives.", path
    )


def unreachable(error: httpx.HTTPError, path: str) -> Unreachable:
    """Say which way a server could not be reached, from httpx's exception and its causes."""
    causes: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in causes:
        causes.append(step)
        step = step.__cause__ or step.__context__
    text = " ".join(str(cause) for cause in causes).lower()
    if any(isinstance(cause, ssl.SSLError) for cause in causes) or "certificate" in text:
        reason = next((str(c) for c in causes if isinstance(c, ssl.SSLError)), str(error))
        return Unreachable(0, "tls", f"The server's certificate is not trusted: {reason}", path)
    if any(word in text for word in ("name or service", "getaddrinfo", "nodename", "name resolution")):
        return Unreachable(0, "dns", "No server of this name was found.", path)
    if isinstance(error, httpx.TimeoutException):
        return Unreachable(0, "timeout", "The server did not answer in time.", path)
    if isinstance(error, httpx.ConnectError):
        return Unreachable(0, "refused", "Nothing answers at this address.", path)
    return Unreachable(0, "network", "The connection to the server was cut.", path)


_BY_STATUS: dict[int, type[ApiError]] = {
    401: Unauthorized,
    403: Forbidden,
    405: NotOffered,
    409: Conflict,
    412: Conflict,
    413: TooLarge,
    423: Conflict,
    429: Throttled,
    501: NotOffered,
}


def error_of(response: httpx.Response, path: str, *, signed_in: bool = True) -> ApiError:
    """The exception for an answer of 4xx or 5xx, from any Bldr v2 server's body."""
    status = response.status_code
    try:
        body = response.json()
    except ValueError:
        body = None
    code = str(body["code"]) if isinstance(body, dict) and body.get("code") else f"http_{status}"
    kind = _BY_STATUS.get(status, ServerFault if status >= 500 else Rejected)
    if status == 404:
        kind = NotOffered if code == "http_404" else NotFound
    if status == 403 and not signed_in:
        kind = Unauthorized
    sentence = error_text(body, f"The server answered {status} to {path}.")
    return kind(status, code, sentence, path, retry_after=_seconds(response.headers.get("Retry-After")))


def _seconds(header: str | None) -> float | None:
    return float(header) if header and header.isdigit() else None
