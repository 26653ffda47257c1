"""The fictional evidence on the timeline: added, attached, renewed, withdrawn; and the evidence folder."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from audit_app import clock
from audit_app.demo import evidence_files
from audit_app.demo.texts import texts
from audit_app.demo.thread import Thread
from audit_app.evidence import service
from audit_app.evidence.folder import queries as folder_queries
from audit_app.evidence.folder import service as folder
from audit_app.evidence.folder.service import COLUMNS
from audit_app.evidence.given import NewEvidence, NewVersion
from audit_app.evidence.proving import service as proving
from audit_app.evidence.queries import get_evidence
from audit_app.evidence.states import Effect, EntryStatus, Held, Renewal
from audit_app.evidence.tables import FOLDER
from findings.references import ACTION, AREA, FINDING, reference

PREFIXES = {"finding": FINDING, "area": AREA, "action": ACTION}


class Evidence:
    """Puts the evidence on the same timeline as the thread, through the services people use."""

    def __init__(self, thread: Thread, config: Mapping[str, Any]) -> None:
        self.thread, self.world, self.config = thread, thread.world, config

    def plan(self) -> None:
        """Each piece with what became of it, then the folder."""
        file = texts("evidence")
        for piece in file["pieces"]:
            self.thread.at(piece["ago"], self.adding(piece))
            if "again" in piece:
                self.thread.at(piece["again"]["ago"], self.renewing(piece))
            if "withdrawn" in piece:
                self.thread.at(piece["withdrawn"][0], self.withdrawing(piece))
        self.thread.at(file["folder"]["begun"], self.beginning())
        for place, entry in file["folder"]["entries"].items():
            last = min(
                [piece["ago"] for piece in file["pieces"] if piece["key"] in entry["pieces"]],
                default=file["folder"]["begun"],
            )
            self.thread.at(min(last, file["folder"]["begun"]), self.filling(place, entry))

    def _writing(self, by: int, now: datetime) -> dict[str, Any]:
        return {"by": by, "now": now, "today": clock.london_day(now), "config": self.config}

    def _version(self, given: dict, now: datetime, why: str = "") -> NewVersion:
        """A version as the file tells it; a day is never after the one it is added on, which may be a working day."""
        latest = clock.london_day(now)
        first, last, made_on = (min(self.world.day(ago), latest) for ago in (*given["speaks"], given["made"]))
        more: dict[str, Any] = {"pages": given.get("pages")}
        if "file" in given:
            more = {"held": Held.here, "file": evidence_files.made(given["file"]["name"], given["file"]["lines"])}
        elif "link" in given:
            more |= {"held": Held.link, "address": given["link"]}
        else:
            where, who = given["elsewhere"]
            more |= {"held": Held.elsewhere, "held_where": where, "held_by": who}
        return NewVersion(speaks_from=first, speaks_to=last, made_on=made_on, why=why, **more)

    def adding(self, piece: dict):
        """A piece of evidence, attached to what it proves."""

        def add(by: int, now: datetime) -> None:
            session, council = self.world.session, self.world.authority_id
            new = NewEvidence(
                title=piece["title"], shows=piece["shows"], effect=Effect(piece["effect"]), level=piece["level"],
                renewal=Renewal(piece["renewal"]), owner_post_id=self.world.posts[piece["owner"]],
            )  # fmt: skip
            row = service.add_evidence(session, council, new, self._version(piece, now), **self._writing(by, now))
            self.world.numbers[f"evidence {piece['key']}"] = row.number
            for thing, proves in piece["proves"]:
                key, _, part = thing.partition("/")
                named = reference(PREFIXES[key.split()[0]], self.world.numbers[key])
                whole = "/".join(filter(None, (named, part)))
                proving.attach(session, council, row.number, whole, proves=proves, by=by, now=now)

        return add

    def renewing(self, piece: dict):
        """A new version; what rests on the old one stays on it."""

        def renew(by: int, now: datetime) -> None:
            session, council = self.world.session, self.world.authority_id
            row = get_evidence(session, council, self.world.numbers[f"evidence {piece['key']}"])
            version = self._version(piece["again"], now, piece["again"]["why"])
            given = {"revision": row.revision, **self._writing(by, now)}
            service.renew_evidence(session, council, row.number, version, **given)

        return renew

    def withdrawing(self, piece: dict):
        """A piece withdrawn with its reason."""

        def withdraw(by: int, now: datetime) -> None:
            session, council = self.world.session, self.world.authority_id
            row = get_evidence(session, council, self.world.numbers[f"evidence {piece['key']}"])
            reason, revision = piece["withdrawn"][1], row.revision
            service.withdraw_evidence(session, council, row.number, reason=reason, revision=revision, by=by, now=now)

        return withdraw

    def beginning(self):
        """The folder, begun with the starter entries."""

        def begin(by: int, now: datetime) -> None:
            for row in folder.begin_folder(self.world.session, self.world.authority_id, by=by, now=now):
                self.world.numbers[f"entry {row.position}"] = row.number

        return begin

    def filling(self, place: int, entry: dict):
        """An entry with its owner, its source, its next refresh and what stands under it."""

        def fill(by: int, now: datetime) -> None:
            session, council = self.world.session, self.world.authority_id
            number = self.world.numbers[f"entry {place}"]
            row = folder_queries.get_entry(session, council, number)
            given: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS if name != "owner_post_title"}
            given |= {
                "source": entry["source"], "owner_post_id": self.world.posts[entry["owner"]],
                "refresh_on": self.world.day(entry["refresh"]), "status": EntryStatus(entry["status"]),
            }  # fmt: skip
            by_whom: dict[str, Any] = {"by": by, "now": now, "today": clock.london_day(now)}
            folder.correct_entry(session, council, number, revision=row.revision, **given, **by_whom)
            for key in entry["pieces"]:
                piece = self.world.numbers[f"evidence {key}"]
                proving.attach(session, council, piece, reference(FOLDER, number), by=by, now=now)

        return fill
