"""A self-assessment through its pages: begun, given out, written, evidenced, offered, signed, read and compared."""

import pytest

from audit_app import database
from audit_app.people.access import Role, system_scope
from audit_app.self_assessment import leaders_words, standing
from tests import builders_packs
from tests import builders_self_assessment as made

LIST = "/greenhaven/self-assessments"
DAYS = {"period_from-day": "1", "period_from-month": "4", "period_from-year": "2026"}
LAST = {"period_to-day": "31", "period_to-month": "3", "period_to-year": "2027"}
COUNTED = {"period_from-day": "1", "period_from-month": "8", "period_from-year": "2026",
           "period_to-day": "31", "period_to-month": "10", "period_to-year": "2026"}  # fmt: skip


def make_council(engine, app):
    scope = system_scope("a council for a test", made.COUNCIL)
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": scope}) as session:
        session.info["log_key"] = app.extensions["log_key"]
        return builders_packs.make_year(session)


@pytest.mark.proof("the journey test_a_year goes the same way in a browser; each page has tests of its own")
def test_a_year_from_beginning_to_signature(app, engine, signed_in_as):
    year = make_council(engine, app)
    holder = signed_in_as(Role.team_manager, name="Hana Holder")
    qa, leader = signed_in_as(Role.qa_manager, name="Quinn Quality"), signed_in_as(Role.leader, name="Lee Leader")

    qa.get(LIST)
    qa.click("Begin a self-assessment")
    qa.submit({"against": "ilacs-2026"})
    assert qa.form_data()["areas"] == ["LEAD", "HP", "CIC", "CL"]  # four areas, and no overall judgement offered
    qa.submit({"title": "Self-evaluation 2026", **DAYS, **LAST, "headings": "Our lines of enquiry"})
    assert qa.h1 == "SAS-0001: Self-evaluation 2026"
    assert "0 of 5 sections ready" in qa.text

    holder.get(LIST, status=404)  # nothing of it is theirs yet
    qa.click("Change who writes The experiences and progress of children who need help and protection")
    qa.submit({"holder_id": str(holder.person_id), "due_on-day": "1", "due_on-month": "2", "due_on-year": "2026"})
    assert "Hana Holder, by 1 February 2026 – this day has passed" in qa.text
    holder.get("/greenhaven/")
    assert "Write a section of SAS-0001" in holder.text

    holder.get(LIST)
    holder.click("SAS-0001: Self-evaluation 2026")
    holder.click("The experiences and progress of children who need help and protection")
    holder.click("Write this section")
    holder.submit({"text_known": "The MASH decides quickly.", "grade_code": "good", "grade_reason": "Audits say so"})
    assert "The MASH decides quickly." in holder.text
    assert "Write “multi-agency safeguarding hub (MASH)” once." in holder.text
    section = holder.url
    holder.get(f"{LIST}/SAS-0001")
    other = holder.link("The experiences and progress of children in care")
    holder.get(f"{other}/write", status=404)  # somebody else's to write

    qa.get(section)
    qa.click("Add a claim under “What do we know about the quality and impact of practice?”")
    qa.submit({"text": "Plans say who does what by when", "stance": "works_well"})
    assert "Without evidence. Nothing that it cites shows this yet: it is said only." in qa.text
    qa.click("A figure of audits")
    qa.click("Child protection")
    qa.submit({"counts": "overall", "group": "random", "span": "days", **COUNTED})
    # Twelve drawn at random: good, good, requires improvement, good, outstanding, inadequate, twice over.
    assert "8 of 12 audits drawn at random good or better" in qa.text
    assert "Outstanding 2, Good 6, Requires improvement to be good 2 and Inadequate 2." in qa.text
    assert "67% good or better" in qa.text
    assert "None of them was moderated." in qa.text
    assert "Without evidence" not in qa.text
    qa.get(f"{qa.url}/cite-register?words=plan")
    qa.submit({"reference": "afi-0001"}, form=-1)
    assert "AFI-0001" in qa.text
    holder.get(section)
    assert "8 of 12" not in holder.text  # a team manager does not see all audits, so no figure of them either

    qa.get(f"{LIST}/SAS-0001")
    qa.click("Write these words")
    qa.submit({"leaders_words": "We know our plans are too vague, and we are mending them."})
    assert "A leader signs these words." in qa.text and "/leaders-words/sign" not in qa.html
    qa.click("Offer it for signature")
    offered = qa.form_data()
    assert {name for name in offered} >= {"reviewer_id", "revision"}
    qa.submit({"reviewer_id": str(qa.person_id)}, status=422)  # she wrote in it
    qa.submit({"reviewer_id": str(leader.person_id)})
    assert "With the reviewer" in qa.text
    holder.get(f"{section}/write", status=409)

    leader.get("/greenhaven/")
    assert "Read SAS-0001 and sign it" in leader.text
    leader.get(f"{LIST}/SAS-0001")
    leader.click("Sign these words")
    leader.submit({"post": "Director of Children’s Services"})
    leader.click("Read and sign it")
    assert "8 of 12 audits drawn at random good or better" in leader.text
    leader.submit({"post": "Director of Children’s Services"})
    assert "signed by Lee Leader, Director of Children’s Services" in leader.text
    assert "Nothing that its claims cite has been corrected, withdrawn or removed since." in leader.text
    leader.get(f"{LIST}/SAS-0001")
    assert len(leader.summary()["Fingerprint"]) == 64
    qa.get(f"{LIST}/SAS-0001/sign")
    assert "It is not offered for signature now." in qa.text

    scope = system_scope("reading for a test", made.COUNCIL)
    with database.AuditSession(engine, info={"scope": scope}) as session:
        lines = {line.area_id: line for line in standing(session, made.COUNCIL)}
        said = leaders_words(session, made.COUNCIL)
    assert set(lines) == {"LEAD", "HP", "CIC", "CL"}
    assert (lines["HP"].grade_name, lines["HP"].signed_by_post) == ("Good", "Director of Children’s Services")
    assert (lines["HP"].claims, lines["HP"].without_evidence) == (1, 0)
    assert lines["CIC"].grade_code == ""
    assert (said.text, said.post) == (
        "We know our plans are too vague, and we are mending them.", "Director of Children’s Services",
    )  # fmt: skip
    assert year.area == 1 or year.area
