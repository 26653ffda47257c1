"""Pages of packs: who sees which, the form and its faults, the page that says what the PDF says, the downloads."""

import json
import re
from datetime import date

import pytest
from sqlmodel import select

import frameworks
from audit_app.library import product_editions
from audit_app.packs import contents
from audit_app.packs.tables import EvidencePackRow
from audit_app.people.tables import Role

PACKS = "/greenhaven/packs"


@pytest.fixture
def ready(build):
    """An inspector's pack and a publishable one."""
    return build(level=2, each_audit=True), build(level=3)


def test_a_council_without_packs_is_told_what_one_is(signed_in_as):
    page = signed_in_as(Role.qa_manager)
    page.get(PACKS)
    assert "No pack has been built yet" in page.text
    page.click("Build a pack")
    assert page.form_data(None, None)["level"] == "3"


def test_building_a_pack_from_the_form(signed_in_as, session, year):
    page = signed_in_as(Role.qa_manager)
    page.get(f"{PACKS}/new")
    period = {"period_from-day": "1", "period_from-month": "4", "period_from-year": "2026",
              "period_to-day": "31", "period_to-month": "10", "period_to-year": "2026"}  # fmt: skip
    page.submit({**period, "level": "2", "circulation": "The board"}, status=422)
    assert "Enter the post that answers for this pack" in page.text
    assert "Say why this pack must tell more than a publishable one" in page.text
    assert "The board" in page.text
    page.submit({"purpose": "Asked for by the lead inspector", "author_post": "QA manager", "owner_post": "Director"})
    assert "Read the pack" in page.text
    row = session.exec(select(EvidencePackRow)).one()
    assert (row.level, row.purpose, row.marking) == (2, "Asked for by the lead inspector", "OFFICIAL-SENSITIVE")


def test_the_page_says_every_word_of_the_pdf_pd_8(signed_in_as, ready, file_of, printed):
    row = ready[0]
    page = signed_in_as(Role.qa_manager)
    page.get(f"{PACKS}/PCK-0001/read")
    words = printed(file_of(row, "pdf")) + printed(file_of(row, "pdf"), "-raw")
    main = page.seen.root.first("main") if hasattr(page.seen, "root") else None
    told = [node.text for node in main.select("p", "li", "td", "dd", "h2", "h3", "h4")] if main else [page.text]
    missing = [text for text in told if re.sub(r"\s+", "", text) not in words]
    # What only the page has: its list of chapters repeats headings, the line under its title stands on the cover; and
    # how the pack stands today.
    of_the_page = ("Contents", "Greenhaven Council. 1 April", "Draft: nobody has proof-read it")
    assert [text for text in missing if not text.startswith(of_the_page)] == []


def test_each_chart_is_a_picture_of_its_own(signed_in_as, ready):
    page = signed_in_as(Role.qa_manager)
    page.get(f"{PACKS}/PCK-0001/read")
    response = page.client.get(f"{PACKS}/PCK-0001/charts/1", base_url="http://localhost")
    assert response.content_type == "image/svg+xml"
    assert response.data.startswith(b"<?xml") or b"<svg" in response.data
    page.get(f"{PACKS}/PCK-0001/charts/999", status=404)


def test_downloads_are_attachments_in_a_sandbox_up_5(signed_in_as, ready):
    page = signed_in_as(Role.qa_manager)
    for kind, begins in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("zip", b"PK")):
        response = page.client.get(f"{PACKS}/PCK-0001/files/{kind}", base_url="http://localhost")
        assert response.status_code == 200
        assert response.data.startswith(begins)
        assert response.headers["Content-Disposition"] == f'attachment; filename="PCK-0001.{kind}"'
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert page.client.get(f"{PACKS}/PCK-0001/key-list", base_url="http://localhost").status_code == 200
    page.get(f"{PACKS}/PCK-0002/key-list", status=404)
    page.get(f"{PACKS}/PCK-0001/files/exe", status=404)


def test_a_leader_reads_what_leaves_quality_assurance_and_nothing_internal(signed_in_as, ready, build):
    build(level=0)
    leader = signed_in_as(Role.leader)
    leader.get(PACKS)
    assert "PCK-0003" not in leader.text
    leader.get(f"{PACKS}/PCK-0001/read")
    leader.get(f"{PACKS}/PCK-0003", status=404)
    leader.get(f"{PACKS}/PCK-0003/files/pdf", status=404)
    leader.get(f"{PACKS}/PCK-0001/key-list", status=403)
    leader.get(f"{PACKS}/new", status=403)


def test_others_see_no_pack(signed_in_as, ready):
    for role in (Role.auditor, Role.team_manager, Role.admin):
        page = signed_in_as(role)
        page.get(PACKS, status=403)
        page.get(f"{PACKS}/PCK-0002/files/pdf", status=403)


def test_a_pack_says_which_version_of_the_framework_it_used(signed_in_as, session, build, file_of, printed):
    row = build(level=3)
    pack = contents.read_pack(row.contents)
    newest = frameworks.edition(pack.edition_id)
    assert (pack.edition_version, pack.edition_version_on) == (newest.version, date(2026, 11, 29))
    told = f"Framework used: {pack.edition_id}, version 2, corrected on 29 November 2026."
    page = signed_in_as(Role.qa_manager)
    page.get(f"{PACKS}/PCK-0001/read")
    assert told in page.text and "corrected since" not in page.text
    assert re.sub(r"\s+", "", told) in printed(file_of(row, "pdf"))


def test_a_pack_from_before_a_correction_says_so_and_is_kept_as_it_was_made(signed_in_as, session, build):
    row = build(level=3)
    before = json.loads(row.contents)
    del before["edition_version"], before["edition_version_on"]
    row.contents = json.dumps(before)
    session.add(row)
    session.commit()
    page = signed_in_as(Role.qa_manager)
    page.get(f"{PACKS}/PCK-0001/read")
    assert f"Framework used: {before['edition_id']}, version 1, as first published." in page.text
    edition = product_editions.edition_named(before["edition_id"])
    assert f"This pack used version 1 of {edition}, which was corrected since." in page.text
    page.click("what was corrected")
    assert "What was corrected" in page.text
