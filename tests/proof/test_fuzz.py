"""Fuzzing in full: 50,000 mutated forms, not one answer of 500 or above (IN-10)."""

from tests.audit_app.security import fuzzing, world

POSTS = 50_000
ROUND = 5_000  # a fresh council every so often, before the attack has spoilt too much of it


def test_fifty_thousand_mutated_forms_break_nothing_in_10(make_app):
    accepted = set()
    for seed in range(POSTS // ROUND):
        app, engine = make_app(PROOF_MINUTES=10_000)
        made = world.make_world(app, engine, random=3, chosen=1)
        run = fuzzing.Fuzzer(app, engine, made.person, seed).run(ROUND)
        assert run.failures == []
        accepted |= run.accepted
    assert len(accepted) >= 60


def test_the_fuzzer_sees_a_page_that_breaks(make_app):
    """The control: one broken view among the others is found."""
    app, engine = make_app(PROOF_MINUTES=10_000)
    made = world.make_world(app, engine, random=1, chosen=1)
    view = app.view_functions["home.read_notices"]

    def broken():
        raise RuntimeError("broken on purpose")

    broken.opened_to = view.opened_to
    app.view_functions["home.read_notices"] = broken
    run = fuzzing.Fuzzer(app, engine, made.person, 1)
    run.run(len(run.rules))
    assert {endpoint for endpoint, *_ in run.failures} == {"home.read_notices"}
