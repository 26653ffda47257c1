"""What happened to each question between two editions of a set."""

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
