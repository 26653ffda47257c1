"""`/health` and `/ready`: what they say, to whom, and that nobody keeps the database busy by asking."""

import shutil

import sqlalchemy as sa

from audit_app import create_app, database
from audit_app.watching.probes import Probes, why_database_is_not_ready
from tests.conftest import TEST_SETTINGS

SERVER = {
    "SERVER_MODE": True,
    "SECRET_KEY": "0123456789abcdef0123456789abcdef0123456789abcdef",
    "PUBLIC_ADDRESS": "https://readiness.example.gov.uk",
    "TRUSTED_HOSTS": ["readiness.example.gov.uk"],
    "TRUSTED_PROXIES": 1,
    "JOBS_IMMEDIATE": False,
}


def test_both_answer_without_a_name_a_session_or_a_server_in_front(tmp_path, stepped):
    engine = database.make_engine(f"sqlite:///{shutil.copyfile(stepped, tmp_path / 'ready.db')}")
    app = create_app({**TEST_SETTINGS, **SERVER, "DATA_FOLDER": str(tmp_path / "data")}, engine=engine)
    for address, word in (("/health", "alive\n"), ("/ready", "ready\n")):
        answer = app.test_client().get(address, headers={"Host": "10.0.0.9"})
        assert (answer.status_code, answer.text) == (200, word)
        assert "Set-Cookie" not in answer.headers
    assert app.test_client().get("/sign-in").status_code == 400
    engine.dispose()


def test_a_database_of_another_step_or_none_at_all_is_not_ready(tmp_path, stepped):
    engine = database.make_engine(f"sqlite:///{tmp_path / 'ready.db'}")
    assert why_database_is_not_ready(engine) == "migration"
    engine.dispose()
    shutil.copyfile(stepped, tmp_path / "ready.db")
    assert why_database_is_not_ready(engine) == ""
    with engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    assert why_database_is_not_ready(engine) == "migration"
    engine.dispose()
    away = sa.create_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing", connect_args={"connect_timeout": 1})
    assert why_database_is_not_ready(away) == "database"


def test_health_answers_though_the_database_does_not_and_one_look_serves_many():
    looks = []

    def look():
        looks.append(1)
        return "database"

    probes, answers = Probes(None, look), []
    for path in ("/health", *["/ready"] * 20):
        (body,) = probes({"PATH_INFO": path}, lambda status, _headers: answers.append(status))
        assert body in (b"alive\n", b"database\n")
    assert answers == ["200 OK", *["503 Service Unavailable"] * 20]
    assert len(looks) == 1
