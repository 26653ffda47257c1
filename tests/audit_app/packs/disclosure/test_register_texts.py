"""The texts that are looked over are all those a pack for people outside the council may print."""

import hashlib
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from types import SimpleNamespace

import pytest

from audit_app import disclosure
from audit_app.library.terms.own_words import OwnWord, OwnWords
from audit_app.packs.composing.extract import ForKind, OfItself
from audit_app.packs.contents import Colour, GapPart, SourcePart
from audit_app.packs.disclosure import clearing, register_texts, typed_texts
from audit_app.packs.disclosure.clearing import Clearing, Place
from audit_app.packs.disclosure.levels import FIELDS, INSPECTOR
from audit_app.packs.disclosure.register_texts import TypedText
from audit_app.packs.disclosure.text_columns import PRINTED_AS
from audit_app.packs.kinds.choices import Choices
from audit_app.self_assessment.prompts import OWN
from audit_app.self_assessment.queries_standing import LeadersWords
from audit_app.self_assessment.signing import contents as signing
from findings import tables
from findings.thread_shapes import Rows
from tests.audit_app.packs.composing.test_figures import composed, extract_of

# Read off what the extract says of the pack and of the council, one by one.
BY_NAME = {
    "evidence_pack", "pack_kind", "authority", "brag_meaning", "own_term", "evidence", "evidence_use",
    "evidence_version", "evidence_text", "self_assessment", "self_assessment_section", "self_assessment_passage",
    "self_assessment_claim", "self_assessment_citation", "self_assessment_plan_line", "self_assessment_look_back",
}  # fmt: skip
# Names of teams and words of a scale: the council's directory and the framework's, typed about nobody.
NOT_TYPED_ABOUT_A_CASE = {"case_audit", "domain_answer"}


def test_each_table_whose_texts_may_leave_is_read():
    leaving = {
        column.split(".")[0]
        for field, columns in PRINTED_AS.items()
        for column in columns
        if FIELDS[field][0] >= INSPECTOR
    }
    woven = {str(row.__tablename__) for row in vars(tables).values() if hasattr(row, "__tablename__")}
    assert len(Rows.__dataclass_fields__) > 10
    assert leaving - woven - BY_NAME - NOT_TYPED_ABOUT_A_CASE == set()


def test_words_that_reach_the_contents_by_another_way_stop_the_pack(build, contents_of):
    pack = contents_of(build())
    nobody_asked = Clearing(pack.level, ())
    assert typed_texts.places_nobody_was_shown(pack, nobody_asked) == []
    slipped = replace(pack, summary=(*pack.summary, "NHS number 943 476 5919"))
    assert typed_texts.places_nobody_was_shown(slipped, nobody_asked) == ["summary"]
    assert typed_texts.places_nobody_was_shown(replace(slipped, level=1), nobody_asked) == []


def test_a_day_that_our_sentence_puts_behind_a_name_is_no_birthday(build, contents_of):
    pack = contents_of(build())
    council = disclosure.council(pack.as_at.date())
    post = TypedText("SAS-0001", "self_assessment.words_post_title", "Ottoline’s mother")
    asked = Clearing(pack.level, tuple(Place(post, each, None) for each in disclosure.suspects(post.text, council)))
    assert asked.places
    signed = replace(pack, summary=(f"Signed by the {post.text}, 1 September 2026",))
    assert typed_texts.places_nobody_was_shown(signed, asked) == []
    assert typed_texts.places_nobody_was_shown(signed, Clearing(pack.level, ())) == ["summary"]
    born = replace(pack, summary=("Ottoline’s mother, and Rowan, born 1 September 2013",))
    assert typed_texts.places_nobody_was_shown(born, asked) == ["summary"]


def test_a_name_the_pack_made_up_for_an_audit_stops_nothing_though_it_has_the_shape_of_a_postcode(build, contents_of):
    pack = contents_of(build())
    nobody_asked = Clearing(pack.level, ())
    named = replace(pack, summary=(*pack.summary, "Seen in R-NG27AB and R-B334LD."))
    assert typed_texts.places_nobody_was_shown(named, nobody_asked) == []
    lived = replace(pack, summary=(*pack.summary, "Seen in R-NG27AB, of NG2 7AB."))
    assert typed_texts.places_nobody_was_shown(lived, nobody_asked) == ["summary"]


def test_a_fingerprint_of_a_file_stops_nothing_though_ten_of_its_figures_pass_for_an_nhs_number(build, contents_of):
    pack = contents_of(build())
    nobody_asked = Clearing(pack.level, ())
    fingerprint = hashlib.sha256(b"171").hexdigest()
    assert disclosure.is_nhs_number(fingerprint[9:19])
    printed = replace(pack, summary=(*pack.summary, fingerprint, f"Its SHA-256 is {fingerprint}."))
    assert typed_texts.places_nobody_was_shown(printed, nobody_asked) == []
    beside = replace(pack, summary=(*pack.summary, f"{fingerprint} of 9847342318"))
    assert typed_texts.places_nobody_was_shown(beside, nobody_asked) == ["summary"]


# Codes, references and names of ours in a signed self-assessment; its two-page summary and its writers no pack prints.
NOT_TYPED = {
    "reference", "council", "edition_id", "edition_title", "edition_fingerprint", "previous", "area_id", "agency_id",
    "grade_code", "grade_name", "question", "stance", "rung_words", "kind", "href", "action_reference", "became",
    "became_words",
}  # fmt: skip


def filled(shape, **given):
    """A value of a shape in which each text is a word that stands nowhere else."""
    made = dict(given)
    for field in fields(shape):
        if field.name not in made and field.default is MISSING:
            plain = {"str": f"{shape.__name__}.{field.name}", "int": 1, "bool": True, "int | None": 1}
            kind = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
            made[field.name] = plain.get(kind, date(2026, 11, 2))
    return shape(**made)


def words_in(value):
    for field in fields(value):
        part = getattr(value, field.name)
        for each in part if isinstance(part, tuple) else (part,):
            if is_dataclass(each):
                yield from words_in(each)
            elif isinstance(part, str) and field.name not in NOT_TYPED:
                yield part


def test_each_text_of_a_signed_self_assessment_is_read_before_a_pack_may_leave():
    cited = filled(signing.FrozenCitation, details=("A detail of what is cited",))
    claim = filled(signing.FrozenClaim, cited=(cited,), doubts=(("stale", "What spoke against it"),))
    section = filled(
        signing.FrozenSection, passages=(filled(signing.FrozenPassage, question=f"{OWN}-1"),), claims=(claim,),
        plans=(filled(signing.FrozenPlan),),
    )  # fmt: skip
    signed = filled(signing.Assessment, sections=(section,), look_back=(filled(signing.FrozenLookBack),))
    read = [text for _column, text in register_texts._of_assessment(signed)]
    typed = {*words_in(signed), "A detail of what is cited", "What spoke against it"}
    assert len(typed) > 15
    assert {words for words in typed if not any(words in text for text in read)} == set()
    of_kind = replace(extract_of((), level=INSPECTOR), for_kind=ForKind(assessment=signed))
    texts = [text for text in register_texts.typed_texts(of_kind) if text.reference == signed.reference]
    assert {text.text for text in texts} == {*read}
    assert {text.called for text in texts} == {FIELDS[f"self_assessment.{part}"][1] for part in ("text", "leader")}
    backs = tuple(replace(signed.look_back[0], is_plan=is_plan, about=f"Plan {is_plan}") for is_plan in (True, False))
    column_of = {text: column for column, text in register_texts._of_assessment(replace(signed, look_back=backs))}
    assert column_of["Plan True"] == "self_assessment_plan_line.what"
    assert column_of["Plan False"] == "self_assessment_claim.text"


# --- read off an extract, each text with the place it was typed in ----------------------------------------------------


def line(level, title):
    return SimpleNamespace(
        level=level, reference="EVD-0001", title=title, shows=f"{title} shows", proves=f"{title} proves"
    )


def extract(level=0, sections=("evidence",)):
    """One text in each place that the council itself can type; the colour’s meaning tells of a person."""
    plain = extract_of((), level=level)
    lines = {"a": (line(3, "Open"), line(1, "Ours"))}
    return replace(
        plain,
        about=replace(plain.about, title="A pack", control=replace(plain.about.control, owner_post="Head")),
        council=replace(
            plain.council, colours=(Colour("red", "Stopped", "Kayleigh said so"), Colour("blue", "Over", "Done")),
            own=OwnWords({"finding": OwnWord("discovery", "discoveries")}),
        ),
        of_itself=OfItself(words=LeadersWords("We listen", "Director", date(2026, 9, 1), "SAS-0001")),
        chosen=Choices(name="Panel report", what_for="The panel reads it", sections=sections),
        for_kind=ForKind(evidence=lines),
    )  # fmt: skip


OF_THE_COUNCIL = [
    ("PCK-0001", "evidence_pack.title", "A pack"), ("PCK-0001", "evidence_pack.marking", "OFFICIAL"),
    ("PCK-0001", "evidence_pack.owner_post", "Head"), ("", "authority.name", "Greenhaven"),
    ("", "brag_meaning.word", "Stopped"), ("", "brag_meaning.meaning", "Kayleigh said so"),
    ("", "brag_meaning.word", "Over"), ("", "brag_meaning.meaning", "Done"),
    ("", "own_term.one", "discovery"), ("", "own_term.many", "discoveries"),
    ("SAS-0001", "self_assessment.leaders_words", "We listen"),
    ("SAS-0001", "self_assessment.words_post_title", "Director"),
    ("", "pack_kind.name", "Panel report"), ("", "pack_kind.what_for", "The panel reads it"),
]  # fmt: skip


def of_evidence(title):
    return [("EVD-0001", "evidence.title", title), ("EVD-0001", "evidence.shows", f"{title} shows"),
            ("EVD-0001", "evidence_use.proves", f"{title} proves")]  # fmt: skip


def places(of):
    return [(text.reference, text.column, text.text) for text in register_texts.typed_texts(of)]


def test_each_text_that_the_council_types_itself_is_read_with_its_place():
    assert places(extract()) == [*OF_THE_COUNCIL, *of_evidence("Open"), *of_evidence("Ours")]
    assert places(extract(level=2)) == [*OF_THE_COUNCIL, *of_evidence("Open")]
    assert places(extract(level=3)) == [*OF_THE_COUNCIL, *of_evidence("Open")]
    assert places(extract(sections=("claims-and-evidence",)))[-3:] == of_evidence("Ours")
    assert places(extract(sections=("gaps",))) == OF_THE_COUNCIL
    council = disclosure.council(date(2026, 11, 2))
    stopped = clearing.clear(register_texts.typed_texts(extract(level=3)), council, (), 3)
    assert stopped.stops and [place.text.column for place in stopped.places] == ["brag_meaning.meaning"]


def test_each_text_of_the_register_stands_at_what_it_belongs_to_and_is_read_once():
    given = {"authority_id": 1, "id": 5}
    judged = tables.ImpactJudgement(**given, area_number=3, tested_by="Two auditors", judged_by_post_title="")
    beside = tables.Source(**given, impact_id=5, audit_reference="AUD-0007", document="Minutes", words=" ")
    step = tables.Milestone(**given, action_number=6, text="Families asked")
    theme = tables.Theme(**given, plan_number=2, title="Help")
    report = tables.Inspection(authority_id=1, number=4, title="Visit")
    printed = tables.Judgement(**given, inspection_number=4, printed_name="Help as printed")
    found_in = tables.Source(authority_id=1, id=6, finding_number=7, document="Report")
    plain = extract_of((), level=0)
    register = replace(plain.register, threads=(judged, [beside, step], {"a": theme}), strengths=(found_in, step))
    made = replace(plain, register=register, inspections=replace(plain.inspections, by_number={4: report},
                                                                 judgements=[printed]))  # fmt: skip
    assert [each for each in places(made) if each not in places(plain)] == [
        ("AFI-0003", "impact_judgement.tested_by", "Two auditors"), ("AFI-0003", "source.document", "Minutes"),
        ("ACT-0006", "milestone.text", "Families asked"), ("", "theme.title", "Help"),
        ("FND-0007", "source.document", "Report"), ("INS-0004", "inspection.title", "Visit"),
        ("INS-0004", "judgement.printed_name", "Help as printed"),
    ]  # fmt: skip


def test_what_is_ours_or_the_frameworks_stops_nothing_wherever_it_stands():
    pack, born = composed((), level=3), "NHS number 943 476 5919"
    nobody_asked = Clearing(pack.level, ())

    def strange(**changed):
        return typed_texts.places_nobody_was_shown(replace(pack, **changed), nobody_asked)

    assert strange() == strange(edition_note=born) == strange(logo_sha256=born) == []
    assert strange(title=born, marking=born) == ["marking", "title"]
    # What the framework's own line says of it is its own; the same line of another document is somebody's.
    assert strange(sources=(SourcePart(pack.edition_title, born),), title=born) == []
    for document in ("Annual report", "Minutes"):  # before and behind the framework by name
        assert strange(sources=(SourcePart(document, born),)) == ["sources"]
    # A small thing by its shape is asked about whatever it is called; words alone are not.
    assert strange(title="Kayleigh said so") == []


def test_a_case_or_an_audit_named_in_any_text_is_found_where_the_pack_leaves():
    def named(text, level=2):
        pack = replace(composed((), level=level), title=text)
        return typed_texts.places_that_name_a_case(pack, ["LCS-12", "", "g-9"])

    assert named("See AUD-0042") == named("As in lcs-12.") == named("(G-9)") == ["title"]
    assert named("Wait ... for AUD-0042, LCS-12") == ["title"]
    assert named("Wait ... for it") == named("See AUD-42, LCS-123") == named("See AUD-0042", level=1) == []


def test_a_text_is_named_by_the_nearest_thing_with_a_reference_however_deep_it_stands():
    pack = composed((), level=2)
    gaps = (GapPart("FND-0003", "See AUD-0042.", ""), GapPart("", "As in AUD-0043", ""), GapPart("AFI-0001", "No", ""))
    deep = replace(pack, gaps=gaps, terms=(("finding", "AUD-0044", ""),), edition_note="AUD-0045")
    assert typed_texts.places_that_name_a_case(deep, []) == ["FND-0003", "edition note", "gaps", "terms"]
    assert typed_texts.places_that_name_a_case(replace(deep, level=1), []) == []


def test_each_shape_by_which_a_person_is_told_stops_a_pack_unless_somebody_was_asked_about_it():
    pack, council = composed((), level=2), disclosure.council(date(2026, 9, 1))
    shapes = {
        "943 476 5919": "NHS number 943 476 5919", "jo@example.org": "Write to jo@example.org",
        "SE10 8TH": "lives at SE10 8TH", "020 7946 0958": "ring 020 7946 0958",
    }  # fmt: skip
    for words, text in shapes.items():
        printed = replace(pack, summary=(text,))
        assert typed_texts.places_nobody_was_shown(printed, Clearing(2, ())) == ["summary"], words
        place = TypedText("FND-0001", "finding.text", "Something else")
        asked = tuple(Place(place, each, None) for each in disclosure.suspects(text, council))
        assert typed_texts.places_nobody_was_shown(printed, Clearing(2, asked)) == [], words
        # Asked about in another case of letters it is the same words.
        assert typed_texts.places_nobody_was_shown(replace(pack, summary=(text.upper(),)), Clearing(2, asked)) == []
    assert typed_texts.places_nobody_was_shown(replace(pack, summary=tuple(shapes.values())), Clearing(1, ())) == [
        "summary"
    ]


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_texts_that_somebody_was_shown_the_longer_is_taken_out_of_a_sentence_first(turn):
    """“Kayleigh” taken out first would leave “something’s mother, 1 September 2026”, which looks like a birthday."""
    council = disclosure.council(date(2026, 9, 1))
    texts = [TypedText("FND-0001", "finding.title", words) for words in ("Kayleigh", "Kayleigh’s mother ")]
    asked = [Place(text, each, None) for text in texts for each in disclosure.suspects(text.text, council)]
    assert {place.text for place in asked} == {*texts}
    signed = replace(composed((), level=2), summary=("Signed by the Kayleigh’s mother, 1 September 2026",))
    assert typed_texts.places_nobody_was_shown(signed, Clearing(2, tuple(asked[::turn]))) == []
    assert typed_texts.places_nobody_was_shown(signed, Clearing(2, tuple(asked[:1]))) == ["summary"]
