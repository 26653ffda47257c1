"""The statements that make the log append-only in the database itself, SQLite or PostgreSQL, and its first head."""

REFUSAL = "The history log is append-only"
FIRST_HEAD = "INSERT INTO history_head (id, sequence, hash, count, seal) VALUES (1, 0, '', 0, '')"


def create(dialect: str) -> list[str]:
    """The statements to run, in order, once both tables stand and before anything is logged."""
    return [*_CREATE[dialect], FIRST_HEAD]


def drop(dialect: str) -> list[str]:
    """The statements that take the triggers off again: for going back a migration, and for tests that tamper."""
    return list(_DROP[dialect])


def grants(role: str) -> list[str]:
    """What a PostgreSQL role that does not own the tables needs to add to the log, and nothing beyond (LG-6)."""
    return [
        f'REVOKE ALL ON history_entry, history_head, seal FROM "{role}"',
        f'GRANT SELECT, INSERT ON history_entry TO "{role}"',
        f'GRANT SELECT, UPDATE ON history_head TO "{role}"',
        f'GRANT SELECT, INSERT ON seal TO "{role}"',
    ]


def _sqlite(name: str, when: str, table: str, condition: str = "") -> str:
    clause = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {when} ON {table}{clause} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


_TAKEN = "EXISTS (SELECT 1 FROM history_entry WHERE sequence = NEW.sequence)"
_NOT_ONWARD = "NEW.id <> 1 OR NEW.sequence <> OLD.sequence + 1"

# INSERT OR REPLACE does not fire delete triggers on SQLite, hence the one on insert.
_SQLITE = {
    "history_entry_no_update": ("UPDATE", "history_entry", ""),
    "history_entry_no_delete": ("DELETE", "history_entry", ""),
    "history_entry_no_replace": ("INSERT", "history_entry", _TAKEN),
    "history_head_only_onward": ("UPDATE", "history_head", _NOT_ONWARD),
    "history_head_no_delete": ("DELETE", "history_head", ""),
}

_PG_BODY = f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
_PG_REFUSE = f"CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS {_PG_BODY}"
_PG_EACH = "CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {level} EXECUTE FUNCTION history_refuse()"
_PG_ONWARD = (
    "CREATE TRIGGER history_head_onward BEFORE UPDATE ON history_head FOR EACH ROW "
    f"WHEN ({_NOT_ONWARD}) EXECUTE FUNCTION history_refuse()"
)

_CREATE = {
    "sqlite": [_sqlite(name, *parts) for name, parts in _SQLITE.items()],
    "postgresql": [
        _PG_REFUSE,
        _PG_EACH.format(name="history_entry_kept", when="UPDATE OR DELETE", table="history_entry", level="ROW"),
        _PG_EACH.format(name="history_entry_whole", when="TRUNCATE", table="history_entry", level="STATEMENT"),
        _PG_EACH.format(name="history_head_kept", when="DELETE", table="history_head", level="ROW"),
        _PG_EACH.format(name="history_head_whole", when="TRUNCATE", table="history_head", level="STATEMENT"),
        _PG_ONWARD,
    ],
}

_DROP = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE],
    "postgresql": [
        "DROP TRIGGER IF EXISTS history_entry_kept ON history_entry",
        "DROP TRIGGER IF EXISTS history_entry_whole ON history_entry",
        "DROP TRIGGER IF EXISTS history_head_kept ON history_head",
        "DROP TRIGGER IF EXISTS history_head_whole ON history_head",
        "DROP TRIGGER IF EXISTS history_head_onward ON history_head",
        "DROP FUNCTION IF EXISTS history_refuse()",
    ],
}
