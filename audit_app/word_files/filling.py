"""Fills a template, in a confined child: held against the known placeholders first, then filled in a sandbox."""

import io
import json
import re
from textwrap import shorten
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from audit_app.evidence_store.refusal import Refused
from audit_app.word_files import finishing, placeholders, soundness

MOST_TOLD = 8
SHOWN = 80
NOT_XML = re.compile("[^\t\n\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
ABOUT = (
    "author", "category", "comments", "content_status", "identifier", "keywords", "language", "last_modified_by",
    "subject", "title", "version",
)  # fmt: skip
NOTES = "wordprocessingml.footnotes+xml"
BROKEN = Refused("broken", "This file could not be opened. Open it in Word, save it again as .docx and try again.")
UNSOUND = Refused(
    "unsound",
    "The document this template makes is not sound. Look where a repetition or a choice begins and ends: a {%p … %} "
    "stands alone in its paragraph and a {%tr … %} alone in its row, and each has its end in the same text or table.",
)


class Strict(DocxTemplate):
    """The library mends broken XML silently and may lose words; here it is refused."""

    def fix_tables(self, xml: str) -> Any:
        """Refuse what is not sound before tables are set right."""
        etree.fromstring(xml)
        return super().fix_tables(xml)


def answer(question: bytes) -> bytes:
    """The filled document after a line that tells the template's own words, or why it is refused."""
    line, _newline, data = question.partition(b"\n")
    asked = json.loads(line)
    try:
        document, own_words = filled(data, asked["example"], asked["contents"], asked["about"])
    except Refused as refusal:
        return json.dumps({"refused": [refusal.code, refusal.message]}).encode("ascii") + b"\n"
    return json.dumps({"own_words": own_words[:200_000]}).encode("ascii") + b"\n" + document


def filled(data: bytes, example: dict[str, Any], contents: dict[str, Any], about: dict[str, str]) -> tuple[bytes, str]:
    """The document, and what the template says by itself."""
    template = _opened(data)
    roots = _roots(template)
    soundness.check(template.docx.part.package, roots)
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    own_words = "\n".join(text for root in roots for text in _paragraphs(root))
    _check(template, roots, environment, example)
    try:
        template.render(_fit(contents), environment, autoescape=True)
        target = io.BytesIO()
        _finish(template)
        template.save(target)
    except (TemplateError, etree.XMLSyntaxError, AttributeError, ValueError, KeyError, TypeError):
        raise UNSOUND from None
    return finishing.finished(target.getvalue(), _fit(about)), own_words


def _opened(data: bytes) -> Strict:
    template = Strict(io.BytesIO(data))
    try:
        template.init_docx()
    except (KeyError, ValueError, AttributeError, OSError, etree.XMLSyntaxError):
        raise BROKEN from None
    # What a template says of itself is neither filled nor kept, nor is a picture of its first page.
    for name in ABOUT:
        setattr(template.docx.core_properties, name, "")
    rels = template.docx.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]
    return template


def _roots(template: Strict) -> list[Any]:
    """The XML of everything that is filled: body, headers, footers and footnotes."""
    document = template.docx
    rels = document.part.rels.values()
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    parts = [rel.target_part for rel in rels if not rel.is_external and rel.reltype in kinds]
    parts += [part for part in document.part.package.iter_parts() if part.content_type.endswith(NOTES)]
    return [document.element.body, *(etree.fromstring(part.blob) for part in parts)]


def _paragraphs(root: Any) -> list[str]:
    """The text of each paragraph; what stands in a box inside one belongs to the one inside."""
    made = []
    for paragraph in root.iter(qn("w:p")):
        texts = (part for part in paragraph.iter(qn("w:t")) if next(part.iterancestors(qn("w:p"))) is paragraph)
        made.append("".join(part.text or "" for part in texts))
    return made


def _check(
    template: Strict, roots: list[Any], environment: ImmutableSandboxedEnvironment, example: dict[str, Any]
) -> None:
    for root in roots:
        where = _paragraphs(root)
        xml = template.patch_xml(template.xml_to_string(root))
        try:
            tree: nodes.Template = environment.parse(re.sub(r"<w:p(?=[ >])", "\n<w:p", xml))
        except TemplateSyntaxError as problem:
            raise Refused("syntax", _syntax(problem, xml)) from None
        faults = placeholders.faults(tree, example)
        if faults:
            sentences = [f"{fault.says} {_place(fault.words, where)}" for fault in faults[:MOST_TOLD]]
            more = [f"And {len(faults) - MOST_TOLD} more."] if len(faults) > MOST_TOLD else []
            raise Refused("placeholder", " ".join([*sentences, *more]))


def _place(words: str, where: list[str]) -> str:
    """Paragraph 12: “Dear {{ reciever }}”."""
    named = re.compile(rf"\{{[^{{}}]*(?<![\w.]){re.escape(words)}(?!\w)")
    for number, text in enumerate(where, 1):
        if named.search(text):
            return f"It stands in paragraph {number}: “{shorten(text, SHOWN, placeholder='…')}”."
    return "Look through the template for it."


def _syntax(problem: TemplateSyntaxError, xml: str) -> str:
    lines = re.sub(r"<w:p(?=[ >])", "\n<w:p", xml).split("\n")
    near = re.sub(r"<[^>]+>", "", lines[problem.lineno - 1]) if 0 < problem.lineno <= len(lines) else ""
    place = f" near “{shorten(near, SHOWN, placeholder='…')}”" if near.strip() else ""
    return f"The template cannot be read{place}: {problem.message}"


def _finish(template: Strict) -> None:
    finishing.set_language(template.docx)
    for rel in template.docx.part.rels.values():
        if not rel.is_external and rel.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            finishing.turn_lines(rel.target_part.element)
    finishing.turn_lines(template.docx.element.body)


def _fit(value: Any) -> Any:
    """Texts as Word can hold them: each line a paragraph of its own, no sign that XML has no room for."""
    if isinstance(value, dict):
        return {name: _fit(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_fit(part) for part in value]
    return NOT_XML.sub("", value).replace("\n", "\a") if isinstance(value, str) else value
