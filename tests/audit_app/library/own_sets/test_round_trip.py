"""A set that leaves as a workbook or as YAML comes back the same, whatever letters its people typed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.library.own_sets import files as own_set_files
from audit_app.library.own_sets import workbook as own_set_workbook
from frameworks.own_sets import own_set
from frameworks.own_sets import yaml_file as own_yaml
from tests.builders_library import make_document
from tests.chosen import WHOLE

# What people paste: accents, quotes, other scripts, emoji, what looks like a formula, YAML or markup.
ODD = ["=1+1", "+44 20", "-", "@home", "'quoted", "no", "null", "~", "1e5", "2026-02-03", "a: b", "# not a comment",
       "- item", "<b>&amp;", "{{ x }}", "“so”", "é\u0301", "👩\u200d👧", "שלום", "%PDF", "yes, partly",
       "* star", "&and", "_x000D_", "\\n", "True", "0012"]  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp", "Cf")), min_size=1, max_size=60),
).filter(lambda text: text.strip() == text and text)


@st.composite
def documents(draw):
    """A sound document whose titles, questions, hints and guidance are made of odd words."""
    told = make_document(parts=2, each=3).model_dump()
    told["title"], told["purpose"] = draw(WORDS), draw(WORDS)
    for domain in told["domains"]:
        domain["title"] = draw(WORDS)
        for question in domain["questions"]:
            question["text"] = draw(WORDS)
            question["hint"] = draw(st.none() | WORDS)
    own, _ = own_set.shaped(told)
    return own


def came_back(own, data, filename):
    found = own_set_files.read_set_file(data, filename)
    assert found.faults == ()
    assert found.own == own
    assert found.own.fingerprint == own.fingerprint


@settings(max_examples=60 if WHOLE else 5, deadline=None)
@given(
    documents().filter(lambda own: own is not None and not own_set.complaints(own, lambda _: frozenset({"HP", "CIC"})))
)
def test_a_set_comes_back_from_yaml_the_same(own):
    came_back(own, own_yaml.to_yaml(own).encode(), "set.yaml")


@settings(max_examples=20 if WHOLE else 2, deadline=None)
@given(
    documents().filter(lambda own: own is not None and not own_set.complaints(own, lambda _: frozenset({"HP", "CIC"})))
)
def test_a_set_comes_back_from_a_workbook_the_same(own):
    came_back(own, own_set_workbook.exported(own), "set.xlsx")
