"""Drafts say so on every page; each released copy says who has it; paper can be asked whether it is current."""

import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import openpyxl
import pypdf
import pytest
from sqlmodel import select

from audit_app import evidence_store, history
from audit_app.packs import cli, contents
from audit_app.packs.disclosure import pseudonyms
from audit_app.packs.endings import service as endings
from audit_app.packs.release import copies, current, queries_current, service, service_copies
from audit_app.packs.service_building import render_again
from audit_app.packs.tables import PackRelease
from audit_app.people.tables import Role
from tests import builders, builders_packs

COUNCIL, NOW = builders_packs.COUNCIL, builders_packs.NOW
DRAFT = "Draft: not released"
GIVEN = {"recipient": "Ofsted, lead inspector", "purpose": "Inspection of November", "released_on": NOW.date()}
PACKS = "/greenhaven/packs"


@pytest.fixture
def out(session, build):
    """A council with a pack, somebody who reads it and somebody who releases it."""
    row = build(level=2)
    made = SimpleNamespace(
        row=row,
        number=row.number,
        reader=builders.make_person(session, roles=(Role.qa_manager,)).id,
        director=builders.make_person(session, roles=(Role.leader,)).id,
    )
    session.commit()
    return made


def let_go(session, out, row, **given):
    """Proof-read and released, its copy's files made."""
    row.frozen_at = NOW
    service.proof_read(session, COUNCIL, row.number, note="Looked at", by=out.reader, now=NOW)
    made = service.release(session, COUNCIL, row.number, by=out.director, now=NOW, **{**GIVEN, **given})
    session.commit()
    session.refresh(made)
    session.commit()
    return made


def pages_of(app, sha256):
    data = evidence_store.read_file(app.config, sha256)
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def test_a_draft_says_so_on_every_page_and_a_copy_says_who_has_it(app, session, out, signed_in_as):
    draft = pages_of(app, out.row.pdf_sha256)
    assert len(draft) == out.row.pages
    assert all(DRAFT in page for page in draft)
    frozen = (out.row.contents, out.row.fingerprint, out.row.pdf_sha256)
    first = let_go(session, out, out.row)
    second = let_go(session, out, out.row, recipient="Improvement Board", purpose="Its meeting")
    assert [first.copy_number, second.copy_number] == [1, 2]
    session.refresh(out.row)
    assert (out.row.contents, out.row.fingerprint, out.row.pdf_sha256) == frozen

    for release, other in ((first, second), (second, first)):
        pages = pages_of(app, release.pdf_sha256)
        assert len(pages) == len(draft)
        assert not any(DRAFT in page for page in pages)
        (control,) = [page for page in pages if "Released to" in page]
        said = " ".join(control.split())
        # What is printed is worked out from the rows here, not by the product's own words.
        for text in (release.recipient, release.purpose, "2 November 2026", f"Copy {release.copy_number}"):
            assert text in said, text
        assert out.row.fingerprint in control.replace(" ", "").replace("\n", "")
        assert other.recipient not in said
    with zipfile.ZipFile(io.BytesIO(evidence_store.read_file(app.config, first.archive_sha256))) as whole:
        names = {name: whole.read(name) for name in whole.namelist()}
    assert names["PCK-0001.pdf"] == evidence_store.read_file(app.config, first.pdf_sha256)
    assert names["contents.json"].decode("utf-8") == out.row.contents
    for data, standing in (
        (evidence_store.read_file(app.config, out.row.workbook_sha256), {"State": DRAFT}),
        (names["PCK-0001.xlsx"], {"Copy": "1", "Released to": first.recipient, "What for": first.purpose}),
    ):
        about = dict(
            row[:2] for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
        )
        assert {
            name: about.get(name) for name in ("State", "Copy", "Released to", "What for") if name in about
        } == standing

    # The same contents and the same release give the same bytes.
    same = render_again(app.config, out.row, cli.RENDERERS, [(copies.copy_of(first), first.pdf_sha256)])
    assert same["PCK-0001.pdf"] and same["PCK-0001-copy-1.pdf"]
    changed = [(copies.copy_of(first), second.pdf_sha256)]
    assert not render_again(app.config, out.row, cli.RENDERERS, changed)["PCK-0001-copy-1.pdf"]
    facts = [x.facts for x in history.entries_about(session, COUNCIL, "PCK-0001") if x.event == "packs.copy_made"]
    assert len(facts) == 2 and any(first.pdf_sha256 in each for each in map(str, facts))
    session.commit()

    leader = signed_in_as(person_id=out.director)
    leader.get(f"{PACKS}/PCK-0001")
    assert "each page says that it is a draft" in leader.text
    taken = leader.get(f"{PACKS}/PCK-0001/copies/1/pdf").data
    assert taken == evidence_store.read_file(app.config, first.pdf_sha256)
    leader.get(f"{PACKS}/PCK-0001/copies/3/pdf", status=404)
    leader.get(f"{PACKS}/current?pack={out.row.fingerprint[:4]}+{out.row.fingerprint[4:8]}")
    assert "PCK-0001 is the current version, last released on 2 November 2026." in leader.text

    endings.withdraw(session, COUNCIL, out.number, reason="A share was wrong", by=out.reader, now=NOW)
    session.commit()
    for path in ("copies/1/pdf", "copies/2/zip", "files/pdf"):
        answer = leader.client.get(f"{PACKS}/PCK-0001/{path}", base_url="http://localhost")
        assert answer.status_code == 410 and "A share was wrong" in answer.get_data(as_text=True)
    leader.get(f"{PACKS}/current?pack=pck-0001")
    assert "PCK-0001 was withdrawn on" in leader.text and "A share was wrong" in leader.text


def test_the_register_is_taken_away_with_its_formulas_dead_ex_4(app, session, out, signed_in_as):
    let_go(session, out, out.row, recipient="=HYPERLINK(1)", purpose="@SUM(1+1)")
    leader = signed_in_as(person_id=out.director)
    leader.get(f"{PACKS}/released")
    leader.submit(form="released.xlsx", status=200)
    book = openpyxl.load_workbook(io.BytesIO(leader.data))
    _marking, head, line = list(book["What went to whom"].iter_rows())
    said = dict(zip([cell.value for cell in head], line, strict=True))
    assert (said["Pack"].value, said["Copy"].value, said["Now"].value) == ("PCK-0001", 1, "Stands")
    assert said["Fingerprint of the contents"].value == out.row.fingerprint
    for name, typed in (("Who", "=HYPERLINK(1)"), ("What for", "@SUM(1+1)")):
        assert said[name].data_type == "s" and said[name].value.lstrip("'") == typed


def test_paper_is_current_superseded_or_a_draft(session, out, build):
    def said(typed):
        return [(x.reference, x.current, x.sentence, x.instead) for x in
                queries_current.answers_to(session, COUNCIL, typed)]  # fmt: skip

    assert said("PCK-0001")[0][1:3] == (
        False,
        "PCK-0001 is a draft: it has not been released, and must not be relied on.",
    )
    let_go(session, out, out.row)
    assert said("PCK-0001")[0][1] is True
    second = build(level=2, replaces=out.number)
    assert "A new version, PCK-0002, is being prepared." in said("PCK-0001")[0][2]
    let_go(session, out, second)
    assert said(out.row.fingerprint)[0] == (
        "PCK-0001", False, "PCK-0001 is no longer the current version: it was superseded. Use PCK-0002 in its place.", 2
    )  # fmt: skip
    assert said(second.fingerprint[:10].upper())[0][:2] == ("PCK-0002", True)
    endings.withdraw(session, COUNCIL, 2, reason="Wrong", by=out.reader, now=NOW)
    # What took its place is gone: the first version stands again, unless somebody withdraws it too.
    assert said("PCK-0001")[0][1] is True
    for typed in ("PCK-0009", "0" * 64, out.row.fingerprint[:7], "words", "", "zz" * 8):
        assert said(typed) == [], typed
    assert current.typed_fingerprint("AB12 cd34-ef") == "ab12cd34ef"


def test_files_of_copies_go_with_their_pack_and_are_made_once(app, session, out):
    release = let_go(session, out, out.row)
    kept = [release.pdf_sha256, release.archive_sha256]
    with pytest.raises(Exception, match="there or being made"):
        service_copies.ask_for_files(session, out.row, release, by=out.director, now=NOW)
    session.rollback()
    endings.ask_to_destroy(session, COUNCIL, out.number, reason="Too old", by=out.reader, now=NOW)
    endings.destroy(session, COUNCIL, out.number, by=out.director, now=NOW)
    session.commit()
    session.expire_all()
    given = session.exec(select(PackRelease)).one()
    assert (given.pdf_sha256, given.archive_sha256, given.recipient) == ("", "", GIVEN["recipient"])
    assert not any(evidence_store.exists(app.config, sha256) for sha256 in kept)


@pytest.mark.proof("builds four packs; the names' own rule is tested apart")
def test_packs_of_one_inspection_share_names_and_no_others_do(session, out, build, year):
    def names(row):
        session.refresh(row)
        printed = {line.name for line in contents.read_pack(row.contents).audits}
        assert printed == set(pseudonyms.read_key_list(row.key_list))
        return pseudonyms.read_key_list(row.key_list)

    november = build(level=2, for_inspection="INS-0004")
    again = build(level=2, for_inspection=" ins-0004 ", title="Another pack", period_to=NOW.date())
    other = build(level=2, for_inspection="JTAI of May")
    assert names(november) == names(again) and len(names(november)) > 5
    for one, two in ((november, other), (november, out.row), (other, out.row)):
        assert names(one).keys().isdisjoint(names(two))
        assert one.pseudonym_key != two.pseudonym_key
    # Nothing that is printed leads from one inspection's names to another's: only the key does, and each has its own.
    references = [f"AUD-{number:04d}" for number in names(november).values()]
    assert pseudonyms.names_for(other.pseudonym_key, "PCK-0002", references).keys() != names(november).keys()
    # A version made for another inspection is another inspection's; one without a word of it keeps to its own.
    moved = build(level=2, for_inspection="JTAI of May", replaces=november.number)
    assert names(moved) == names(other)
    # Below the inspector's level audits go by their references, and a publishable pack names none: no key is shared.
    inside = build(level=1, for_inspection="INS-0004")
    public = build(level=3, for_inspection="INS-0004")
    keys = {row.pseudonym_key for row in (november, inside, public)}
    assert len(keys) == 3

    # The key goes with the last pack of the inspection, and what comes after has new names.
    before = names(november)
    for row in (november, again):
        endings.ask_to_destroy(session, COUNCIL, row.number, reason="Over", by=out.reader, now=NOW)
        endings.destroy(session, COUNCIL, row.number, by=out.director, now=NOW + timedelta(minutes=1))
    session.commit()
    later = build(level=2, for_inspection="INS-0004")
    assert names(later).keys().isdisjoint(before)
