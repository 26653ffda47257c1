"""Eight writers, a hundred entries each, at once: one chain without a fork (LG-3)."""

import threading

from audit_app import database, history
from tests.builders import MOMENT

WRITERS, EACH = 8, 100


def write_all(engine, key):
    """All writers at once; what went wrong in any."""
    failed, start = [], threading.Barrier(WRITERS)

    def work(person):
        try:
            start.wait()
            for number in range(EACH):
                with database.session_for(engine, None) as session:
                    session.info["log_key"] = key
                    history.note(session, "read", f"AUD-{number:04d}", by=person, authority_id=1, now=MOMENT)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(person,)) for person in range(1, WRITERS + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_eight_hundred_entries_written_at_once_make_one_chain_lg_3(make_app, tmp_path):
    app, engine = make_app()
    key = app.extensions["log_key"]
    assert write_all(engine, key) == []
    with database.session_for(engine, None) as session:
        session.info["log_key"] = key
        history.write_anchor(session, tmp_path / "anchor", MOMENT)
    with database.session_for(engine, None, reading=True) as session:
        report = history.verify(session, key, tmp_path / "anchor")
        wrong_key = history.verify(session, b"another key, as long as the first one", tmp_path / "anchor")
    assert report.sound, report.lines()
    assert report.entries == report.head_sequence == WRITERS * EACH
    assert not wrong_key.sound  # the control
