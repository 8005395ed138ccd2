# SPDX-License-Identifier: MIT
"""The OpenAPI description: complete, and no generated request makes a server error."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from live_app import LiveApp, live_app
from schemathesis.checks import not_a_server_error

from bldr_desktop.engine.app import describe
from bldr_desktop.protocol import routes

_LEFT_OUT = (routes.LOGOUT, routes.TOKEN_REFRESH)
"""They end the very session that the others need; tests/integration/test_auth.py has them."""

pytestmark = pytest.mark.filterwarnings(
    "ignore::pydantic.warnings.UnsupportedFieldAttributeWarning"  # see engine.app.web
)
schema = schemathesis.openapi.from_dict(describe())


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveApp]:
    with live_app(tmp_path_factory.mktemp("schema") / "data", access_token_minutes=600) as app:
        yield app


def check(case: Any, live: LiveApp) -> None:
    """Send one generated request; anything but a server error is a right answer to rubbish."""
    case.call_and_validate(
        base_url=live.url,
        headers={"Authorization": f"Bearer {live.token}"},
        checks=[not_a_server_error],
        timeout=30,
    )


quick = settings(
    max_examples=1,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@schema.exclude(path=list(_LEFT_OUT)).parametrize()
@quick
def test_no_generated_request_makes_a_server_error(case: Any, live: LiveApp) -> None:
    check(case, live)


@pytest.mark.slow
@schema.exclude(path=list(_LEFT_OUT)).parametrize()
@settings(quick, max_examples=60)
def test_many_generated_requests_make_no_server_error(case: Any, live: LiveApp) -> None:
    check(case, live)


def test_every_route_of_the_wire_is_described(live: LiveApp) -> None:
    described = httpx.get(f"{live.url}{routes.OPENAPI}", timeout=60).json()
    outside = {
        routes.OPENAPI,
        routes.WS,
        routes.SOCKET_IO,
        routes.AI_QUESTION_LIST,
    }  # not offered yet
    wire = {value for name, value in vars(routes).items() if name.isupper()} - outside
    assert wire - described["paths"].keys() == set()


def test_operations_have_summaries_and_name_their_errors() -> None:
    for path, methods in describe()["paths"].items():
        for method, operation in methods.items():
            where = f"{method.upper()} {path}"
            assert operation.get("summary"), where
            answers = set(operation["responses"])
            if "security" in operation:
                assert "401" in answers, where
            assert answers - {"422"}, where
