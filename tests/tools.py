"""Programs that judge what we write; where one is missing that is said by name, and in CI it is a failure."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def tool(name: str, package: str) -> str:
    """The path of a program of the operating system."""
    found = shutil.which(name)
    if found is None:
        sentence = f"{name} is missing (apt-get install {package})"
        if os.environ.get("CI"):
            pytest.fail(f"{sentence}. In CI that is a failure.")
        pytest.skip(sentence)
    return found


def own_tool(name: str) -> str:
    """The path of a program that requirements/dev.txt installs beside this interpreter."""
    return str(Path(sys.executable).parent / name)


def judged(*command: str, text: str | None = None) -> str:
    """Exit code and everything said: ``0`` alone for what a program accepts without a word."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, check=False)
    return f"{done.returncode} {done.stdout}{done.stderr}".strip()
