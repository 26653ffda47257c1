"""AUDIT_DATABASE_URL: one server, several of which one takes writes, and what is no address."""

import psycopg
import pytest

from audit_app.server_mode import UnsafeSettings, database_address


@pytest.mark.parametrize(
    ("typed", "hosts", "ports", "attributes"),
    [
        ("postgresql+psycopg://u:p%40ss@one:5433,two:5434/audit", "one,two", "5433,5434", "read-write"),
        ("postgresql://u@one,two/audit", "one,two", "5432,5432", "read-write"),
        ("postgresql://u@one,two/audit?target_session_attrs=primary", "one,two", "5432,5432", "primary"),
        ("postgresql+psycopg://u@/audit?host=one:5433&host=two:5434", "one,two", "5433,5434", "read-write"),
        ("postgresql+psycopg://u@/audit?host=/run/a,/run/b&port=5433", "/run/a,/run/b", "5433,5433", "read-write"),
        ("postgresql+psycopg://u@[::1]:5433,two/audit", "::1,two", "5433,5432", "read-write"),
    ],
)
def test_several_servers_are_read_as_postgresqls_own_tools_write_them(typed, hosts, ports, attributes):
    url = database_address(typed)
    assert url.drivername == "postgresql+psycopg"
    # What the driver, the queue and pg_dump are given is read here by libpq itself.
    text = url.set(drivername="postgresql").render_as_string(hide_password=False)
    read = psycopg.conninfo.conninfo_to_dict(text)
    assert (read["host"], read["port"], read["target_session_attrs"]) == (hosts, ports, attributes)
    assert (read["user"], read["dbname"]) == ("u", "audit")


def test_a_password_with_marks_in_it_and_one_server_alone_stay_as_they_were_written():
    url = database_address("postgresql+psycopg://u:a%2Cb%40c@one:5433/audit")
    assert (url.host, url.port, url.password) == ("one", 5433, "a,b@c")
    assert "target_session_attrs" not in url.query


def test_a_server_that_went_away_is_not_waited_for_for_minutes_unless_somebody_wants_that():
    read = database_address("postgresql+psycopg://u@one/audit?connect_timeout=60").query
    assert read["connect_timeout"] == "60"
    assert int(read["tcp_user_timeout"]) <= 30_000
    assert int(read["keepalives_idle"]) + int(read["keepalives_interval"]) * int(read["keepalives_count"]) <= 30


def test_sqlite_is_given_nothing_it_does_not_know():
    assert database_address("sqlite:////srv/audit.db").query == {}


@pytest.mark.parametrize("typed", ["greenhaven", "postgresql://u:secret@one:port/x", "postgresql://u:secret@one:x,b/x"])
def test_what_is_no_address_is_refused_without_its_password(typed):
    with pytest.raises(UnsafeSettings, match="AUDIT_DATABASE_URL cannot be read") as refused:
        database_address(typed)
    assert "secret" not in str(refused.value)
