"""The invented audits before they are written: fixed numbers, and words for everything that may be graded."""

from random import Random

import pytest

import frameworks
from audit_app.demo import answers
from audit_app.demo.draws import AUDITS, draw_audits
from audit_app.demo.texts import texts
from audit_app.library import product_editions
from tests import builders

SETS = frameworks.question_sets(product_editions.edition_for_new(builders.MOMENT.date()))
WORDS = {"domains": texts("practice")["domains"], **texts("closing")}


def test_the_same_seed_draws_the_same_audits():
    first, again, other = (draw_audits(Random(seed)) for seed in (5, 5, 6))
    assert len(first) == AUDITS
    assert first == again != other


@pytest.mark.parametrize("questions", SETS, ids=lambda one: f"{one.id}-{one.length}")
@pytest.mark.parametrize("place", range(4))
def test_every_question_set_can_be_told_at_every_grade(questions, place):
    entries = answers.write_entries(Random(place), questions, place, "", WORDS)
    assert entries == answers.write_entries(Random(place), questions, place, "", WORDS)
    assert [domain_id for domain_id, _ in entries.domains] == [domain.id for domain in questions.domains]
    for domain_id, entry in entries.domains:
        graded = questions.domain(domain_id).graded and questions.domain_scale
        assert bool(entry.grade) != entry.not_applicable or not graded


def test_every_graded_domain_has_words_for_every_grade():
    for questions in SETS:
        for domain in questions.domains:
            if domain.graded and questions.domain_scale:
                told = WORDS["domains"][domain.id]
                assert set(told) == set(questions.scale(questions.domain_scale).codes)
                assert min(len(sentences) for sentences in told.values()) >= 2


def test_no_rationale_is_too_short_to_mean_anything():
    for told in WORDS["domains"].values():
        for grade, sentences in told.items():
            shortest = min(len(sentence.split()) for sentence in sentences)
            assert shortest + min(len(effect.split()) for effect in WORDS["effects"][grade]) >= 15


def test_no_overall_rationale_is_too_short_either():
    for told in (WORDS, *WORDS["by_set"].values()):
        sentences = [one for grades in told.get("overall", {}).values() for one in grades]
        assert [one for one in sentences if len(one.split()) < 15] == []


def said(found):
    """Every piece of text in a file; a value that a stray comma cut off would come out as nothing."""
    if isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from said(one)
    else:
        yield found


@pytest.mark.parametrize("name", ["closing", "people", "practice", "thread"])
def test_no_stray_comma_has_cut_a_sentence(name):
    assert None not in list(said(texts(name)))


def test_what_is_said_in_the_thread_is_said_in_whole_sentences():
    told = texts("thread")
    sentences = [one["text"] for one in told["findings"]]
    sentences += [one["what"] for one in told["actions"]]
    sentences += [note for one in told["actions"] for _, _, note in one.get("progress", ())]
    sentences += [
        judged[part] for one in told["areas"] for judged in one.get("impact", ()) for part in ("different", "not_yet")
    ]
    assert [one for one in sentences if one and not one.endswith(".")] == []
