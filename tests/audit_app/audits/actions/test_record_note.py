"""The note for a child's own record, word by word."""

from datetime import date

from audit_app.audits.actions.record_note import NotedAction, record_note


def test_the_note_says_who_does_what_by_when_and_what_changed():
    actions = [
        NotedAction("Visit Ada at her new school", "Social worker", date(2026, 11, 16)),
        NotedAction(
            "Update the chronology",
            "Team manager, Assessment Team 1",
            date(2026, 11, 9),
            done_on=date(2026, 11, 5),
            what_was_done="Brought up to date to October.",
            what_changed="The next worker knows the moves.",
            confirmed_on=date(2026, 11, 6),
        ),
    ]
    assert record_note(date(2026, 11, 2), actions) == (
        "Case audit on 2 November 2026: what is to be done\n"
        "\n"
        "1. Visit Ada at her new school\n"
        "Who: Social worker\n"
        "By: 16 November 2026\n"
        "\n"
        "2. Update the chronology\n"
        "Who: Team manager, Assessment Team 1\n"
        "By: 9 November 2026\n"
        "Done on 5 November 2026: Brought up to date to October.\n"
        "What changed for the child: The next worker knows the moves.\n"
        "Confirmed by the manager on 6 November 2026\n"
    )


def test_missing_parts_are_said_to_be_missing():
    note = record_note(
        None, [NotedAction("Ring the school", "", None, done_on=date(2026, 11, 5), what_was_done="Rung.")]
    )
    assert "Case audit (not yet submitted)" in note
    assert "Who: to be named by the team manager" in note
    assert "By: no date set" in note
    assert "What changed for the child: not yet said" in note


def test_a_record_with_no_action_gets_no_note():
    assert record_note(date(2026, 11, 2), []) == ""
