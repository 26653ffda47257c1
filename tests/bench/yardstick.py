"""A fixed piece of work that says how fast this machine is just now, so that figures of different days compare."""

import sqlite3
import tempfile
import time
from pathlib import Path

# What the yardstick took on the machine the targets were set for: two cores, quiet. Scaled = raw x this / measured.
USUAL_SECONDS = 0.050
ROWS = 2_000
COMMITS = 20
SUMS = 400_000


def measure():
    """Seconds for some arithmetic, a table of two thousand rows and twenty durable commits."""
    began = time.perf_counter()
    total = 0
    for number in range(SUMS):
        total += number * number % 7
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "yardstick.db", isolation_level=None)
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE measured (id INTEGER PRIMARY KEY, words TEXT)")
        database.execute("BEGIN")
        database.executemany("INSERT INTO measured VALUES (?, ?)", ((row, f"words {row}") for row in range(ROWS)))
        database.execute("COMMIT")
        for row in range(COMMITS):
            database.execute("UPDATE measured SET words = ? WHERE id = ?", (str(total), row))
        database.execute("SELECT count(*) FROM measured WHERE words LIKE '%1%'").fetchone()
        database.close()
    return time.perf_counter() - began
