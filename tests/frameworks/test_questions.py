"""What a question and a domain say travels whole: from the bank, and from a council's own set, into what is asked."""

from datetime import date

import pytest
from pydantic import ValidationError

from frameworks import reader
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnDomain, OwnQuestion
from frameworks.questions import Domain, DomainHeading, Question, WrittenDomain, WrittenQuestion
from frameworks.schema import AnswerScales
from frameworks.shapes import Shape, carried_into
from tests.builders_library import make_document, make_question

# Every key of a question that need not be there, with something said.
SAID = {
    "starred": True,
    "hint": "Look at the chronology.",
    "limit": "Ten working days",
    "basis": "Our own standard",
    "scale": "four-point",
    "mandatory": False,
    "informs": ("ilacs-2026/HP",),
    "show_if": {"question": "d1/q1", "answers": ("good", "outstanding")},
    "was": ("d1/q0",),
}
# Keys that came later: what was published before must not notice them.
SAID_SINCE = {
    "and_if": {"question": "d1/q2", "answers": ("good",)},
    "unit": "days",
    "second": {"label": "Priority", "scale": "four-point"},
    "always_applies": True,
    "asks_evidence": True,
    "asks_action": True,
    "sub_section": "Papers",
}
# Computed before the shapes of a question became one; a set that was published then must still prove itself.
FINGERPRINTS = {
    "plain": "2d9a002323bcd643f4f429ad5b1f16e2c4bf79de0901328466f09b4468fd4e02",
    "filled": "d8bf0c6add31437391ebb75a192c9413c93375ec149c521cec5344f3b549a6b3",
}


def filled_document(**since):
    """A document in which one question and one domain say something under every key."""
    values = make_document().model_dump()
    domain = values["domains"][1]
    domain["questions"] = (*domain["questions"], make_question(50, **SAID, **since))
    domain |= {"safety_critical": True, "impact": True, "graded": False, "guidance": {"good": "It is well done."}}
    domain["also_informs"] = ("national-framework-2023/O3",)
    own, complaints = own_set.shaped(values)
    assert own is not None, complaints
    return own


def names(shape):
    return set(shape.model_fields)


def same(written, asked, shape, *, but=()):
    """Which keys of a shape do not say the same in both."""
    return [key for key in shape.model_fields if key not in but and getattr(written, key) != getattr(asked, key)]


def test_a_set_and_an_own_set_add_to_a_question_and_a_domain_only_what_they_alone_know():
    assert names(Question) - names(WrittenQuestion) == {"key"}
    assert names(OwnQuestion) - names(WrittenQuestion) == {"core", "retired"}
    assert names(WrittenDomain) - names(DomainHeading) == {"questions"} == names(Domain) - names(DomainHeading)
    assert names(OwnDomain) - names(DomainHeading) == {"questions", "retired"}


def test_every_key_of_a_question_is_said_by_the_test_below():
    optional = {key for key, field in WrittenQuestion.model_fields.items() if not field.is_required()}
    # There is one safety question in a set, and it is the builder's own.
    assert optional - {"safety"} == set(SAID) | set(SAID_SINCE)


def test_what_a_question_and_its_domain_say_in_an_own_set_is_what_is_asked():
    own = filled_document(**SAID_SINCE)
    built = own_set.built(own, "own-x-neglect-1", date(2026, 11, 2)).question_sets[-1]
    for domain in own.domains:
        assert same(domain, built.domain(domain.id), DomainHeading, but={"guidance"}) == []
        assert dict(built.domain(domain.id).guidance) == dict(domain.guidance or {})
        for question in domain.questions:
            assert same(question, built.question(f"{domain.id}/{question.id}"), WrittenQuestion) == []


def test_what_a_question_says_in_the_bank_is_what_is_asked(small):
    bank = small / "bank.yaml"
    told = ", hint: Look, limit: Ten days, basis: Ours, mandatory: true, informs: [ilacs-2026/HP], was: [plan/old]"
    text = bank.read_text("utf-8").replace("text: Is it clear?,", f"text: Is it clear?{told},")
    bank.write_text(text, "utf-8")
    asked = reader.read_edition(small).question_sets[1].question("record/clear")
    assert (asked.hint, asked.limit, asked.basis, asked.mandatory) == ("Look", "Ten days", "Ours", True)
    assert (asked.informs, asked.was) == (("ilacs-2026/HP",), ("plan/old",))


def test_sets_published_by_councils_keep_their_fingerprints():
    documents = {"plain": make_document(), "filled": filled_document()}
    assert {name: own.fingerprint for name, own in documents.items()} == FINGERPRINTS


@pytest.mark.parametrize(
    ("changed", "scale_id"),
    [
        ({}, "four-point"),
        ({"type": "check"}, "yes-partly-no"),
        ({"type": "timescale"}, None),  # the set names no scale for them
        ({"type": "narrative"}, None),
        ({"type": "narrative", "scale": "in-time"}, "in-time"),
        ({"type": "check", "safety": True}, "safe-today"),
        ({"type": "check", "safety": True, "scale": "in-time"}, "in-time"),
    ],
)
def test_a_question_is_answered_on_its_own_scale_or_on_that_of_its_kind(changed, scale_id):
    question = WrittenQuestion(
        **{"id": "q", "number": "Q", "text": "How?", "type": "judged", "cohorts": ("ALL",)} | changed
    )
    assert AnswerScales(check="yes-partly-no", judged="four-point").scale_id_of(question) == scale_id


class Old(Shape):
    """A shape to be carried from."""

    name: str
    note: str = ""
    left: int = 1


class New(Shape):
    """A shape to be carried into."""

    name: str
    note: str
    place: int


def test_what_two_shapes_share_is_carried_the_rest_left_behind_and_what_is_given_wins():
    old = Old(name="One", note="As it was", left=7)
    assert carried_into(New, old, place=3) == New(name="One", note="As it was", place=3)
    assert carried_into(New, old, place=3, note="Anew").note == "Anew"
    with pytest.raises(ValidationError, match="place"):
        carried_into(New, old)


def test_what_does_not_fit_a_shape_is_not_repeated_in_its_refusal():
    with pytest.raises(ValidationError) as caught:
        Old(name="One", left="Jo Bloggs, 4 May 2011")
    assert "left" in str(caught.value) and "Bloggs" not in str(caught.value)
