"""An address as a square for the camera of a phone: rows of dark runs, to be drawn. Pure."""

import segno

BORDER = 4


def runs(address: str) -> tuple[int, list[tuple[int, int, int]]]:
    """How many modules a side has, its border with it, and every dark run as (row from the top, column, length)."""
    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=BORDER)]
    dark: list[tuple[int, int, int]] = []
    for at, row in enumerate(rows):
        start = 0
        for column in range(len(row) + 1):
            if column < len(row) and row[column]:
                continue
            if column > start:
                dark.append((at, start, column - start))
            start = column + 1
    return len(rows), dark
