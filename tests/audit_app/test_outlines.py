"""Components drawn from outlines read as the library draws them, and nothing of what they say is kept."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import govuk_frontend_jinja
import pytest
from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from audit_app import layout, outlines, words
from audit_app.library.terms.own_words import OwnWord, OwnWords, Verbatim
from audit_app.outlines import drawing as drawer
from audit_app.outlines import parts
from tests.chosen import WHOLE

FOLDER = Path(govuk_frontend_jinja.__file__).parent / "templates" / "components"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/macro.html"))
# What could be taken for markup, for a gap, for a line of its own, for a piece of a format.
written = st.one_of(
    st.sampled_from(
        ["", "day", "A plan & a <b>half</b>", "zQ0Qz", "zQ1Qz\x85", "two\nlines", "{0}%s{{x}}", " ", "true"]
    ),
    st.text(max_size=6),
)
texts = st.one_of(
    written, written.map(Markup), written.map(words.Ours), written.map(Verbatim), st.none(), st.integers(0, 2)
)
choices = st.sampled_from([True, False, None, "", "one two", "success", 1, 0, 2])
FILLED, CHOSEN, HOLDING = (sorted(keys) for keys in (parts.TEXTS, parts.CHOICES, parts.HOLDERS))
LISTS = {"items", "errorList", "navigation"}


def params(depth=2):
    """Parameters of any component, in every mixture: those it asks for and others."""
    held = params(depth - 1) if depth else st.just({})
    kinds = {key: texts for key in FILLED} | {key: choices for key in CHOSEN}
    kinds |= {key: (st.lists(held, max_size=4) if key in LISTS else held) for key in HOLDING if depth}
    kinds["label"] = st.one_of(texts, held)
    return st.lists(st.sampled_from(sorted(kinds)), max_size=7, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries({key: kinds[key] for key in keys})
    )


def likely(depth=2):
    """Parameters as our pages give them: the parts most components have."""
    part = st.fixed_dictionaries({"text": texts}, optional={"classes": choices, "id": texts})
    item = st.fixed_dictionaries(
        {"value": texts, "text": texts, "checked": choices, "selected": choices, "label": texts, "name": texts},
        optional={"id": texts, "hint": part, "href": texts, "classes": choices, "active": choices},
    )
    base = {"id": texts, "name": texts, "label": part, "idPrefix": texts, "fieldset": st.builds(dict, legend=part)}
    return st.fixed_dictionaries(
        base,
        optional={"value": texts, "hint": part, "errorMessage": part, "items": st.lists(item, max_size=4),
                  "classes": choices, "text": texts, "rows": choices, "spellcheck": choices, "prefix": part,
                  "errorList": st.lists(item, max_size=3), "navigation": st.lists(item, max_size=3)},
    )  # fmt: skip


def retold(value, tell):
    """The same parameters with other texts where texts stand."""
    if isinstance(value, dict):
        return {key: tell(one) if key in parts.TEXTS and isinstance(one, str) and one else retold(one, tell)
                for key, one in value.items()}  # fmt: skip
    return [retold(one, tell) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def app():
    """The pages' Jinja without a database."""
    made = Flask("audit_app")
    layout.set_up_jinja(made)
    return made


@pytest.fixture(scope="module")
def drawing(app):
    """Every macro of the library as it draws by itself."""
    files = [app.jinja_env.get_template(f"{outlines.COMPONENTS}{folder}/macro.html") for folder in NAMES]
    made = {name: macro for file in files for name, macro in vars(file.make_module()).items()}
    return {name: macro for name, macro in made.items() if name.startswith("govuk")}


@settings(max_examples=400 if WHOLE else 40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_drawn_from_an_outline_reads_as_the_library_draws_it(drawing, data):
    macro = drawing[data.draw(st.sampled_from(sorted(drawing)), label="component")]
    one = data.draw(st.one_of(likely(), params()), label="parameters")
    other = retold(one, lambda text: type(text)(data.draw(written, label="text")))
    kept = outlines.Outlines()
    for given_ in (one, other, one):
        try:
            anew = macro(given_)
        except Exception:  # parameters that the component cannot draw at all
            return
        drawn = kept.drawn(macro, given_)
        assert (drawn, type(drawn)) == (anew, Markup)


TYPED = {
    "govukTextarea": {"id": "why", "name": "why", "value": "Canary\nof two lines", "label": {"text": "Why"},
                      "errorMessage": {"text": "Canary is no date"}},
    "govukInput": {"id": "who", "name": "who", "value": "Canary", "label": {"text": "Canary’s file"}},
    "govukRadios": {"name": "w", "items": [{"value": "Canary", "text": Markup("<i>Canary</i>"), "checked": True}]},
    "govukTag": {"text": words.Ours("Canary")},
    "govukWarningText": {"html": "Canary", "iconFallbackText": "Warning"},
    "govukHint": {"text": "first line\nCanary"},
    "govukButton": {"text": "Save", "attributes": {"data-of": "Canary"}},
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_nothing_of_what_a_component_says_stays(drawing, name):
    kept = outlines.Outlines()
    assert "Canary" in kept.drawn(drawing[name], TYPED[name])
    stays = [(key, outline and outline.pieces) for key, outline in kept.kept.items()]
    assert "Canary" not in repr(stays)


def test_a_typed_text_makes_no_new_outline_and_is_never_taken_for_markup(drawing):
    kept, macro = outlines.Outlines(), drawing["govukTag"]
    drawn = [kept.drawn(macro, {"text": text}) for text in ("zQ0Qz", "<b>", Markup("<b>"), "a")]
    assert len(kept.kept) == 1
    assert [re.sub(r"^<[^>]+>|</strong>", "", text).strip() for text in drawn] == ["zQ0Qz", "&lt;b&gt;", "<b>", "a"]


def test_a_choice_is_part_of_the_outline(drawing):
    kept = outlines.Outlines()
    rows = [{"value": "1", "text": "One", "checked": checked} for checked in (True, False)]
    assert [" checked" in kept.drawn(drawing["govukRadios"], {"name": "a", "items": [row]}) for row in rows * 2] == [
        True, False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [  # what a component compares, and what it writes in another way
        ("govukRadios", {"value": "c"}, {"value": "a"}),
        ("govukDateInput", {"id": "A", "items": [{"name": "Day"}]}, {"id": "A", "items": [{"name": "day"}]}),
    ],
)
def test_what_a_component_does_more_with_than_print_it_is_drawn_anew(drawing, name, one, other):
    kept = outlines.Outlines()
    for given_ in (one, other):
        asked = {"items": [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}], "name": "n"} | given_
        assert kept.drawn(drawing[name], asked) == drawing[name](asked)


def test_outlines_are_not_shared_between_councils_of_other_words(app, drawing):
    kept, text = outlines.Outlines(), {"text": words.Ours("Set up an audit")}
    with app.test_request_context("/"):
        ours = kept.drawn(drawing["govukTag"], text)
        g.own_words = OwnWords({"audit": OwnWord("review", "reviews")})
        theirs = kept.drawn(drawing["govukTag"], text)
    assert ("Set up an audit" in ours, "Set up a review" in theirs) == (True, True)
    assert len(kept.kept) == 2  # the library's own sentences may hold one of the words


def test_the_store_is_bounded_and_a_long_list_is_not_kept(drawing, monkeypatch):
    monkeypatch.setattr(drawer, "MOST_OUTLINES", 3)
    kept = outlines.Outlines()
    for number in range(8):
        kept.drawn(drawing["govukTag"], {"text": "a", "classes": f"c{number}"})
        assert len(kept.kept) <= 3
    people = [{"value": f"p{number}", "text": f"Person {number}"} for number in range(parts.MOST_TEXTS)]
    before = len(kept.kept)
    assert f"Person {len(people) - 1}" in kept.drawn(
        drawing["govukSelect"], {"label": {"text": "Who"}, "items": people}
    )
    assert len(kept.kept) == before


def test_many_threads_draw_at_once(app, drawing):
    kept = outlines.Outlines()

    def draw(number):
        with app.test_request_context("/"):
            rows = [{"value": f"{n}", "text": f"T{number}-{n}", "checked": n == number % 4} for n in range(4)]
            given_ = {"name": f"n{number}", "items": rows}
            return kept.drawn(drawing["govukRadios"], given_) == drawing["govukRadios"](given_)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(draw, range(200)))
    assert len(kept.kept) == 4
