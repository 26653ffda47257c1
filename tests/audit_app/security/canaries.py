"""Marks planted in what is not everybody's, and a crawl of every page by every role that looks for them (OB-3)."""

import io
import zipfile
from datetime import UTC, datetime
from itertools import product

import pypdfium2
import sqlalchemy as sa
from sqlmodel import AutoString, SQLModel

from audit_app import database, drafts
from audit_app.audits.tables import Answer, AuditVersion, CaseAudit, DomainAnswer
from audit_app.people.access import Role, system_scope
from tests import builders, builders_audits
from tests.audit_app.security import world

OTHER_COUNCIL = 2
TEXT = "CANARY"
# Codes and references that must stay what they are, or the row would not be one.
KEPT = {
    "edition_id",
    "set_id",
    "length",
    "fingerprint",
    "judgement_area_id",
    "grade_code",
    "domain_id",
    "question_key",
    "code",
    "grade",
    "overall_grade",
    "sources",
    "tests_area",
    "prefix",
    "colour",
    "kind",
    "path",
    "contents",
    "contents_sha256",
    "key_list",
    "values",
    "cohort",
    "age_band",
    "reason",
}


def copy_council(engine):
    """The same council again under another id, every id and number the same, every text marked."""
    with engine.begin() as connection:
        authority = SQLModel.metadata.tables["authority"]
        connection.execute(
            authority.insert().values(
                id=OTHER_COUNCIL,
                key="otherford",
                name="Otherford",
                marking="OFFICIAL",
                reference_pattern=r"G-\d{6}",
                reference_example="G-123456",
                logo_sha256="",
                fictional=False,
                revision=1,
            )
        )
        for table in SQLModel.metadata.sorted_tables:
            if "authority_id" not in table.c or table.name in ("history_entry", "kept_form"):
                continue
            for row in connection.execute(table.select().where(table.c.authority_id == world.COUNCIL)).mappings().all():
                connection.execute(
                    table.insert().values(
                        **{**{n: marked(table.c[n], v) for n, v in row.items()}, "authority_id": OTHER_COUNCIL}
                    )
                )


NAMES = {
    **{name: TEXT + name for name in ("draft", "submitted", "agreed", "private", "unsaved", "council")},
    **{name: name for name in ("G-770001", "G-770002", "G-770003")},
}


def crawl(app, engine, person_id, pages):
    """The marks a person meets, each with the first page that shows it, and every page that broke."""
    page, found, broken = world.sign_in(app, engine, person_id), {}, []
    for address in pages:
        marks, status = marks_on(page, address, NAMES.values())
        broken += [address] if status >= 500 else []
        for name, mark in NAMES.items():
            if mark in marks:
                found.setdefault(name, address)
    return found, broken


def marked(column, value):
    """A text with the mark of the other council."""
    if column.table.name == "own_set_version" and column.name in ("edition_id", "contents"):
        return (
            value.replace("own-greenhaven", "own-otherford")
            .replace("draft-", "other-")
            .replace('"text":"', f'"text":"{TEXT}council ')
        )
    if not is_text(column) or column.name in KEPT or not value or "sha256" in column.name:
        return value
    return f"{TEXT}council {value}"[: column.type.length or 9_000]


def tables_marked(engine):
    """The tables in which a row of the other council carries its mark: a crawl for marks nobody planted finds none."""
    found = set()
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            texts = [column for column in table.c if is_text(column)]
            if "authority_id" in table.c and texts:
                marks = sa.or_(*(column.contains(f"{TEXT}council") for column in texts))
                if connection.execute(sa.select(table.c.authority_id).where(marks).limit(1)).first():
                    found.add(table.name)
    return found


def is_text(column):
    """Whether a column holds text: SQLModel's own kind of string is no `sa.String`, and an enum's is no text."""
    return isinstance(column.type, sa.String | AutoString) and not isinstance(column.type, sa.Enum)


class Planted:
    """Audits at three stages and unsaved text, each with marks of its own, in a team of its own."""

    def __init__(self, app, engine):
        with database.AuditSession(
            engine, expire_on_commit=False, info={"scope": system_scope("planting", world.COUNCIL)}
        ) as s:
            s.info["log_key"] = app.extensions["log_key"]
            self.team = builders.make_team(s, "Hidden Team", service="Hidden Service")
            self.author = builders.make_person(s, roles=(Role.auditor,), name="The Author").id
            agreeing = builders.make_person(s, roles=(Role.qa_manager,)).id
            make = {"team_id": self.team, "auditor_id": self.author}
            draft = builders_audits.make_audit(s, **make, case_reference="G-770001")
            builders_audits.answer_all(s, draft)
            submitted = builders_audits.make_submitted(s, **make, case_reference="G-770002")
            agreed = builders_audits.make_agreed(s, **make, case_reference="G-770003", agreed_by=agreeing)
            self.numbers = {"draft": draft.number, "submitted": submitted.number, "agreed": agreed.number}
            s.flush()
            for stage, number in self.numbers.items():
                mark_audit(s, number, stage)
            drafts.keep(
                s,
                authority_id=world.COUNCIL,
                person_id=self.author,
                path=f"/greenhaven/audits/AUD-{draft.number:04d}/domains/plan",
                fields=[("rationale", f"{TEXT}unsaved")],
                reason="typing",
                now=datetime.now(UTC),
            )
            s.commit()

    def allowed(self, role, *, author=False, manages=False):
        """Which marks this person may see, typed by hand from the table of roles (security, section 2).

        The auditor's private notes and unsaved text are the auditor's alone.
        """
        if author:
            return {"draft", "submitted", "agreed", "private", "unsaved", "G-770001", "G-770002", "G-770003"}
        if role is Role.qa_manager:
            return {"draft", "submitted", "agreed", "G-770001", "G-770002", "G-770003"}
        if role is Role.team_manager and manages:
            return {"submitted", "agreed", "G-770002", "G-770003"}
        return {"agreed", "G-770003"} if role is Role.leader else set()


def mark_audit(session, number, stage):
    """Every text of an audit, its answers and its versions carries the mark of its stage."""
    mark = f"{TEXT}{stage} "
    here = {"authority_id": world.COUNCIL}
    session.execute(
        sa.update(CaseAudit)
        .filter_by(**here, number=number)
        .values(
            overall_rationale=mark,
            strengths=mark,
            worries=mark,
            difference=mark,
            theme=mark,
            private_notes=f"{TEXT}private",
        )
    )
    session.execute(sa.update(DomainAnswer).filter_by(**here, audit_number=number).values(rationale=mark))
    session.execute(sa.update(Answer).filter_by(**here, audit_number=number).values(text=mark))
    for version in session.exec(sa.select(AuditVersion).filter_by(**here, audit_number=number)).scalars():
        version.contents = version.contents.replace("The child now sleeps at home every night.", mark)
        session.add(version)


QUERIES = (
    "findings/raise?audit={}&question=plan/specific",
    "audits/new/child-protection/core?re_audit_of={}",
    "log?view=cases",
    "log?view=security",
    "log?reference={}",
    "audits?search=G-77000",
    "audits?auditor_id=1",
    "findings?words=CANARY",
    "audits?how_chosen=random&stage=in_progress",
    "audit-actions?whose=all",
    "audit-actions?whose=team",
    "concerns?show=closed",
    "changes?since=2024-01-01",
    "notices",
    "findings/from-audits/case-audit-1/child-protection/plan/specific?audits={}",
)


def addresses(app, engine, key=builders.AUTHORITY_KEY, most=12):
    """Every page that GET opens, with values that exist: all audits, and a few of everything else."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if "GET" not in rule.methods or rule.endpoint in ("static", "people.sign_in", "people.set_password"):
            continue
        given = {**world.values_for(engine, rule), "authority": [key]}
        names = sorted(rule.arguments)
        for values in list(product(*(given[name][-most:] for name in names)))[:60]:
            parts = {name: rule._converters[name].to_url(value) for name, value in zip(names, values, strict=True)}
            found.append("".join(parts[text] if dynamic else text for dynamic, text in rule._trace if text != "|"))
    audits = [f"AUD-{number:04d}" for number in world.keys_of(engine, "case_audit", "number")]
    for query in QUERIES:
        found += [f"/{key}/{query.format(audit)}" for audit in (audits if "{}" in query else audits[:1])]
    return found


def addresses_of_their_sets(app, engine):
    """Every page here that is asked for by an edition, asked for with the other council's own."""
    theirs = {
        "edition": ["own-otherford-neglect-1"],
        "older": ["own-otherford-neglect-1"],
        "newer": ["own-otherford-neglect-2"],
        "set_id": ["neglect"],
        "length": ["full"],
        "domain": ["d1"],
        "question": ["q3"],
        "asked": ["q3"],
    }
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.arguments & {"edition", "older"}:
            given = {**world.values_for(engine, rule), **theirs, "authority": [builders.AUTHORITY_KEY]}
            parts = {name: rule._converters[name].to_url(given[name][0]) for name in rule.arguments}
            yield "".join(parts[text] if dynamic else text for dynamic, text in rule._trace if text != "|")


def marks_on(page, address, marks):
    """The marks a page, workbook, archive or PDF shows."""
    answer = page.client.get(address, base_url="http://localhost")
    data = b"\n".join(unpacked(answer.data, answer.mimetype)) if answer.status_code < 500 else b"500"
    answer.close()
    return {mark for mark in marks if mark.encode() in data}, answer.status_code


def unpacked(data, mimetype):
    """The readable parts of what came back."""
    yield data
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from unpacked(archive.read(member), "")
    elif data[:5] == b"%PDF-":
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                yield page.get_textpage().get_text_range().encode()
