"""DU-10: what goes on when the disk is nearly full is what changes nothing but a session or keeps what is typed."""

import pytest

from audit_app import disk
from audit_app.people.access import Role
from audit_app.people.access.opening import allow, at_second_step, open_to_all, signed_in, whatever_room
from audit_app.people.access.room import refuse_without_room

FAR_MORE = 10**12


def view():
    """What an address leads to."""


def marked(*marks):
    def own():
        return view()

    for mark in marks:
        own = mark(own)
    return own


@pytest.mark.parametrize(
    ("marks", "goes_on"),
    [
        ((open_to_all,), True),
        ((at_second_step,), True),
        ((signed_in, whatever_room), True),
        ((allow(Role.auditor, autosave=True),), True),
        ((signed_in,), False),
        ((allow(Role.auditor, Role.leader),), False),
        ((allow(Role.auditor, creates=True, uploads=True),), False),
        ((), False),
    ],
)
def test_with_too_little_room_only_some_views_go_on(app, marks, goes_on):
    sent_to = marked(*marks)
    with app.app_context():
        for low, none, room in ((0, 0, None), (FAR_MORE, 0, "little"), (FAR_MORE, FAR_MORE, "none")):
            app.config.update(LOW_DISK_MB=low, NO_DISK_MB=none)
            if goes_on or room is None:
                assert refuse_without_room(sent_to) is None
            else:
                with pytest.raises(disk.LowDisk) as refused:
                    refuse_without_room(sent_to)
                assert refused.value.room.name == room
