"""What a proof-reader is shown: each kind of fault planted in one pack, and none in texts that are well."""

from dataclasses import replace
from datetime import date

import pytest

from audit_app.packs import contents, queries_gathering
from audit_app.packs.composing import pack as composing
from audit_app.packs.release import proofs
from tests import builders_packs

TODAY = date(2026, 11, 2)


@pytest.fixture
def pack(session, year):
    row = builders_packs.make_row(level=2, author_post="QA Manager", owner_post="Director", approvals="The board",
                                  circulation="Ofsted")  # fmt: skip
    extract = queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=6)
    return contents.read_pack(contents.canonical(composing.compose(extract)))


def with_text(pack, text):
    return replace(pack, not_yet=(("AFI-0001", text),))


def test_each_planted_fault_is_told_once_with_its_place(pack):
    planted = {
        "Placeholder": "The figure is [insert] for now.",
        "Date passed": "All plans will be rewritten by 3 March 2026.",
        "Acronym": "The QXZ board agreed.",
        "Count": "There are 99 actions that answer this.",
    }
    before = {(fault.kind, fault.words) for fault in proofs.faults(pack, TODAY)}
    for kind, text in planted.items():
        listed = [fault for fault in proofs.faults(with_text(pack, text), TODAY)
                  if (fault.kind, fault.words) not in before]  # fmt: skip
        assert [(fault.kind, fault.where) for fault in listed] == [(kind, "Not yet")], (kind, listed)


@pytest.mark.parametrize(
    "text",
    [
        "All plans were rewritten by 3 March 2026.",
        "All plans will be rewritten by 3 March 2031.",
        "The Quality Zone (QZN) agreed; QZN meets monthly.",
        "There is 1 action that answers this.",
        "Nothing is amiss.",
    ],
)
def test_what_is_well_is_left_alone(pack, text):
    before = {(fault.kind, fault.words) for fault in proofs.faults(pack, TODAY)}
    assert [fault for fault in proofs.faults(with_text(pack, text), TODAY)
            if (fault.kind, fault.words) not in before] == []  # fmt: skip


def test_document_control_that_names_nobody_or_a_day_gone_by_is_told(pack):
    held = replace(pack.control, author_post="", approvals=" ", review_on=date(2026, 1, 1))
    words = {fault.words for fault in proofs.faults(replace(pack, control=held), TODAY)}
    assert {"No author is named", "Nobody is named as having approved it", "To be reviewed on 1 January 2026"} <= words
