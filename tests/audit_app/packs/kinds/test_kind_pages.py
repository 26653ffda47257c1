"""Pages of kinds: choosing one, what goes in, refusals in words, and the council's own."""

from sqlmodel import select

from audit_app.packs.kinds import choices
from audit_app.packs.tables import EvidencePackRow, PackKind
from audit_app.people.tables import Role
from tests import builders_packs

PACKS = "/greenhaven/packs"


def test_a_pack_of_a_kind_is_chosen_asked_for_and_asked_again(signed_in_as, session, year):
    page = signed_in_as(Role.qa_manager)
    page.get(f"{PACKS}/kinds")
    for name in ("Board report", "Lead member’s two pages", "There is none yet"):
        assert name in page.text
    page.get(f"{PACKS}/kinds/choose?kind=single-audit")
    page.submit({"typed_audits": "AUD-0001, nonsense"}, status=422)
    assert "nonsense is no reference of an audit" in page.text and "AUD-0001, nonsense" in page.text
    page.submit({"typed_audits": "AUD-0999"}, status=422)
    assert "AUD-0999 is no agreed audit here" in page.text
    page.submit({"typed_audits": "AUD-0001"})
    assert "Single audit" in page.text and "Audits in full: AUD-0001" in page.text
    given = {"level": "2", "purpose": "Asked for", "author_post": "QA manager", "owner_post": "Director",
             "circulation": "The inspector"}  # fmt: skip
    page.submit(given, status=422)
    assert "Concerns about the child cannot go into a pack for this audience" in page.text
    page.submit({**given, "level": "1"})
    row = session.exec(select(EvidencePackRow)).one()
    chosen = choices.read(row.choices)
    assert (row.kind, chosen.audits) == ("single-audit", (1,))
    assert "Single audit" in page.text and "AUD-0001" in page.text
    # A new version begins with what was chosen for the last.
    page.get(f"{PACKS}/new?version-of=PCK-0001")
    assert "Audits in full: AUD-0001" in page.text


def test_what_a_kind_asks_is_on_its_page_and_nothing_else(signed_in_as, session, year):
    page = signed_in_as(Role.qa_manager)
    page.get(f"{PACKS}/kinds/choose?kind=judgement-area-folder")
    page.submit({}, status=422)
    assert "Choose one judgement area at least" in page.text
    page.get(f"{PACKS}/kinds/choose?kind=self-assessment-with-evidence")
    assert "No self-assessment is signed yet" in page.text
    page.get(f"{PACKS}/kinds/choose?kind=lead-members-two-pages")
    assert "nothing to choose" in page.text
    page.get(f"{PACKS}/kinds/choose?kind=nowhere", status=404)


def test_a_councils_own_kind_from_its_form_to_a_pack(signed_in_as, session, year):
    page = signed_in_as(Role.qa_manager)
    page.get(f"{PACKS}/kinds/new?from=board-report")
    cleared = {name: "" for name in page.form_data(None, None) if name.startswith("place_")}
    page.submit({**cleared, "name": "Panel report"}, status=422)
    assert "Give one section at least a place" in page.text
    page.submit({"name": "Panel report", "place_gaps": "1", "place_since_last_board": "2"})
    row = session.exec(select(PackKind)).one()
    assert row.sections == "gaps,since-last-board,control,left-out"
    session.rollback()  # what the test reads must not hold the database
    assert "Panel report" in page.text
    page.get(f"{PACKS}/kinds/KND-0001")
    page.submit({"place_gaps": "3"})
    session.expire_all()
    assert session.exec(select(PackKind)).one().sections == "since-last-board,gaps,control,left-out"
    page.get(f"{PACKS}/kinds/choose?kind=KND-0001")
    assert "Day of the last board" in page.text


def test_only_a_qa_manager_chooses_kinds(signed_in_as, session, year):
    builders_packs.make_kind(session, year.people.manager)
    session.commit()
    leader = signed_in_as(Role.leader)
    for address in ("/kinds", "/kinds/choose", "/kinds/new", "/kinds/KND-0001"):
        leader.get(PACKS + address, status=403)
