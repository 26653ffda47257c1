"""Pages of evidence: a file is added beside what it proves, found by its words, renewed, withdrawn; who sees which."""

import gc
import io
import zlib

import pytest
import sqlalchemy as sa
from reportlab.pdfgen.canvas import Canvas

from audit_app.evidence.register import queries as register
from audit_app.evidence.tables import EvidenceVersion
from tests import builders_evidence

HOME = "/greenhaven/evidence"
SAID = {
    "title": "Dip sample of ten plans", "shows": "Nine of ten plans say who does what.", "effect": "impact",
    "level": "2", "renewal": "quarterly", "speaks_to-day": "31", "speaks_to-month": "10", "speaks_to-year": "2026",
    "made_on-day": "1", "made_on-month": "11", "made_on-year": "2026",
}  # fmt: skip
DATES = {name: value for name, value in SAID.items() if "-" in name}


def pdf(*lines):
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for place, line in enumerate(lines):
        canvas.drawString(72, 720 - 20 * place, line)
    canvas.save()
    return target.getvalue()


def add(page, data, name, *, how="file", proves="", status=303, **changed):
    """Add evidence as a browser would: the form fetched first, the file sent with it."""
    address = f"{HOME}/add/{how}" + (f"?proves={proves}" if proves else "")
    page.get(address)
    fields = {**page.form_data(), **SAID, **changed}
    fields.pop("file", None)
    file = {"file": (io.BytesIO(data), name)} if data is not None else {}
    return page.post(address, {**fields, **file}, content_type="multipart/form-data", status=status)


def number_of(seen):
    return int(seen.url.rsplit("EVD-", 1)[1][:4])


def test_a_file_is_added_to_an_action_shown_beside_it_and_found_by_its_words(council):
    qa = council.page("qa_manager")
    qa.get(f"/greenhaven/plan-actions/ACT-{council.action:04d}")
    assert "Nothing is attached yet." in qa.text
    qa.click("Add evidence")
    qa.click("A file kept here")
    add(qa, pdf("The quarry walk was kept"), "dip sample.pdf", proves=f"ACT-{council.action:04d}", part="completion")
    assert qa.url.endswith(f"ACT-{council.action:04d}")
    assert "Dip sample of ten plans" in qa.text and "Proves that it was completed" in qa.text
    qa.get(HOME, query_string={"words": "QUARRY  walk"})
    assert "1 piece of evidence" in qa.text and "the quarry walk was kept" in qa.text
    qa.get(HOME, query_string={"words": "quarry moon"})
    assert "No evidence fits" in qa.text
    qa.get(HOME, query_string={"proves": "ACT"})
    qa.click(qa.first("tbody").first("a").text)
    assert "Action ACT-0001, that it was completed" in qa.text
    picture = qa.client.get(qa.first("img").get("src"), base_url="http://localhost")
    assert picture.content_type == "image/png" and picture.data.startswith(b"\x89PNG")
    assert picture.headers["Cache-Control"] == "no-store"


def test_a_download_is_never_shown_inside_the_page_up_5(council):
    qa = council.page("qa_manager")
    seen = add(qa, "Café\n<script>alert(1)</script>".encode(), "notes on <plans>.txt")
    answer = qa.client.get(f"{HOME}/EVD-{number_of(seen):04d}/versions/1/file", base_url="http://localhost")
    assert answer.data == "Café\n<script>alert(1)</script>".encode()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "<" not in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == "text/plain; charset=utf-8"


def test_the_same_bytes_are_kept_once_and_attached_twice(council):
    qa, files = council.page("qa_manager"), council.app.config["DATA_FOLDER"] / "evidence"
    numbers = [number_of(add(qa, b"minutes of the board", f"minutes {n}.txt", title=f"Minutes {n}")) for n in (1, 2)]
    with council.session() as session:
        rows = session.exec(sa.select(EvidenceVersion).where(EvidenceVersion.evidence_number.in_(numbers))).scalars()
        hashes = {row.sha256 for row in rows}
    assert len(hashes) == 1
    assert [path.name for path in files.rglob(hashes.pop())] != []


# --- what must not come in -------------------------------------------------------------------------------------------


def bomb():
    """A PDF of two kilobytes that unpacks to more than two hundred megabytes."""
    packed = zlib.compress(b"\0" * (201 * 1024 * 1024), 9)
    start = b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
    return start + packed + b"\nendstream\nendobj\n%%EOF"


def locked():
    from_pypdf = pytest.importorskip("pypdf")
    writer, target = from_pypdf.PdfWriter(clone_from=io.BytesIO(pdf("locked"))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(target)
    return target.getvalue()


WRONG = {
    "empty": (lambda: b"", "plan.pdf", "plan.pdf: The file is empty"),
    "mislabelled": (lambda: b"\x89PNG\r\n\x1a\n", "plan.pdf", "plan.pdf: The file's name ends in .pdf, but"),
    "damaged": (lambda: b"%PDF-1.7\nnothing that can be read\n%%EOF", "plan.pdf", "plan.pdf: This PDF is damaged"),
    "cut off": (lambda: pdf("cut off")[:-30], "plan.pdf", "plan.pdf: This PDF is not complete"),
    "locked": (locked, "plan.pdf", "plan.pdf: This PDF is locked"),
    "bomb": (bomb, "plan.pdf", "plan.pdf: This PDF unpacks to far more than its size"),
    "macros": (lambda: b"PK\x03\x04", "plan.docm", "plan.docm: This kind of file can hold macros"),
    "an old e-mail": (lambda: b"\xd0\xcf\x11\xe0", "letter.msg", "letter.msg: Files ending in .msg cannot be added"),
    "no e-mail": (lambda: b"Dear all,\n", "letter.eml", "letter.eml: The file's name ends in .eml, but"),
    "26 MB": (lambda: b"x" * (26 * 1024 * 1024), "plan.txt", "plan.txt is larger than 25 MB"),
    "none": (lambda: None, "", "Choose the file"),
}  # fmt: skip


def stored(council):
    folder = council.app.config["DATA_FOLDER"] / "evidence"
    with council.engine.connect() as connection:
        rows = connection.execute(sa.select(sa.func.count()).select_from(EvidenceVersion.__table__)).scalar_one()
    return rows, sorted(str(path) for path in folder.rglob("*") if path.is_file())


LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # by the test client itself


# Each costs a child process and a page.
REFUSED_BELOW = pytest.mark.proof("test_evidence_store refuses the same file with the same reason")
ON_EVERY_RUN = ("empty", "cut off", "26 MB", "none")


@LEFT_OPEN
@pytest.mark.parametrize(
    "case", [case if case in ON_EVERY_RUN else pytest.param(case, marks=REFUSED_BELOW) for case in WRONG]
)
def test_a_file_that_must_not_come_in_is_named_and_nothing_is_kept(council, case):
    make, name, sentence = WRONG[case]
    qa, before = council.page("qa_manager"), stored(council)
    add(qa, make(), name, status=422)
    assert sentence in qa.text
    assert qa.form_data()["title"] == SAID["title"]  # typed text stays
    assert stored(council) == before
    gc.collect()


@LEFT_OPEN
def test_a_file_of_forty_megabytes_is_named_and_what_was_typed_stays(council):
    qa, before = council.page("qa_manager"), stored(council)
    add(qa, b"x" * (40 * 1024 * 1024), "film.txt", status=422)
    assert "film.txt is larger than 25 MB. Make it smaller, or split it, and try again." in qa.text
    assert {name: qa.form_data()[name] for name in SAID} == SAID
    assert stored(council) == before
    gc.collect()


@LEFT_OPEN
def test_a_file_that_changes_while_it_is_sent_leaves_nothing(council):
    """The browser says how long the file is and sends less, because somebody saved it meanwhile."""
    qa, before = council.page("qa_manager"), stored(council)
    qa.get(f"{HOME}/add/file")
    fields = {**qa.form_data(), **SAID, "csrf_token": qa.token}
    lines = [
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    body = "".join(lines) + '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf of'
    answer = qa.client.post(
        f"{HOME}/add/file", input_stream=io.BytesIO(body.encode()), content_length=len(body) + 500,
        content_type="multipart/form-data; boundary=cut", base_url="http://localhost", headers={"Referer": qa.url},
    )  # fmt: skip
    assert answer.status_code in (303, 400)  # the door turns such a form round, or the browser has gone
    gc.collect()
    assert stored(council) == before


def test_a_full_disk_keeps_the_old_version_up_4(council, monkeypatch):
    qa = council.page("qa_manager")
    number = number_of(add(qa, b"the old one", "minutes.txt"))
    before = stored(council)
    there = f"{HOME}/EVD-{number:04d}/new-version/file"
    qa.get(there)
    fields = {**qa.form_data(), **DATES, "why": "Newer minutes."}

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        file = {"file": (io.BytesIO(b"the new one"), "minutes.txt")}
        qa.post(there, {**fields, **file}, content_type="multipart/form-data", status=507)
    assert stored(council) == before
    qa.get(f"{HOME}/EVD-{number:04d}")
    assert "version 1" in qa.text and "Download minutes.txt" in qa.text


def test_an_e_mail_is_read_as_text_and_what_was_attached_is_told(council):
    qa = council.page("qa_manager")
    mail = (
        b"From: Office <office@x.example>\r\nSubject: Duty nurse\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n"
        b"<p>A nurse can be <b>rung</b>.</p><script>alert(1)</script>\r\n--B\r\nContent-Type: application/zip\r\n"
        b'Content-Disposition: attachment; filename="all.zip"\r\n\r\nPK\r\n--B--\r\n'
    )
    seen = add(qa, mail, "duty nurse.eml")
    assert "1 file was attached to this e-mail and not kept: all.zip" in qa.text
    assert "A nurse can be rung." in qa.text and "alert" not in qa.text
    answer = qa.client.get(f"{HOME}/EVD-{number_of(seen):04d}/versions/1/file", base_url="http://localhost")
    assert b"A nurse can be rung." in answer.data and b"script" not in answer.data and b"PK" not in answer.data


# --- renewing and withdrawing ----------------------------------------------------------------------------------------


def test_two_people_with_a_new_version_the_second_is_told_and_nothing_is_overwritten(council):
    qa = council.page("qa_manager")
    with council.session() as session:
        number = builders_evidence.add(session, by=council.people["qa_manager"]).number
        session.commit()
    there = f"{HOME}/EVD-{number:04d}/new-version/link"
    qa.get(there)
    mine = {
        **qa.form_data(),
        **DATES,
        "why": "Mine, the second.",
    }
    mine["address"] = "https://x.example/second"
    qa.submit({**mine, "why": "Theirs, the first.", "address": "https://x.example/first", "once": ""})
    assert "version 2" in qa.text
    qa.post(there, {**mine, "once": ""}, status=409)
    assert "Newest version" in qa.text
    qa.get(f"{HOME}/EVD-{number:04d}")
    assert "version 2" in qa.text and "Mine, the second." not in qa.text


def test_withdrawn_evidence_says_so_where_it_was_used(council):
    qa, finding = council.page("qa_manager"), f"FND-{council.finding:04d}"
    with council.session() as session:
        row = builders_evidence.add(session, by=1, proves=[finding], title="Figures of August")
        session.commit()
    qa.get(f"{HOME}/EVD-{row.number:04d}/withdraw")
    qa.submit({"reason": ""}, status=422)
    qa.submit({"reason": "One team was counted twice."})
    assert "One team was counted twice." in qa.text
    qa.get(f"/greenhaven/findings/{finding}")
    assert "Figures of August Withdrawn" in qa.text
    qa.get(HOME, query_string={"words": "Figures of August"})
    assert "No evidence fits" in qa.text


def test_evidence_that_is_here_is_attached_by_search_and_taken_away_with_a_reason(council):
    qa, area = council.page("qa_manager"), f"AFI-{council.area:04d}"
    with council.session() as session:
        row = builders_evidence.add(session, by=1, title="What parents said in spring")
        session.commit()
    name = f"EVD-{row.number:04d}"
    qa.get(f"{HOME}/choose?proves={area}&words=parents+said+in+spring")
    qa.submit({"evidence": name, "part": "impact", "proves": "Parents see a difference."})
    assert qa.h1.startswith(area) and "Parents see a difference." in qa.text
    qa.click(name)
    qa.click(f"Take it away from area for improvement {area}, its impact")
    qa.submit({"reason": "It is about another service."})
    assert "What it proved before" in qa.text and "It is about another service." in qa.text
    qa.get(f"/greenhaven/areas-for-improvement/{area}")
    assert "What parents said in spring" not in qa.text


# --- who may ---------------------------------------------------------------------------------------------------------

# Typed by hand: who sees somebody else's evidence of each level, the most closed first.
SEES = {
    "qa_manager": (True, True, True, True),
    "leader": (False, True, True, True),
    "auditor": (False, False, True, True),
    "team_manager": (False, False, True, True),
    "business_support": (False, False, True, True),
    "practitioner": (False, False, False, False),
}


@pytest.fixture(scope="module")
def by_level(council):
    """A file of each level, added by somebody else, with words of its own inside."""
    files = [builders_evidence.a_file(f"secret words of level {level}".encode()) for level in range(4)]
    with council.session() as session:
        rows = [
            builders_evidence.add(
                session, by=1, level=level, title=f"Of level {level}", held=builders_evidence.Held.here, file=file,
                address="", config=council.app.config,
            ).number
            for level, file in enumerate(files)
        ]  # fmt: skip
        session.commit()
    return rows


@pytest.mark.parametrize("role", SEES)
def test_evidence_is_seen_by_its_level_on_its_page_in_search_and_as_a_file_ob_1(council, by_level, role):
    page, seen = council.page(role), []
    page.get(HOME, query_string={"words": "secret words of level"})
    listed = page.text
    for level, number in enumerate(by_level):
        there = f"{HOME}/EVD-{number:04d}"
        statuses = {page.client.get(f"{there}{end}", base_url="http://localhost").status_code
                    for end in ("", "/versions/1/file")}  # fmt: skip
        assert statuses in ({200}, {404})
        assert (f"Of level {level}" in listed) == (statuses == {200})
        seen.append(statuses == {200})
    assert tuple(seen) == SEES[role]


def test_an_administrator_sees_no_evidence(council, by_level):
    council.page("admin").get(f"{HOME}/EVD-{by_level[3]:04d}", status=403)


def test_one_attaches_to_what_one_owns_and_changes_what_is_ones_own(council):
    manager, auditor = council.page("team_manager"), council.page("auditor")
    action = f"ACT-{council.action:04d}"
    auditor.get(f"{HOME}/add/link?proves={action}", status=403)
    assert "This belongs to somebody else" in auditor.text
    add(manager, None, "", how="link", proves=action, address="https://x.example/rota", title="Rota", level="0")
    manager.get(HOME, query_string={"words": "Rota"})
    manager.click(manager.first("tbody").first("a").text)
    assert "Add a new version" in manager.text
    there = manager.url
    auditor.get(there, status=404)
    with council.session() as session:
        row = builders_evidence.add(session, by=1, level=3)
        session.commit()
    manager.get(f"{HOME}/EVD-{row.number:04d}/change", status=403)
    manager.get(f"{HOME}/EVD-{row.number:04d}/withdraw", status=403)


def test_a_page_of_the_register_beyond_the_last_is_the_last_and_a_percent_sign_is_no_wildcard(council):
    with council.session() as session:
        numbers = [
            builders_evidence.add(
                session, by=1, title=f"Ledger {count}", held=builders_evidence.Held.here, address="",
                file=builders_evidence.a_file(f"ledger of 100%_sure {count}".encode()), config=council.app.config,
            ).number
            for count in range(5)
        ]  # fmt: skip
        session.commit()
        page = {"today": builders_evidence.date(2026, 11, 2), "grace_days": 21, "size": 2}

        def listed(words, number):
            wanted = register.EvidenceFilter(words=words)
            return register.list_evidence(session, builders_evidence.builders.AUTHORITY_ID, wanted, page=number, **page)

        last = listed("100%_SURE", 9)
        assert (last.total, last.page, last.pages) == (5, 3, 3)
        assert [row.line.reference for row in last.rows] == [f"EVD-{numbers[0]:04d}"]
        assert listed("100%xsure", 1).total == listed("100%xsure", 2).total == 0
        assert (listed("100%xsure", 2).page, listed("ledger of 100%_sure 4", 1).total) == (1, 1)
