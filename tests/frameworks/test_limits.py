"""What an edition or a set may hold at most and at least: each limit from both sides."""

from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from frameworks import by_type, corrections, crosswalk_file, questions, schema, shapes
from frameworks.files import shapes as files
from frameworks.own_sets import shape as own


def accepts(kind, value):
    try:
        TypeAdapter(kind).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "start", "most"),
    [
        (shapes.Text, "", 10_000),
        (shapes.Slug, "", 80),
        (shapes.Code, "", 80),
        (shapes.Key, "K", 80),
        (shapes.Number, "", 20),
        (shapes.AreaName, "ilacs-2026/H", 161),
        (shapes.QuestionKey, "plan/", 161),
        (crosswalk_file.Place, "case-audit-1/", 161),
        (own.SetId, "", 16),
        (own.DomainId, "", 20),
        (own.QuestionId, "", 30),
    ],
)
def test_words_are_as_long_as_they_may_be_and_no_longer(kind, start, most):
    longest = start + "a" * (most - len(start))
    assert [accepts(kind, words) for words in (longest, f"{longest}a", "", " ")] == [True, False, False, False]


@pytest.mark.parametrize(
    ("shape", "field", "least", "most"),
    [
        (by_type.Consequence, "months", 0, 240),
        (by_type.PointsFor, "points", 0, 1_000),
        (by_type.Band, "lowest", 0, 100_000),
        (by_type.Band, "highest", 0, 100_000),
        (by_type.Pattern, "at_least", 1, 100),
        (corrections.WrittenCorrection, "version", 2, 99),
        (schema.JudgementArea, "weight", 0, 100),
        (schema.Timescale, "months", 0, 120),
        (files.Length, "expected_minutes", 1, 2_000),
        (own.ExpectedMinutes, "core", 1, 2_000),
        (own.ExpectedMinutes, "full", 1, 2_000),
    ],
)
def test_numbers_lie_between_the_least_and_the_most(shape, field, least, most):
    info = shape.model_fields[field]
    kind = Annotated[info.annotation, *info.metadata]
    tried = (least - 1, least, most, most + 1)
    assert [accepts(kind, number) for number in tried] == [False, True, True, False]


@pytest.mark.parametrize(
    ("shape", "field", "one"),
    [
        (by_type.Pattern, "areas", ("HP",)),
        (by_type.Pattern, "graded", ("good",)),
        (crosswalk_file.Family, "editions", ("ilacs-2026",)),
        (questions.ShowIf, "answers", ("yes",)),
        (questions.WrittenQuestion, "cohorts", ("CP",)),
        (files.WrittenSet, "subjects", ("child",)),
        (files.WrittenSet, "cohorts", ("CP",)),
        (files.Length, "questions", ("plan/specific",)),
    ],
)
def test_what_must_name_something_names_one_at_least(shape, field, one):
    info = shape.model_fields[field]
    kind = Annotated[info.annotation, *info.metadata]
    assert [accepts(kind, given) for given in (one, ())] == [True, False]


def test_what_a_council_expects_of_each_length_until_it_says_otherwise():
    assert own.ExpectedMinutes() == own.ExpectedMinutes(core=60, full=120)
    assert (own.ExpectedMinutes().core, own.ExpectedMinutes().full) == (60, 120)
    assert by_type.Pattern.model_fields["at_least"].default == 1
