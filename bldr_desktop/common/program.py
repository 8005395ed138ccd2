# SPDX-License-Identifier: MIT
"""Starting a part of ourselves as a child process, from source, installed or frozen alike."""

import sys

RUN_MODULE = "--run-module"


def command(module: str, *arguments: str) -> list[str]:
    """The command line that runs ``module`` as a program.

    A frozen bundle has no ``-m``: its entry point understands ``--run-module NAME``.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, RUN_MODULE, module, *arguments]
    return [sys.executable, "-m", module, *arguments]
