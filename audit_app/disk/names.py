"""A new name in a folder, made to last."""

import os
from pathlib import Path


def keep_name(folder: Path) -> None:
    """A new file's name is durable only once its folder is; Windows has no way to ask and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
