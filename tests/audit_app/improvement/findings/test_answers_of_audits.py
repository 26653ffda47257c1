"""The answers of agreed audits to one question: whole distributions, filters, pages, all of one answer at once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from audit_app.audits.answers_counted.spread import Counted, Spread, spreads_of
from audit_app.improvement.findings import suggest
from audit_app.people.tables import Role
from findings.tables import Finding, Source
from tests import builders_figures
from tests.audit_app.improvement.rows import rows_of
from tests.statements import counted

KEY = "plan/current-plan"
PAGE = f"/greenhaven/findings/from-audits/case-audit-1/child-protection/{KEY}"
CHECK = (("no", "No"), ("partly", "Partly"), ("yes", "Yes"))
NOT_APPLICABLE = "not_applicable"


@pytest.fixture
def qa(session, signed_in_as, monkeypatch, built_once):
    """A QA manager of a council of 60 audits drawn at random and 11 that were chosen."""
    monkeypatch.setattr(builders_figures, "DAY", datetime.now(UTC).replace(hour=9) - timedelta(days=40))
    built_once("audits that answered one question", lambda: make_council(session))
    return signed_in_as(Role.qa_manager)


def make_council(session):
    builders_figures.make_council(session, random=60, chosen=11)
    connection = session.connection()
    for number in (1003, 1010, 1064):  # for these children there was nothing to ask
        where = "authority_id = 1 and audit_number = :number and question_key = :key"
        connection.execute(
            sa.text(f"update answer set code = :code where {where}"),
            {"number": number, "key": KEY, "code": NOT_APPLICABLE},
        )
    session.commit()


def answers_in_rows(session, at_random):
    """How the audits of one group answered, straight from the tables."""
    group = {row["number"] for row in builders_figures.audits_in_rows(session) if row["at_random"] is at_random}
    rows = session.connection().execute(sa.text("select * from answer")).mappings().all()
    session.commit()  # the reading is over: others may write
    return Counter(row["code"] for row in rows if row["audit_number"] in group and row["question_key"] == KEY)


def test_every_answer_is_shown_in_order_with_its_number_each_group_by_itself(qa, session):
    seen = qa.get(PAGE)
    for at_random, who in ((True, "drawn at random"), (False, "that were chosen")):
        counts = answers_in_rows(session, at_random)
        whole = sum(counts[code] for code, _ in CHECK)
        the = "" if at_random else "the "
        rows = seen.tables()[f"What the {whole} agreed audits {who} answered"][1:]
        assert [row[0] for row in rows] == ["No", "Partly", "Yes", f"Does not apply (not among the {whole})"]
        assert [row[1].partition(" that answered")[0] for row in rows] == [
            *(f"{counts[code]} of {the}{whole}" for code, _ in CHECK), str(counts[NOT_APPLICABLE])
        ]  # fmt: skip
    # The sentence names what it counts: "partly" is not hidden in a half of the scale.
    drawn = answers_in_rows(session, at_random=True)
    n, part = drawn["no"] + drawn["partly"] + drawn["yes"], drawn["no"] + drawn["partly"]
    named = (
        f"{drawn['no']} of {n} audits drawn at random said “No” and {drawn['partly']} “Partly”, together {part} of {n}"
    )
    assert f"{named} ({100 * part / n:.0f}%)" in seen.text
    assert "Not counted: 2 audits for which it does not apply." in seen.text
    assert "lower half" not in seen.text


def test_all_of_one_answer_are_chosen_at_once_and_single_ones_from_any_page(qa, session):
    counts = answers_in_rows(session, True) + answers_in_rows(session, False)
    qa.get(PAGE)
    assert len([box for box in qa.seen.select("input", name="answers") if box.get("type") == "checkbox"]) == 25
    # A yes from the first page is ticked, the list is turned, and the tick is still there.
    (first_yes, *_) = [row[0] for row in qa.tables()["Audits, the latest agreed first"][1:] if row[1] == "Yes"]
    qa.submit({"answers": [first_yes], "text": "Plans are not current.", "to_page": "2"}, status=200)
    assert "Ticked on other pages: 1 audit." in qa.text and "Plans are not current." in qa.html
    assert "page 2 of 3" in qa.text
    for page in ("1", "2", "1", "2"):  # to and fro with the same words: a page that is turned makes nothing
        qa.submit({"text": "Plans are not current.", "to_page": page}, status=200)
        assert f"page {page} of 3" in qa.text
    qa.submit({"whole": ["no"], "text": "Plans are not current."})
    assert f"raised from {counts['no'] + 1} audits" in qa.text
    sources = Counter(source.grade_code for source in rows_of(session, Source, Source.id))
    assert sources == {"no": counts["no"], "yes": 1}


def test_what_the_page_is_narrowed_to_narrows_numbers_list_and_choice(qa, session):
    only = qa.get(f"{PAGE}?how=chosen&asked_in=child-protection/core")
    counts = answers_in_rows(session, at_random=False)
    assert "drawn at random answered" not in only.text
    qa.submit({"whole": ["no"], "text": "Chosen plans are not current."})
    assert f"raised from {counts['no']} audits" in qa.text
    for nothing in (
        "how=nonsense",
        "asked_in=front-door",
        "team=999",
        "end=2020-01-01",
        "asked_in=child-protection/full",
    ):
        assert "No agreed audit fits" in qa.get(f"{PAGE}?{nothing}").text, nothing
    assert "“31/12/2026” is not a day" in qa.get(f"{PAGE}?start=31/12/2026").text
    listed = qa.get(f"{PAGE}?answer=partly").tables()["Audits, the latest agreed first"][1:]
    assert {row[1] for row in listed} == {"Partly"}


def test_a_choice_of_nothing_or_of_what_is_not_there_is_refused_and_nothing_is_kept(qa, session):
    qa.get(PAGE)
    assert "Choose the audits that show it" in qa.submit({"text": "Something."}, status=422).text
    qa.submit({"answers": ["AUD-9998"], "text": "Something."}, status=422)
    assert "One of the audits ticked is not here" in qa.text
    assert rows_of(session, Finding) == []


def test_the_overview_shows_each_question_of_a_domain_with_its_whole_distribution(qa, session):
    seen = qa.get("/greenhaven/findings/choose-question?set=case-audit-1/child-protection&domain=plan")
    (rows,) = [rows for caption, rows in seen.tables().items() if caption.endswith("how agreed audits answered")]
    (line,) = [row for row in rows if "Is there a current plan" in row[0]]
    drawn = answers_in_rows(session, at_random=True)
    n = drawn["no"] + drawn["partly"] + drawn["yes"]
    assert (
        line[1]
        == f"No: {drawn['no']} Partly: {drawn['partly']} Yes: {drawn['yes']} n = {n} Does not apply: 2, not in n"
    )
    other = qa.get("/greenhaven/findings/choose-question?set=case-audit-1/child-protection&domain=history")
    assert len(other.tables()) == 1


def test_raising_many_takes_no_more_statements_than_raising_few(qa, session, engine):
    def reads(**chosen):
        qa.get(PAGE)
        with counted(engine) as sent:
            qa.submit({**chosen, "text": "Plans are not current."}, follow=False)
        return len(sent)

    few = reads(whole=["no"])
    assert reads(whole=["no", "partly", "yes"]) <= few


# --- sentences -------------------------------------------------------------------------------------------------------


def spread(no, partly, yes, *, at_random=True, away=0):
    return Spread(at_random, CHECK, (no, partly, yes), away)


def test_a_sentence_names_each_answer_it_counts():
    (said,) = suggest.proposals([spread(66, 153, 91)])
    assert (said.part, said.whole) == (219, 310)
    assert said.sentence.startswith(
        "66 of 310 audits drawn at random said “No” and 153 “Partly”, together 219 of 310 (71%); in the service as a "
        "whole, likely "
    )
    (chosen,) = suggest.proposals([spread(3, 0, 9, at_random=False)])
    assert chosen.sentence == (
        "3 of the 12 audits that were chosen said “No” and none “Partly”. They were not selected at random: not a "
        "picture of the service."
    )


def test_below_ten_there_is_no_percentage_and_below_three_no_sentence():
    (said,) = suggest.proposals([spread(2, 1, 6)])
    assert "%" not in said.sentence and "in every 10" not in said.sentence
    assert "both need at least 10 audits" in said.sentence
    assert suggest.proposals([spread(1, 1, 0)]) == []
    assert suggest.proposals([spread(0, 0, 40)]) == []


def test_what_falls_short_follows_the_scale():
    grades = tuple((code, code) for code in ("inadequate", "requires_improvement", "good", "outstanding"))
    (said,) = suggest.proposals([Spread(True, grades, (1, 4, 20, 5))])
    assert (said.part, said.whole) == (5, 30)
    visits = (("developing", "To develop"), ("secure", "Secure"), ("strength", "A strength"))
    (said,) = suggest.proposals([Spread(True, visits, (4, 12, 4))])
    assert said.part == 4 and "Secure" not in said.sentence


def test_two_scales_and_two_groups_are_never_added():
    made = spreads_of(
        [Counted(CHECK, True, "no", 4), Counted(CHECK, False, "no", 3), Counted(CHECK[:2], True, "no", 2),
         Counted(CHECK, True, NOT_APPLICABLE, 5)], NOT_APPLICABLE,
    )  # fmt: skip
    assert sorted((each.at_random, len(each.points), each.n, each.not_applicable) for each in made) == [
        (False, 3, 3, 0), (True, 2, 2, 0), (True, 3, 4, 5)
    ]  # fmt: skip
