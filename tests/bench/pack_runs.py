"""Builds the paper of one large pack in a process of its own, and tells its seconds, pages and memory.

Run as a program with a database's address and "tagged" or "untagged"; the pack's frozen contents are in the database.
"""

import json
import sys
import time
from io import BytesIO

from pypdf import PdfReader
from sqlmodel import select

from audit_app import database, tables
from audit_app.packs import contents, pdf
from audit_app.packs.tables import EvidencePackRow
from audit_app.people.access.scope import system_scope
from tests.bench import memory


def main():
    """One build."""
    url, way = sys.argv[1:3]
    tables.load()
    engine = database.make_engine(url)
    with database.session_for(engine, system_scope("a benchmark"), reading=True) as session:
        frozen = session.exec(select(EvidencePackRow.contents)).one()
    pack = contents.read_pack(frozen)
    began = time.perf_counter()
    made = pdf.render(pack, tagged=way == "tagged")
    seconds = time.perf_counter() - began
    peak_mb = memory.peak_mib()  # its own: the most of who started it would count in what the system sums up
    json.dump({"seconds": seconds, "pages": len(PdfReader(BytesIO(made)).pages), "peak_mb": peak_mb}, sys.stdout)


if __name__ == "__main__":
    main()
