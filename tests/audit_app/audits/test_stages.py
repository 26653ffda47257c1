"""The state table, tried pair by pair against one typed by hand (PE-6)."""

import itertools

import pytest

from audit_app.audits import stages
from audit_app.audits.stages import Hat, Step
from audit_app.audits.tables import Stage
from findings.errors import NotAllowed, OutOfTurn

# Typed by hand: step, from, to, who. A: its auditor; Q: a QA manager who is not its auditor.
BY_HAND = """
allocate drawn allocated Q
begin allocated in_progress A
submit in_progress submitted A
agree submitted agreed Q
reopen submitted in_progress AQ
reopen agreed in_progress Q
exempt drawn exempted Q
exempt allocated exempted Q
exempt in_progress exempted Q
replace drawn replaced Q
replace allocated replaced Q
replace in_progress replaced Q
withdraw drawn withdrawn Q
withdraw allocated withdrawn Q
withdraw in_progress withdrawn Q
withdraw submitted withdrawn Q
withdraw agreed withdrawn Q
"""
ALLOWED = {
    (step, start): (end, who) for step, start, end, who in (line.split() for line in BY_HAND.split("\n") if line)
}
HATS = {"A": {Hat.its_auditor}, "Q": {Hat.qa_manager}, "": set()}


def test_there_are_twelve_stages_and_three_exits():
    assert len(Stage) == 15


@pytest.mark.parametrize("wearer", HATS)
@pytest.mark.parametrize("start", Stage)
def test_every_pair_of_stages_is_as_typed_by_hand_pe_6(start, wearer):
    reached = {}
    for step in Step:
        try:
            reached[step.value] = stages.next_stage(step, start, HATS[wearer]).value
        except OutOfTurn:
            assert (step.value, start.value) not in ALLOWED
        except NotAllowed:
            assert wearer not in ALLOWED[(step.value, start.value)][1] or not wearer
    wanted = {step: end for (step, begin), (end, who) in ALLOWED.items() if begin == start and wearer and wearer in who}
    assert reached == wanted


def test_a_qa_manager_neither_agrees_nor_unlocks_an_audit_of_their_own_pe_3_pe_4():
    both = {Hat.its_auditor, Hat.qa_manager}
    for step, stage in ((Step.agree, Stage.submitted), (Step.reopen, Stage.agreed)):
        with pytest.raises(NotAllowed):
            stages.next_stage(step, stage, both)


def test_no_step_leads_out_of_an_exit():
    for step, stage in itertools.product(Step, stages.EXITS):
        assert not stages.may(step, stage, set(Hat))
