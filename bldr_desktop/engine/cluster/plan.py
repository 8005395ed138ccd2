# SPDX-License-Identifier: MIT
"""Which services a profile needs, in order, and how each is started on this machine."""

import getpass
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bldr_desktop.common import program
from bldr_desktop.engine.cluster import health
from bldr_desktop.engine.cluster.supervisor import Service

ENGINE = "bldr_desktop.engine.cli"
PROGRAMS = "bldr_desktop.engine.cli.programs"
_HOST = "127.0.0.1"
_QDRANT_IMAGE = "qdrant/qdrant:v1.16.0"


class CannotPlan(Exception):
    """Something is missing; the text says exactly what to install or to set."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for. ``given`` are the ``BLDR_…`` variables of the environment."""

    data_dir: Path
    profile: str = "embedded"
    port: int = 8000
    processes: int = 1
    workers: int = 1
    qdrant: str = "auto"
    desktop: bool = False
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """Services in the order of their start, and the address of the engine."""

    url: str
    services: list[Service]
    environment: dict[str, str]


def make_plan(wish: Wish) -> Plan:
    """Work out a profile.

    Raises:
        CannotPlan: A port is taken, or a program is missing.
    """
    url = f"http://{_HOST}:{wish.port}"
    environment = {name: value for name, value in wish.given.items() if name.startswith("BLDR_")} | {
        "BLDR_DATA_DIR": str(wish.data_dir)
    }
    services: list[Service] = []
    if wish.profile == "cluster":
        _check_extra()
        services.append(_redis(wish, environment))
        postgres = _postgres(wish, environment)
        if postgres is not None:
            services.append(postgres)
        services.append(_qdrant(wish, environment))
        services += [_worker(number, environment) for number in range(1, wish.workers + 1)]
        services.append(_beat(wish, environment))
    _check_ports(wish)
    services += [_api(wish, number, environment) for number in range(wish.processes)]
    if wish.desktop:
        services.append(_desktop(url, environment))
    return Plan(url, services, environment)


def _check_ports(wish: Wish) -> None:
    for port in range(wish.port, wish.port + wish.processes):
        if health.is_taken(port):
            raise CannotPlan(
                f"Port {port} on {_HOST} is taken by another program. --port chooses another one"
                f"{f' ({wish.processes} in a row are needed)' if wish.processes > 1 else ''}."
            )


def postgres_alone(wish: Wish) -> tuple[Service, str]:
    """The Postgres that the cluster profile runs for a data folder, and its address; for ``restore``.

    Raises:
        CannotPlan: There is no Postgres on this machine.
    """
    environment: dict[str, str] = {}
    service = _postgres(wish, environment)
    if service is None:
        raise CannotPlan(
            "Postgres is not installed (Debian and Ubuntu: apt-get install postgresql). Without it the "
            "cluster profile keeps SQLite: restore without --profile."
        )
    return service, environment["BLDR_DATABASE_URL"]


def _check_extra() -> None:
    from importlib.util import find_spec

    missing = [name for name in ("celery", "redis") if find_spec(name) is None]
    if missing:
        raise CannotPlan(
            f"The cluster profile needs {' and '.join(missing)}: pip install 'bldr-desktop[cluster]'."
        )


def _redis(wish: Wish, environment: dict[str, str]) -> Service:
    if "BLDR_REDIS_URL" in environment:
        url = environment["BLDR_REDIS_URL"]
        return _adopted("redis", url, health.redis(url), "BLDR_REDIS_URL")
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if binary is None:
        raise CannotPlan(
            "Redis is needed: install it (Debian and Ubuntu: apt-get install redis-server), or set "
            "BLDR_REDIS_URL to one that runs."
        )
    port = _kept_port(wish.data_dir, "redis")
    folder = wish.data_dir / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    url = environment["BLDR_REDIS_URL"] = f"redis://{_HOST}:{port}/0"
    command = [
        binary, "--port", str(port), "--bind", _HOST, "--dir", str(folder), "--appendonly", "yes",
        "--save", "", "--daemonize", "no",
    ]  # fmt: skip
    return Service("redis", command, health.redis(url), f"{_HOST}:{port}", adopt=True)


def _postgres(wish: Wish, environment: dict[str, str]) -> Service | None:
    """Postgres where there is one; else the SQLite file, which serves one machine well."""
    if "BLDR_DATABASE_URL" in environment:
        return None
    binaries = _postgres_binaries()
    if binaries is None:
        return None
    folder, port = wish.data_dir / "postgres", _kept_port(wish.data_dir, "postgres")
    user = "postgres" if sys.platform != "win32" and os.geteuid() == 0 else None
    _make_cluster(binaries, folder, user)
    owner = user or getpass.getuser()
    environment["BLDR_DATABASE_URL"] = f"postgresql+psycopg://{owner}@{_HOST}:{port}/postgres"
    command = [
        str(binaries / "postgres"), "-D", str(folder), "-p", str(port), "-h", _HOST, "-k", "",
        "-c", "max_connections=200",
    ]  # fmt: skip
    return Service(
        "postgres",
        command,
        health.postgres(_HOST, port, owner),
        f"{_HOST}:{port}",
        user=user,
        stop_signal=2,  # SIGINT: fast shutdown, clients are let go
        adopt=True,
    )


def _postgres_binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


def _make_cluster(binaries: Path, folder: Path, user: str | None) -> None:
    if (folder / "PG_VERSION").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if user is not None:
        _let_through(folder)
        shutil.chown(folder, user, user)
    command = [
        str(binaries / "initdb"), "-D", str(folder), "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust",
    ]  # fmt: skip
    options = {} if user is None else {"user": user, "group": user, "extra_groups": ()}
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **options)  # type: ignore[call-overload]
    if made.returncode:
        raise CannotPlan(f"Postgres could not be set up in {folder}: {made.stderr.strip()[-300:]}")


def _let_through(folder: Path) -> None:
    """Postgres does not run as root; its own account must be able to reach the folder."""
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o011)


def _qdrant(wish: Wish, environment: dict[str, str]) -> Service:
    if wish.qdrant != "embedded":
        if "BLDR_QDRANT_URL" in environment:
            url = environment["BLDR_QDRANT_URL"]
            return _adopted("qdrant", url, health.http(url.rstrip("/") + "/readyz"), "BLDR_QDRANT_URL")
        binary = shutil.which("qdrant")
        if binary is not None:
            return _qdrant_binary(binary, wish, environment)
        engine = _container_engine(need_image=wish.qdrant == "auto")
        if engine is not None:
            return _qdrant_container(engine, wish, environment)
        if wish.qdrant == "server":
            raise CannotPlan(
                "A Qdrant server is needed. One of these is enough: the program `qdrant` on the PATH (one "
                "file, from the releases of Qdrant); Docker or Podman running on this "
                f"machine (the image {_QDRANT_IMAGE} is fetched then); BLDR_QDRANT_URL set to a server that "
                "runs. Or use --qdrant embedded: one process keeps the in-process index for all."
            )
    environment.pop("BLDR_QDRANT_URL", None)
    port = _kept_port(wish.data_dir, "index")
    environment["BLDR_INDEX_ADDRESS"] = f"{_HOST}:{port}"
    command = program.command(PROGRAMS, "index")
    return Service("index", command, health.index(_HOST, port), f"{_HOST}:{port}", dict(environment))


def _qdrant_binary(binary: str, wish: Wish, environment: dict[str, str]) -> Service:
    port, grpc = _kept_port(wish.data_dir, "qdrant"), _kept_port(wish.data_dir, "qdrant-grpc")
    folder = wish.data_dir / "qdrant"
    folder.mkdir(parents=True, exist_ok=True)
    url = environment["BLDR_QDRANT_URL"] = f"http://{_HOST}:{port}"
    own = {
        "QDRANT__STORAGE__STORAGE_PATH": str(folder),
        "QDRANT__SERVICE__HOST": _HOST,
        "QDRANT__SERVICE__HTTP_PORT": str(port),
        "QDRANT__SERVICE__GRPC_PORT": str(grpc),
        "QDRANT__TELEMETRY_DISABLED": "true",
    }
    return Service("qdrant", [binary], health.http(f"{url}/readyz"), url, own, adopt=True)


def _container_engine(*, need_image: bool) -> str | None:
    """``docker`` or ``podman`` if it answers; with ``need_image`` only if nothing had to be fetched."""
    for name in ("docker", "podman"):
        program_file = shutil.which(name)
        if program_file is None:
            continue
        question = ["image", "inspect", _QDRANT_IMAGE] if need_image else ["ps", "--quiet"]
        try:
            asked = subprocess.run([program_file, *question], capture_output=True, timeout=10, check=False)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if asked.returncode == 0:
            return program_file
    return None


def _qdrant_container(engine: str, wish: Wish, environment: dict[str, str]) -> Service:
    port = _kept_port(wish.data_dir, "qdrant")
    folder = wish.data_dir / "qdrant"
    folder.mkdir(parents=True, exist_ok=True)
    url = environment["BLDR_QDRANT_URL"] = f"http://{_HOST}:{port}"
    name = f"bldr-qdrant-{port}"
    command = [
        engine, "run", "--rm", "--name", name, "--publish", f"{_HOST}:{port}:6333",
        "--volume", f"{folder}:/qdrant/storage", "--env", "QDRANT__TELEMETRY_DISABLED=true", _QDRANT_IMAGE,
    ]  # fmt: skip
    # killing the program that shows a container's output leaves the container: it is removed by name
    tidy = [engine, "rm", "--force", name]
    return Service("qdrant", command, health.http(f"{url}/readyz"), url, start_seconds=300, tidy=tidy)


def _worker(number: int, environment: Mapping[str, str]) -> Service:
    name = f"worker-{number}"
    command = program.command(PROGRAMS, "worker", "--name", name)
    redis = environment["BLDR_REDIS_URL"]

    async def check() -> str | None:
        from bldr_desktop.engine.cluster.presence import worker_problem

        return await worker_problem(redis, name)

    return Service(name, command, check, name, dict(environment), start_seconds=30, stop_seconds=15)


def _beat(wish: Wish, environment: Mapping[str, str]) -> Service:
    pid_file = wish.data_dir / "run" / "beat.pid"
    pid_file.unlink(missing_ok=True)

    async def check() -> str | None:
        return None if pid_file.exists() else "has not begun"

    return Service("beat", program.command(PROGRAMS, "beat"), check, "beat", dict(environment))


def _api(wish: Wish, number: int, environment: Mapping[str, str]) -> Service:
    port = wish.port + number
    url = f"http://{_HOST}:{port}"
    command = program.command(ENGINE, "serve", "--host", _HOST, "--port", str(port))
    name = "engine" if wish.processes == 1 else f"engine-{number + 1}"
    return Service(name, command, health.engine(url), url, dict(environment), start_seconds=30)


def _desktop(url: str, environment: Mapping[str, str]) -> Service:
    command = program.command("bldr_desktop.app.launch", "--server", url)

    async def check() -> str | None:
        return None

    return Service("desktop", command, check, "window", dict(environment), restarts=0)


def _adopted(name: str, address: str, check: health.Check, variable: str) -> Service:
    """A service that must run already; starting it is not ours."""
    sentence = f"nothing answers at {variable}"
    command = [sys.executable, "-c", f"import sys; sys.exit({sentence!r})"]
    return Service(name, command, check, _without_secret(address), adopt=True, start_seconds=5)


def _without_secret(address: str) -> str:
    head, mark, host = address.rpartition("@")
    return f"{head.split('//')[0]}//{host}" if mark else address


def _kept_port(data_dir: Path, name: str) -> int:
    """The port this data folder used before, so that what still runs is found again; else a free one."""
    place = data_dir / "run" / f"{name}.port"
    try:
        return int(place.read_text())
    except (OSError, ValueError):
        place.parent.mkdir(parents=True, exist_ok=True)
        port = health.free_port()
        place.write_text(str(port))
        return port
