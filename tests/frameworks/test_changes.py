"""What happened to each question between two editions of a set."""

import pytest

from frameworks import changes, reader


def full_set(folder):
    return next(one for one in reader.read_edition(folder).question_sets if one.length == "full")


def test_each_question_is_kept_reworded_retired_or_new(small):
    older = full_set(small)
    bank = (small / "bank.yaml").read_text(encoding="utf-8")
    bank = bank.replace("Is it specific?", "Are its steps specific?").replace("id: story, number", "id: tale, number")
    (small / "bank.yaml").write_text(bank, encoding="utf-8")
    found = {one.key: one for one in changes.changes(older, full_set(small))}
    assert (found["plan/specific"].kind, found["plan/specific"].after) == ("reworded", "Are its steps specific?")
    assert found["visits/story"].kind == "retired"
    assert (found["visits/tale"].kind, found["visits/tale"].before) == ("new", None)
    assert found["record/clear"].kind == "kept"
    assert len(found) == 8


def test_another_type_of_answer_counts_as_reworded(small):
    older = full_set(small)
    bank = (small / "bank.yaml").read_text(encoding="utf-8")
    bank = bank.replace("text: Is it clear?, type: judged", "text: Is it clear?, type: check")
    (small / "bank.yaml").write_text(bank, encoding="utf-8")
    found = {one.key: one.kind for one in changes.changes(older, full_set(small))}
    assert found["record/clear"] == "reworded"


def test_a_question_that_gives_rise_to_several_is_split(small):
    older = full_set(small)
    bank = (small / "bank.yaml").read_text(encoding="utf-8")
    parts = [
        f"{{id: {name}, number: D3.{n}, text: Is it {name}?, type: judged, cohorts: [ALL], was: [record/clear]}}"
        for n, name in ((1, "plain"), (2, "short"))
    ]
    whole = "{id: clear, number: D3.1, text: Is it clear?, type: judged, cohorts: [ALL]}"
    assert whole in bank
    (small / "bank.yaml").write_text(bank.replace(whole, "\n      - ".join(parts)), encoding="utf-8")
    found = {one.key: one for one in changes.changes(older, full_set(small))}
    assert (found["record/clear"].kind, found["record/clear"].to) == ("split", ("record/plain", "record/short"))
    assert "record/plain" not in found
    assert changes.counted(found.values()) == {"kept": 6, "reworded": 0, "split": 1, "retired": 0, "new": 0}


def test_a_question_with_a_new_key_that_says_where_it_came_from_is_kept(small):
    older = full_set(small)
    bank = (small / "bank.yaml").read_text(encoding="utf-8")
    bank = bank.replace(
        "{id: clear, number: D3.1, text: Is it clear?,",
        "{id: plain, number: D3.1, text: Is it clear?, was: [record/clear],",
    )
    (small / "bank.yaml").write_text(bank, encoding="utf-8")
    found = {one.key: one for one in changes.changes(older, full_set(small))}
    assert (found["record/clear"].kind, found["record/clear"].to) == ("kept", ("record/plain",))


def changed(small, old, new, file="bank.yaml"):
    """The full set of the small edition before and after a change of words in one of its files."""
    older = full_set(small)
    text = (small / file).read_text(encoding="utf-8")
    assert old in text
    (small / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return older, full_set(small)


def test_a_grade_of_a_domain_stands_while_domain_and_scale_are_the_same(small):
    older, newer = changed(small, "title: The plan", "title: Its plan")
    assert changes.domain_kept(older, newer, "plan") is True
    assert changes.domain_kept(older, newer, "nowhere") is False


def test_a_grade_of_a_domain_that_is_gone_or_new_does_not_stand(small):
    older, newer = changed(small, "plan/*, visits/*, ", "plan/*, ", "protection.yaml")
    assert changes.domain_kept(older, newer, "visits") is False
    assert changes.domain_kept(newer, older, "visits") is False
    assert changes.domain_kept(older, newer, "record") is True


def test_a_grade_of_a_domain_that_is_not_graded_any_more_does_not_stand(small):
    older, newer = changed(small, "title: The record", "title: The record\n    graded: false")
    assert changes.domain_kept(older, newer, "record") is False
    assert changes.domain_kept(older, newer, "plan") is True


def test_no_grade_stands_on_another_scale_by_id_code_name_or_meaning(small):
    older = full_set(small)
    edition = (small / "edition.yaml").read_text(encoding="utf-8")
    for old, new in [
        ("{code: good, name: Good}", "{code: good, name: Fine}"),
        ("{code: good, name: Good}", "{code: good, name: Good, meaning: It works.}"),
        ("{code: good, name: Good}", "{code: decent, name: Good}"),
    ]:
        bank = (small / "bank.yaml").read_text(encoding="utf-8")
        (small / "bank.yaml").write_text(bank.replace("guidance: {good: The plan works.}", "guidance: {}"), "utf-8")
        (small / "edition.yaml").write_text(edition.replace(old, new, 1), encoding="utf-8")
        newer = full_set(small)
        assert changes.domain_kept(older, newer, "plan") is False, new
        assert changes.overall_kept(older, newer) is False, new


def test_an_overall_grade_stands_only_where_both_sets_end_in_one(small):
    older, newer = changed(small, "overall_grade: {scale: four-point, required: true}\n", "", "protection.yaml")
    assert changes.overall_kept(older, older) is True
    assert changes.overall_kept(older, newer) is False
    assert changes.overall_kept(newer, older) is False
    assert changes.overall_kept(newer, newer) is False


def test_what_differs_is_named_and_a_question_that_several_became_is_not_new(small):
    older, newer = changed(
        small,
        "{id: clear, number: D3.1, text: Is it clear?, type: judged, cohorts: [ALL]}",
        "{id: clear, number: D3.1, text: Is it plain?, type: check, cohorts: [ALL], "
        "was: [plan/specific, record/clear]}",
    )
    by_key = {change.key: change for change in changes.changes(older, newer)}
    assert by_key["record/clear"].differs == ("words", "type", "answers")
    assert (by_key["plan/specific"].kind, by_key["plan/specific"].to) == ("split", ("plan/specific", "record/clear"))
    assert by_key["record/clear"].to == ("record/clear",) and by_key["plan/in-time"].differs == ()
    assert not [change for change in by_key.values() if change.kind == "new"]
    assert [change.key for change in changes.changes(older, newer)] == [question.key for question in older.questions]


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ("unit: days", "unit: days", ()),
        ("unit: days", "unit: weeks", ("answers",)),
        ("", "second: {label: Priority, scale: in-time}", ("answers",)),
        ("second: {label: Priority, scale: in-time}", "second: {label: Urgency, scale: in-time}", ("answers",)),
        ("second: {label: Priority, scale: in-time}", "second: {label: Priority, scale: four-point}", ("answers",)),
        ("hint: Look", "hint: Look twice, starred: true", ()),
    ],
)
def test_what_may_be_answered_is_the_unit_and_the_second_answer_too(small, before, after, differs):
    path, plain = small / "bank.yaml", "text: Is it clear?, type: judged, cohorts: [ALL]"
    text = path.read_text(encoding="utf-8")
    asked = []
    for more in (before, after):
        path.write_text(text.replace(plain, f"{plain}, {more}" if more else plain), encoding="utf-8")
        asked.append(full_set(small))
    by_key = {change.key: change for change in changes.changes(*asked)}
    assert by_key["record/clear"].differs == differs
    assert by_key["record/clear"].kind == ("reworded" if differs else "kept")
    assert changes.counted(by_key.values())["kept"] == (6 if differs else 7)
