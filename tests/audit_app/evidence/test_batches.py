"""A ZIP of evidence: uploaded, read by the worker, checked by whoever uploaded it, added whole or not at all."""

import io
import zipfile
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from audit_app import clock, evidence_store, jobs
from audit_app.evidence.batches import queries, service, service_clearing, service_reading
from audit_app.evidence.batches.tables import EvidenceBatch, EvidenceBatchFile
from audit_app.evidence.states import BatchState, Held
from audit_app.evidence.tables import Evidence, EvidenceUse, EvidenceVersion
from audit_app.evidence_store import parts, zips
from audit_app.jobs import running
from audit_app.packs.endings import service as pack_endings
from audit_app.people.access.scope import system_scope
from tests import builders, builders_evidence
from tests.audit_app.evidence.test_evidence_pages import pdf
from tests.conftest import ON_POSTGRESQL

HOME = "/greenhaven/evidence"
OF_ALL = {
    "shows": "What the team was taught and agreed.", "effect": "output", "level": "2", "renewal": "yearly",
    "speaks_to-day": "31", "speaks_to-month": "10", "speaks_to-year": "2026", "speaks_from-day": "",
    "speaks_from-month": "", "speaks_from-year": "", "made_on-day": "1", "made_on-month": "11",
    "made_on-year": "2026",
}  # fmt: skip


def zipped(files, *, when=(2026, 11, 2, 9, 0, 0)):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name, when), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def upload(page, data, name="team folder.zip", *, proves="", status=303):
    address = f"{HOME}/add/zip" + (f"?proves={proves}" if proves else "")
    page.get(address)
    fields = {**page.form_data(), "file": (io.BytesIO(data), name)}
    fields["file"] = (io.BytesIO(data), name)
    return page.post(address, fields, content_type="multipart/form-data", status=status)


def number_of(page):
    return int(page.url.rsplit("BAT-", 1)[1][:4])


def rows(council, statement):
    with council.session() as session:
        return session.execute(statement).scalars().all()


@pytest.fixture(autouse=True)
def nothing_waits(council):
    """Each test leaves no ZIP open: one person may have three."""
    yield
    with council.session() as session:
        for row in session.execute(sa.select(EvidenceBatch).where(EvidenceBatch.state.in_(queries.OPEN))).scalars():
            service.throw_away(session, row.authority_id, row.number, now=clock.now())
        session.commit()


@contextmanager
def worker_rests(council):
    """What is asked for waits, as it does while no worker runs; otherwise it is done at once here."""
    queue = council.app.extensions["jobs"]
    queue.ring = lambda *_references: None
    try:
        yield
    finally:
        del queue.ring


def work(council):
    """Let the worker do every job that waits."""
    waiting = sa.select(jobs.Job).where(jobs.Job.state == jobs.JobState.waiting)
    for job in rows(council, waiting):
        running.run_job(council.app.extensions["jobs"], job.authority_id, job.id)


def read(council, role, data, **more):
    """A ZIP uploaded and read, and its page."""
    page = council.page(role)
    upload(page, data, **more)
    number = number_of(page)
    work(council)
    page.get(f"{HOME}/batches/BAT-{number:04d}")
    return page, number


def clear(council):
    context = jobs.PeriodicContext(council.engine, council.app.config, system_scope("a test"))
    service_clearing.clear(pack_endings.hashes_named, context)


def batch_of(council, number):
    return rows(council, sa.select(EvidenceBatch).where(EvidenceBatch.number == number))[0]


def kept_files(council):
    return {lying.name for lying in evidence_store.list_everything(council.app.config)}


def evidence_count(council):
    return rows(council, sa.select(sa.func.count()).select_from(Evidence))[0]


THIRTY = {f"Minutes/team-meeting_minutes_2026-{month:02d}.txt": f"minutes {month}".encode() for month in range(1, 11)}


def test_a_manager_uploads_a_folder_checks_it_on_one_page_and_has_each_file_as_evidence(council):
    before = evidence_count(council)
    files = {**THIRTY, "Policies/Missing children policy.pdf": pdf("A policy"), "__MACOSX/._x": b"x", "Thumbs.db": b"x"}
    page, number = read(
        council, "team_manager", zipped({**files, "setup.exe": b"MZ"}), proves=f"ACT-{council.action:04d}"
    )
    assert evidence_count(council) == before
    reading = batch_of(council, number)
    assert reading.parts == "" and rows(council, sa.select(jobs.Job.state).where(jobs.Job.id == reading.job_id)) == [
        jobs.JobState.done
    ]
    assert "11 files can be added; 1 file cannot" in page.text
    assert "setup.exe" in page.text and "It is a program" in page.text
    assert "2 files passed over" in page.text
    form = page.form_data()
    titles = [value for name, value in form.items() if name.startswith("title_")]
    assert titles[0] == "Team-meeting minutes 2026-01" and titles[-1] == "Missing children policy"
    assert form["reference"] == f"ACT-{council.action:04d}"
    assert form["made_on-day"] == str(clock.today().day)
    page.submit({**OF_ALL, "do": "add", "part": "completion", "proves": "That staff were taught."})
    assert "11 files of it were added" in page.text
    with council.session() as session:
        added = session.execute(
            sa.select(EvidenceBatchFile)
            .where(EvidenceBatchFile.batch_number == number)
            .order_by(EvidenceBatchFile.place)
        ).scalars()
        numbers = {row.path: row.evidence_number for row in added if row.evidence_number}
        january = session.execute(
            sa.select(EvidenceVersion).where(
                EvidenceVersion.evidence_number == numbers["Minutes / team-meeting_minutes_2026-01.txt"]
            )
        ).scalar_one()
        assert (str(january.speaks_from), str(january.speaks_to)) == ("2026-01-01", "2026-01-31")
        assert str(january.made_on) == "2026-11-02" and january.added_by == council.people["team_manager"]
        policy = session.get(Evidence, (builders.AUTHORITY_ID, numbers["Policies / Missing children policy.pdf"]))
        assert (policy.title, policy.level, policy.shows) == ("Missing children policy", 2, OF_ALL["shows"])
        assert policy.owner_post_id == council.post
        uses = session.execute(
            sa.select(EvidenceUse).where(EvidenceUse.evidence_number.in_(numbers.values()))
        ).scalars()
        assert {use.reference for use in uses} == {f"ACT-{council.action:04d}/completion"}
    assert batch_of(council, number).parts == ""
    page.get(f"{HOME}?words=minutes+10")
    assert "Team-meeting minutes 2026-10" in page.text  # its words can be searched
    page.get(f"{HOME}/EVD-{numbers['Policies / Missing children policy.pdf']:04d}")
    assert "added the evidence" in page.text and "to ACT-0001/completion" in page.text


def test_nothing_is_added_while_one_file_lacks_something_and_what_was_typed_stays(council):
    before = evidence_count(council)
    page, number = read(council, "qa_manager", zipped({"a.txt": b"one of two", "b.txt": b"two of two"}))
    lacking = {name: "" for name in OF_ALL if name.startswith("speaks")}
    page.submit({**OF_ALL, **lacking, "title_1": "Changed", "do": "add"}, status=422)
    assert "Enter the last day it speaks of for all, or for each. It is missing for a.txt, b.txt." in page.text
    assert page.form_data()["title_1"] == "Changed" and page.form_data()["shows"] == OF_ALL["shows"]
    page.submit({**OF_ALL, "reference": "FND-0999", "do": "add"}, status=422)
    assert "FND-0999: There is no FND-0999 here" in page.text
    page.submit({**OF_ALL, "reference": "", "title_2": "", "do": "add"}, status=422)
    assert "Enter a title. It is missing for b.txt." in page.text
    page.submit({**OF_ALL, "title_2": "B", "take": [], "do": "add"}, status=422)
    assert "Tick at least one file to add." in page.text
    assert evidence_count(council) == before and batch_of(council, number).state is BatchState.waiting


@pytest.mark.parametrize(("files", "named"), [(3, "0.txt, 1.txt, 2.txt."), (5, "0.txt, 1.txt, 2.txt and 2 more.")])
def test_of_many_files_that_lack_something_three_are_named(council, files, named):
    contents = {f"{count}.txt": f"{count} of {files}".encode() for count in range(files)}
    page, _number = read(council, "business_support", zipped(contents))
    page.submit({**OF_ALL, "shows": "", "do": "add"}, status=422)
    assert f"It is missing for {named}" in page.text


def test_one_file_says_something_else_than_the_others(council):
    page, number = read(council, "qa_manager", zipped({"c.txt": b"a third one", "d.txt": b"a fourth one"}))
    page.submit({**OF_ALL, "reference": f"FND-{council.finding:04d}", "do": "open-2"})
    assert page.h1 == "Change d.txt"
    page.submit({"title": "The fourth", "level": "0", "reference": "nothing", "speaks_to-day": "5", "speaks_to-month":
                 "3", "speaks_to-year": "2026"})  # fmt: skip
    assert "Has its own level and proof" in page.text
    page.submit({"do": "add"})
    files = rows(
        council,
        sa.select(EvidenceBatchFile).where(EvidenceBatchFile.batch_number == number).order_by(EvidenceBatchFile.place),
    )
    with council.session() as session:
        third, fourth = (session.get(Evidence, (builders.AUTHORITY_ID, row.evidence_number)) for row in files)
        assert (third.level, fourth.level, fourth.title) == (2, 0, "The fourth")
        uses = session.execute(
            sa.select(EvidenceUse).where(EvidenceUse.evidence_number.in_([third.number, fourth.number]))
        )
        assert [use.evidence_number for use in uses.scalars()] == [third.number]


def test_what_is_here_already_is_told_and_not_ticked(council):
    with council.session() as session:
        here = builders_evidence.add(
            session,
            by=1,
            held=Held.here,
            address="",
            config=council.app.config,
            file=builders_evidence.a_file(b"known bytes"),
        ).number
        session.commit()
    page, _ = read(
        council, "qa_manager", zipped({"e.txt": b"known bytes", "f.txt": b"new bytes", "g.txt": b"new bytes"})
    )
    assert f"Already in the register as EVD-{here:04d}" in page.text and "The same file as f.txt." in page.text
    ticked = [box.get("value") for box in page.select("input", name="take") if "checked" in box.attrs]
    assert ticked == ["2"]
    hidden_from, _ = read(council, "practitioner", zipped({"e.txt": b"known bytes", "h.txt": b"more bytes"}))
    assert "Already in the register" not in hidden_from.text  # whoever may not see it is not told that it is here


def test_what_is_refused_of_one_file_names_it_and_adds_none(council, monkeypatch):
    page, number = read(council, "practitioner", zipped({"fits.txt": b"one", "too much.txt": b"another"}))
    before = evidence_count(council)
    monkeypatch.setitem(council.app.config, "EVIDENCE_PERSON_MB", 0)
    page.submit({**OF_ALL, "do": "add"}, status=422)
    assert "fits.txt: fits.txt does not fit: you have added files of 0 MB" in page.text
    assert evidence_count(council) == before and batch_of(council, number).state is BatchState.waiting


def test_confirmed_twice_it_is_added_once(council):
    page, number = read(council, "qa_manager", zipped({"i.txt": b"to be added once"}))
    form = {**page.form_data(), **OF_ALL, "do": "add"}
    page.submit({**OF_ALL, "do": "add"})
    count = evidence_count(council)
    page.post(f"{HOME}/batches/BAT-{number:04d}", {**form, "once": ""}, status=303)
    page.get(f"{HOME}/batches/BAT-{number:04d}")
    assert evidence_count(council) == count
    with council.session() as session, pytest.raises(service.OutOfTurn, match="Nothing was done twice"):
        service.bring_in(
            session,
            builders.AUTHORITY_ID,
            number,
            by=1,
            now=clock.now(),
            today=clock.today(),
            config=council.app.config,
        )


def test_two_windows_the_second_is_told_and_overwrites_nothing(council):
    page, number = read(council, "qa_manager", zipped({"j.txt": b"in two windows"}))
    old = {**page.form_data(), **OF_ALL, "once": ""}
    page.submit({**OF_ALL, "title_1": "First", "do": "save"})
    page.post(f"{HOME}/batches/BAT-{number:04d}", {**old, "title_1": "Second", "do": "add"}, status=409)
    page.get(f"{HOME}/batches/BAT-{number:04d}")
    assert page.form_data()["title_1"] == "First"


def test_the_same_zip_twice_is_gone_on_with_and_nobody_else_sees_it(council):
    data = zipped({"k.txt": b"uploaded twice"})
    page, number = read(council, "qa_manager", data)
    before = kept_files(council)
    upload(page, data)
    assert number_of(page) == number and "You uploaded this ZIP before" in page.text
    assert kept_files(council) == before
    council.page("leader").get(f"{HOME}/batches/BAT-{number:04d}", status=404)
    other = council.page("leader")
    upload(other, data)
    assert number_of(other) != number


def test_thrown_away_leaves_no_file_but_what_others_name(council):
    with council.session() as session:
        builders_evidence.add(
            session,
            by=1,
            held=Held.here,
            address="",
            config=council.app.config,
            file=builders_evidence.a_file(b"named by evidence"),
        )
        session.commit()
    clear(council)
    before = kept_files(council)
    page, number = read(council, "auditor", zipped({"l.txt": b"named by evidence", "m.txt": b"of the ZIP alone"}))
    assert kept_files(council) > before
    page.post(f"{HOME}/batches/BAT-{number:04d}/throw-away", {"csrf_token": page.token}, status=303)
    clear(council)
    assert kept_files(council) == before
    assert (
        rows(
            council,
            sa.select(EvidenceBatchFile)
            .where(EvidenceBatchFile.batch_number == number)
            .order_by(EvidenceBatchFile.place),
        )
        == []
    )
    page.get(f"{HOME}/batches/BAT-{number:04d}")
    assert "You threw it away. Nothing of it was added." in page.text


def test_what_is_left_alone_is_removed_after_days_and_says_so(council):
    page, number = read(council, "business_support", zipped({"n.txt": b"forgotten"}))
    with council.session() as session:
        batch = session.get(EvidenceBatch, (builders.AUTHORITY_ID, number))
        batch.touched_at = clock.now() - timedelta(days=8)
        session.add(batch)
        session.commit()
    clear(council)
    page.get(f"{HOME}/batches/BAT-{number:04d}")
    assert "Nobody added its files within 7 days, so they were removed." in page.text
    assert (
        rows(
            council,
            sa.select(EvidenceBatchFile)
            .where(EvidenceBatchFile.batch_number == number)
            .order_by(EvidenceBatchFile.place),
        )
        == []
    )


@contextmanager
def killed_at_the_second(council, monkeypatch):
    """The worker dies at its second file; gives the files looked into from then on, too."""
    looked, real = [], service_reading.service_files.looked_into

    def looked_into(data, name):
        looked.append(name)
        if len(looked) == 2:
            raise KeyboardInterrupt
        return real(data, name)

    with monkeypatch.context() as patched:
        patched.setattr(service_reading.service_files, "looked_into", looked_into)
        with pytest.raises(KeyboardInterrupt):
            work(council)
        yield looked


def test_a_worker_that_is_killed_goes_on_where_it_was_and_looks_into_no_file_twice(council, monkeypatch):
    page = council.page("qa_manager")
    with worker_rests(council):
        upload(page, zipped({"o.txt": b"first of three", "p.txt": b"second of three", "q.txt": b"third of three"}))
    number = number_of(page)
    with killed_at_the_second(council, monkeypatch) as looked:
        page.get(f"{HOME}/batches/BAT-{number:04d}")
        assert "Being read." in page.text
        running.recover(council.engine)
        work(council)
    assert looked == ["o.txt", "p.txt", "p.txt", "q.txt"]
    page.get(f"{HOME}/batches/BAT-{number:04d}")
    assert "3 files can be added" in page.text


def test_what_is_thrown_away_while_it_is_read_is_cleared_once_the_reading_has_ended(council, monkeypatch):
    page = council.page("qa_manager")
    with worker_rests(council):
        upload(page, zipped({"a1.txt": b"looked into already", "a2.txt": b"looked into just now"}))
    number = number_of(page)
    of_it = sa.select(EvidenceBatchFile.given_name).where(EvidenceBatchFile.batch_number == number)
    with killed_at_the_second(council, monkeypatch):
        page.post(f"{HOME}/batches/BAT-{number:04d}/throw-away", {"csrf_token": page.token}, status=303)
        clear(council)
        assert rows(council, of_it) == ["a1.txt"]  # the worker may write its next file at this moment
        running.recover(council.engine)
        work(council)
    clear(council)
    assert rows(council, of_it) == []


def test_a_full_disk_while_it_is_read_is_told_in_words_and_leaves_nothing(council, monkeypatch):
    clear(council)
    before = kept_files(council)
    page = council.page("leader")
    with worker_rests(council):
        upload(page, zipped({"r.txt": b"no room for this", "s.txt": b"nor this"}))
    number, real = number_of(page), evidence_store.put

    def full(config, data, *limit):
        if data == b"nor this":
            raise OSError(28, "No space left on device")
        return real(config, data, *limit)

    with monkeypatch.context() as patched:
        patched.setattr(evidence_store, "put", full)
        work(council)
    page.get(f"{HOME}/batches/BAT-{number:04d}")
    assert "There is no room left where this service keeps its data, so nothing of the ZIP was added." in page.text
    clear(council)
    assert kept_files(council) == before


def test_a_stop_while_it_is_read_ends_the_reading(council):
    page = council.page("qa_manager")
    with worker_rests(council):
        upload(page, zipped({"t.txt": b"stopped"}))
        number = number_of(page)
        assert "Waiting to be read." in page.text
        page.post(f"{HOME}/batches/BAT-{number:04d}/throw-away", {"csrf_token": page.token}, status=303)
    work(council)
    assert batch_of(council, number).state is BatchState.ended
    clear(council)
    assert batch_of(council, number).parts == ""


def test_a_zip_that_is_refused_whole_says_why_and_leaves_nothing(council):
    clear(council)
    before = kept_files(council)
    page, number = read(council, "qa_manager", b"nothing that could be opened")
    assert "Nothing of it was added. This is no ZIP, or a damaged one" in page.text
    assert batch_of(council, number).state is BatchState.refused
    assert kept_files(council) == before


def test_a_part_that_is_lost_before_it_is_read_is_told(council):
    page = council.page("qa_manager")
    with worker_rests(council):
        upload(page, zipped({"u.txt": b"lost on the way"}))
    number = number_of(page)
    evidence_store.remove_parts(council.app.config, batch_of(council, number).parts.split())
    work(council)
    page.get(f"{HOME}/batches/BAT-{number:04d}")
    assert "The ZIP is no longer as it was uploaded, so nothing of it was added. Upload it again." in page.text


def test_a_zip_too_large_or_missing_is_named_and_nothing_is_kept(council, monkeypatch):
    page, before = council.page("qa_manager"), kept_files(council)
    monkeypatch.setitem(council.app.config, "ZIP_CONTENT_LENGTH", 3_000)
    upload(page, b"x" * 5_000, name="all we have.zip", status=422)
    assert "all we have.zip is larger than 200 MB. Make two or more ZIPs of it and try again." in page.text
    monkeypatch.undo()
    monkeypatch.setattr(zips, "PACKED_LIMIT", 3_000)
    upload(page, b"x" * 5_000, name="all we have.zip", status=422)
    assert "all we have.zip is larger than 200 MB" in page.text or "all we have.zip is larger than 0 MB" in page.text
    upload(page, b"", name="none.zip", status=422)
    assert "none.zip: The file is empty." in page.text
    assert kept_files(council) == before


def test_a_disk_that_is_full_when_it_is_uploaded_keeps_no_part_of_it(council, monkeypatch):
    page, before, real, written = council.page("qa_manager"), kept_files(council), parts.store.put, []

    def full_at_the_third(config, data, limit):
        written.append(limit)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return real(config, data, limit)

    monkeypatch.setattr(parts, "PART", 100)
    monkeypatch.setattr(parts.store, "put", full_at_the_third)
    upload(page, zipped({"v.txt": bytes(range(256)) * 4}), status=507)
    assert len(written) == 3 and kept_files(council) == before


def test_a_fourth_zip_waits_until_one_of_three_is_done_with(council):
    page = council.page("leader")
    for count in range(3):
        upload(page, zipped({f"{count}.txt": f"one of many {count}".encode()}))
    upload(page, zipped({"w.txt": b"too many"}), status=422)
    assert "3 ZIPs of yours wait to be checked." in page.text
    page.get(HOME)
    assert page.text.count("waiting to be checked. Nothing of it is added yet.") == 3


def test_what_was_unpacked_before_a_stop_counts_towards_the_most_of_one_zip(council, monkeypatch):
    page = council.page("auditor")
    with worker_rests(council):
        upload(page, zipped({f"{name}.txt": name.encode() * 40 for name in "xyz"}))
    number = number_of(page)
    with killed_at_the_second(council, monkeypatch):
        with council.session() as session:  # the first was larger than the ZIP says of it: all that may come out of one
            first = session.execute(
                sa.select(EvidenceBatchFile).where(EvidenceBatchFile.batch_number == number)
            ).scalar_one()
            first.unpacked = zips.UNPACKED_LIMIT
            session.commit()
        running.recover(council.engine)
        work(council)
    row = batch_of(council, number)
    assert row.state is BatchState.refused and "come to more than" in row.message and row.ended_at is not None


@pytest.mark.skipif(not ON_POSTGRESQL, reason="on SQLite one writer at a time holds the database anyway")
def test_no_file_is_removed_while_somebody_writes_a_row_that_may_name_it(council):
    """Whoever adds evidence holds the files together with others; whoever removes some waits until all of them end."""
    page, number = read(council, "qa_manager", zipped({"w.txt": b"named in a moment"}))
    page.post(f"{HOME}/batches/BAT-{number:04d}/throw-away", {"csrf_token": page.token}, status=303)
    impatient = council.engine.execution_options()
    sa.event.listen(impatient, "begin", lambda connection: connection.exec_driver_sql("SET LOCAL lock_timeout = 200"))
    context = jobs.PeriodicContext(impatient, council.app.config, system_scope("a test"))
    with council.session() as adding, council.session() as another:
        for session in (adding, another):  # they do not wait for one another
            service_clearing.service_files.hold(session)
        with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
            service_clearing.clear(pack_endings.hashes_named, context)
    service_clearing.clear(pack_endings.hashes_named, context)
    assert batch_of(council, number).state is BatchState.ended
