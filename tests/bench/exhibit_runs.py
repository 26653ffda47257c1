"""Builds one large pack with or without exhibits in a process of its own, and tells its seconds, pages and memory.

Run as a program with a database's address, a folder of PDFs or nothing, and how many of them. Fetching, taking apart in
the confined child and writing are all counted; memory is the larger of this process and of its children.
"""

import json
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date

from sqlmodel import select

from audit_app import database, evidence_store, tables
from audit_app.packs import contents, pdf
from audit_app.packs.exhibits import joining
from audit_app.packs.exhibits.joining import Wanted
from audit_app.packs.parts.exhibits import ExhibitPart, Given
from audit_app.packs.tables import EvidencePackRow
from audit_app.people.access.scope import system_scope
from tests.bench import memory


def exhibits_of(config, hashes):
    """The files fetched and taken apart, and the exhibits as the contents tell them."""
    wanted = [Wanted(f"E{at}", f"E{at}", "pdf", sha256) for at, sha256 in enumerate(hashes, start=1)]
    taken = joining.take(config, wanted)
    parts = tuple(
        ExhibitPart(
            each.number, f"EVD-{at:04d}", 1, f"Exhibit {at}", "What it shows.", "October 2026", date(2026, 11, 1),
            "Publishable", "A post", Given.joined, taken.pages(each.number), "pdf", each.sha256,
        )
        for at, each in enumerate(wanted, start=1)
    )  # fmt: skip
    return taken, parts


def main():
    """One build."""
    url, folder, hashes = sys.argv[1], sys.argv[2], sys.argv[3:]
    tables.load()
    engine = database.make_engine(url)
    with database.session_for(engine, system_scope("a benchmark"), reading=True) as session:
        frozen = session.exec(select(EvidencePackRow.contents)).one()
    pack = contents.read_pack(frozen)
    marks = []
    began = time.perf_counter()
    taken, parts = exhibits_of({"DATA_FOLDER": folder}, hashes)
    with tempfile.TemporaryFile() as target:
        behind = taken.behind()
        pdf.render(replace(pack, exhibits=parts), joined=behind, into=target, printed=marks.extend)
        target.seek(0)
        evidence_store.put({"DATA_FOLDER": folder}, target, 500 * 1024 * 1024)
    seconds = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = {"seconds": seconds, "pages": len(marks), "peak_mb": max(memory.peak_mib(), used[1].ru_maxrss / 1024)}
    told["processor_seconds"] = sum(each.ru_utime + each.ru_stime for each in used)
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
