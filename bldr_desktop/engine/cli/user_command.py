# SPDX-License-Identifier: MIT
"""``bldr-engine user add|list|remove|password``: who may sign in. Passwords by prompt or stdin."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from bldr_desktop.engine.cli import CommandError, add_data_dir, load_settings

if TYPE_CHECKING:
    from bldr_desktop.engine.ports.users import UserStore

_SHORTEST_PASSWORD = 8
_LONGEST_NAME = 100


def register(subparsers: Any) -> None:
    """Add the command ``user`` with its actions."""
    parser = subparsers.add_parser("user", help="add, list or remove users, change a password")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in (
        ("add", "add a user; the password is asked for, or read from stdin"),
        ("list", "list users with their roles"),
        ("remove", "remove a user and end its sign-ins"),
        ("password", "change a password and end the user's sign-ins"),
    ):
        action = actions.add_parser(name, help=text)
        add_data_dir(action)
        if name != "list":
            action.add_argument("name", metavar="NAME")
        if name == "add":
            action.add_argument("--role", choices=("admin", "user"), default="user")
        action.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do one action on the users.

    Raises:
        CommandError: The name is taken or unknown, the password too short, the store unusable.
    """
    from bldr_desktop.engine.app import open_users

    with open_users(load_settings(args)) as users:
        match args.action:
            case "add":
                return _add(users, args.name, args.role)
            case "list":
                return _list(users)
            case "remove":
                return _remove(users, args.name)
            case _:
                return _password(users, args.name)


def _add(users: "UserStore", name: str, role: Any) -> int:
    from bldr_desktop.engine.services.auth import LOCAL_USER, hash_password

    if not name.strip() or name != name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise CommandError("a user name has 1 to 100 printable characters and no spaces around it")
    if name == LOCAL_USER:
        raise CommandError(f"{LOCAL_USER!r} is the name of the desktop's own user; choose another one")
    if users.get(name) is not None:
        raise CommandError(f"there is a user {name!r} already; change the password with: user password")
    if users.add(name, role, hash_password(_read_password())) is None:
        raise CommandError(f"there is a user {name!r} already")
    users.audit("user_add", "ok", name, {"role": role})
    sys.stdout.write(f"user {name} added with role {role}\n")
    return 0


def _list(users: "UserStore") -> int:
    for user in users.everyone():
        note = "" if user.password_hash else "\t(no sign-in by password)"
        sys.stdout.write(f"{user.name}\t{user.role}{note}\n")
    return 0


def _remove(users: "UserStore", name: str) -> int:
    if not users.remove(name):
        raise CommandError(f"there is no user {name!r}")
    users.audit("user_remove", "ok", name)
    sys.stdout.write(f"user {name} removed\n")
    return 0


def _password(users: "UserStore", name: str) -> int:
    from bldr_desktop.engine.services.auth import LOCAL_USER, hash_password

    if name == LOCAL_USER:
        raise CommandError(f"{LOCAL_USER!r} is signed in by the desktop alone and has no password")
    if users.get(name) is None:
        raise CommandError(f"there is no user {name!r}")
    users.set_password(name, hash_password(_read_password()))
    users.audit("user_password", "ok", name)
    sys.stdout.write(f"password of {name} changed\n")
    return 0


def _read_password() -> str:
    if sys.stdin.isatty():
        from getpass import getpass

        password = getpass("Password: ")
        if getpass("Again: ") != password:
            raise CommandError("the two passwords differ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < _SHORTEST_PASSWORD:
        raise CommandError(f"a password has at least {_SHORTEST_PASSWORD} characters")
    return password
