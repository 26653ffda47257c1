"""The recipes of `audit_app/README.md`: whoever forgets a place while adding something is told which, by name."""

import ast
import re
from dataclasses import fields

import pytest

from audit_app import checking, people, tables, wiring
from audit_app.home import queries as first_page
from audit_app.packs.contents import EvidencePack
from findings.tables import Action
from tests.house import source
from tests.house.test_feature_rooms import FEATURES

APP = source.ROOT / "audit_app"
RECIPES = (APP / "README.md").read_text("utf-8")


def assert_nothing_forgotten(places):
    """Fails with every place by its name; pytest alone would cut a long list short."""
    assert not places, "forgotten: " + "; ".join(places)


# --- a feature -------------------------------------------------------------------------------------------------------

# Each place, and the features that have nothing to put there, with the reason.
NOTHING_WAITS = {
    "home": "it is the page that tells what waits",
}
NOTHING_TO_CHECK = {"home": "it has no rows of its own"}
NOTHING_HANDED_OVER = {
    "evidence": "a post owns it, and whoever holds the post next is told; what no post owns says so on its page",
    "people": "posts and places in teams end with the account, on the page that hands over",
    "library": "a draft belongs to the council, and any QA manager goes on with it",
    "packs": "a pack belongs to the council as soon as it is asked for",
    "records": "what is asked there belongs to the council, and any QA manager goes on with it",
    "home": "it has no rows of its own",
}


def has_tables(feature):
    return (APP / feature / "tables.py").is_file()


def features_handed_over(app):
    return {part.list_open.__module__.split(".")[1] for part in people.hooks.handover_parts}


def places_of(feature, app):
    """Each place a feature stands in, and whether it does."""
    return {
        "the table of features in audit_app/README.md": f"| `{feature}` |" in RECIPES,
        "wiring.FEATURES": any(f".{feature}." in f"{routes.__name__}." for routes in wiring.FEATURES),
        "tables.MODULES": not has_tables(feature)
        or any(module.__name__ == f"audit_app.{feature}.tables" for module in tables.MODULES),
        "a folder of templates": (APP / "templates" / feature).is_dir(),
        "a folder of tests": (source.ROOT / "tests" / "audit_app" / feature).is_dir(),
        "home.queries.PARTS": feature in first_page.PARTS or feature in NOTHING_WAITS,
        "checking.INVARIANTS": feature in {invariant.of for invariant in checking.INVARIANTS}
        or feature in NOTHING_TO_CHECK,
        "people.hooks.handover_parts": feature in features_handed_over(app) or feature in NOTHING_HANDED_OVER,
    }


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_stands_in_every_place_of_its_recipe(feature, app):
    assert_nothing_forgotten([place for place, there in places_of(feature, app).items() if not there])


def test_a_reason_to_leave_a_place_out_is_given_only_for_features_that_do(app):
    assert NOTHING_WAITS.keys() & first_page.PARTS.keys() == set()
    assert NOTHING_HANDED_OVER.keys() & features_handed_over(app) == set()
    assert (NOTHING_WAITS.keys() | NOTHING_TO_CHECK.keys() | NOTHING_HANDED_OVER.keys()) <= set(FEATURES)


def test_a_feature_that_forgot_its_places_is_told_each_of_them(app):
    forgotten = [place for place, there in places_of("noticeboard", app).items() if not there]
    assert len(forgotten) == 7, forgotten  # all but tables, of which it has none


# --- a column on an action -------------------------------------------------------------------------------------------

ACTIONS = APP / "improvement" / "actions"
PAGE = APP / "templates" / "improvement" / "actions"
# Columns that say who, which row or what state; what they mean is shown in words made from them.
NOT_WRITTEN_OUT = {"authority_id", "number", "revision", "plan_number", "theme_id"} | {
    "position",  # told by the order in which a plan's page stands
    "due_read_on", "start_read_on",  # what the words of a date are read as; the page tells it beside the words
}  # fmt: skip
NOT_TYPED = {  # set by a step of its own form, not where an action is written down
    "status", "added_by", "added_at", "lead_person_id", "lead_post_title", "completed_on", "completed_by",
    "completed_note", "verified_on", "verified_by", "verified_by_post_title", "verified_note", "withdrawn_reason",
    "delivery",
}  # fmt: skip
NOT_SHOWN = {  # shown by name, by title or by date of the log instead
    "added_by", "added_at", "completed_by", "verified_by", "lead_post_id", "lead_person_id",
}  # fmt: skip


def text_of(*paths):
    return "\n".join(path.read_text("utf-8") for path in paths)


def forgotten_columns(names):
    """What each column of an action is missing from: the form that writes it down, the page that shows it."""
    typed = text_of(ACTIONS / "forms.py")
    shown = text_of(*sorted(PAGE.glob("*.html")), *sorted(ACTIONS.glob("queries*.py")))
    missing = [f"{name}: ActionForm" for name in names - NOT_TYPED if not re.search(rf"\b{name}\b", typed)]
    return sorted(missing + [f"{name}: the page" for name in names - NOT_SHOWN if not re.search(rf"\.{name}\b", shown)])


def test_a_column_on_an_action_is_typed_and_shown_or_said_not_to_be():
    names = set(Action.__table__.columns.keys()) - NOT_WRITTEN_OUT
    assert_nothing_forgotten(forgotten_columns(names))
    assert names >= (NOT_TYPED | NOT_SHOWN)


def test_a_column_that_is_nowhere_is_named():
    assert forgotten_columns({"monitoring_body"}) == ["monitoring_body: ActionForm", "monitoring_body: the page"]


# --- a section of a pack ---------------------------------------------------------------------------------------------

PACKS = APP / "packs"
# What a reader meets in words of its own: the marking, colours and terms run through all pages, not through one block.
NOT_A_SECTION = {"format", "terms", "logo_sha256", "edition_id"}
NOT_ON_SHEETS = {  # sentences for reading, which a workbook for sorting and counting leaves out
    "summary", "audits_note", "elsewhere_note", "edition_note", "overall_says", "overall_name", "fictional", "colours",
    "not_yet", "council", "marking", "level", "audience", "edition_version", "edition_version_on",
}  # fmt: skip


def forgotten_sections(names):
    """Which fields of a pack's contents neither the printed story nor the workbook reads."""
    story = text_of(
        *sorted((PACKS / "story").glob("*.py")), PACKS / "pdf.py", *sorted((APP / "paper").glob("cover.py"))
    )
    sheets = text_of(PACKS / "workbook.py")
    told = [f"{name}: the story" for name in names if not re.search(rf"\bpack\.{name}\b", story)]
    counted = [f"{name}: the workbook" for name in names - NOT_ON_SHEETS if not re.search(rf"\bpack\.{name}\b", sheets)]
    return sorted(told + counted)


def test_a_section_of_a_pack_is_told_on_paper_and_in_the_workbook():
    assert_nothing_forgotten(forgotten_sections({field.name for field in fields(EvidencePack)} - NOT_A_SECTION))


def test_a_section_that_nobody_reads_is_named():
    assert forgotten_sections({"voices"}) == ["voices: the story", "voices: the workbook"]


# --- a reader of something people bring ------------------------------------------------------------------------------

OPENS_FILES = {"openpyxl", "pypdfium2", "docx", "zipfile", "csv", "PIL", "python_calamine", "email", "extract_msg"}
# The only ones that open what somebody brought; every reader is handed rows, lines or pages by one of these.
OPENERS = {
    "audit_app.sheets.confined.opening",
    "audit_app.sheets.confined.workbook",
    "audit_app.sheets.confined.scan",
    "audit_app.sheets.confined.opendocument",
    "audit_app.sheets.confined.delimited",
    "audit_app.evidence_store.office",
    "audit_app.evidence_store.images",
    "audit_app.evidence_store.zips",
    "audit_app.evidence_store.reading_pdf",
    "audit_app.evidence_store.reading_office",
    "audit_app.evidence_store.reading_mail",
    "audit_app.evidence_store.reading_pictures",
    "audit_app.notices.bounces",
    "audit_app.packs.verify",
    "audit_app.word_files.filling",
    "audit_app.word_files.finishing",
    "audit_app.packs.exhibits.taking",
    "audit_app.packs.exhibits.beside",
    "audit_app.packs.exhibits.cleaning",
}
# These write such files and read none.
WRITERS = {
    "audit_app.sheets.writing",
    "audit_app.sheets.long",
    "audit_app.zip_files.writing",
    "audit_app.paper.cover",
    "audit_app.notices.smtp",
    "audit_app.notices.govuk_notify",
    "audit_app.demo.evidence_files",
    "audit_app.notices.sending",
    "audit_app.word_files.starting",
}


def test_only_openers_open_what_people_bring():
    opening = {
        source.name_of(path)
        for path in source.modules()
        if {name.split(".")[0] for name in source.imports_of(path)} & OPENS_FILES
    }
    assert opening - OPENERS - WRITERS == set()
    assert opening >= OPENERS | WRITERS


def takes_uploads(tree):
    """The views of a module that are opened for a file."""
    return {
        node.name
        for node in source.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and any(keyword.arg == "uploads" for keyword in decorator.keywords)
    }


def test_every_page_that_takes_a_file_is_tried_with_wrong_files():
    """A view opened with `uploads=True` is named by a test of its feature that sends it a file."""
    sending = text_of(*sorted((source.ROOT / "tests" / "audit_app").rglob("test_*.py")))
    untried = []
    for path in source.modules():
        for view in takes_uploads(source.tree_of(path)):
            address = re.search(rf'@\w+\.(?:route|post)\(f?["\'].*?([\w-]+)["\'][^\n]*\n(?:@[^\n]*\n)*def {view}\b',
                                path.read_text("utf-8"))  # fmt: skip
            if view not in sending and (address is None or address[1] not in sending):
                untried.append(f"{source.name_of(path)}.{view}")
    assert untried == []


def test_readme_holds_a_recipe_for_each():
    for heading in ("A feature", "An edition", "A column on an action", "A section of a pack", "A reader"):
        assert f"### {heading}" in RECIPES, heading
