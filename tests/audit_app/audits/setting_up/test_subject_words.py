"""The set-up form and the paper speak of what is audited, and of a child only where it is one."""

from audit_app.audits.setting_up.subject_words import CHILD, words_for
from audit_app.audits.tables import Subject


def test_a_set_for_one_thing_speaks_of_it_and_a_mixed_one_of_a_child():
    assert "supervision" in words_for(["supervision_file"]).labels["window_from"]
    assert words_for(["child", "sibling_group", "decision"]) is CHILD
    assert words_for(["child", "carer"]) is CHILD
    assert words_for([]) is CHILD


def test_nothing_about_staff_or_carers_is_marked_as_about_a_child():
    about = {subject: words_for([subject]).paper for subject in Subject}
    of_children = [subject for subject, words in about.items() if "About one child" in words]
    assert of_children == [Subject.child, Subject.sibling_group, Subject.decision]
    assert not any(words_for([subject]).about_a_child for subject in (Subject.supervision_file, Subject.carer))
