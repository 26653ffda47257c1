"""Pages of the library ask the database as often for fifty sets of the council's own as for five."""

from audit_app.library.crosswalk import service as doubt_service
from audit_app.library.own_sets import service as own_set_service
from frameworks import reader
from tests import builders
from tests.builders_library import changed_document, make_document, publish
from tests.statements import ON_ONE_DATABASE, counted

pytestmark = ON_ONE_DATABASE

FEW, MANY = 5, 50
HERE = builders.AUTHORITY_ID
LINE = reader.crosswalk_file().lines[0].line
PAGES = {
    "the library": "",
    "own sets": "/own-sets",
    "versions of one set": "/own-sets/SET-0001",
    "a set may begin as": "/own-sets/new",
    "search": "/search?q=work",
    "where a question is asked": "/sets/own-greenhaven-s1-1/s1/full/questions/d1/q1",
    "doubts of one line": f"/crosswalk/doubts?line={LINE.replace(' ', '+')}",
    "the crosswalk": "/crosswalk",
}


def fill(session, council, numbers):
    """For each number: a published set with a draft, a further version of the first set, a doubt of the first line."""
    for number in numbers:
        own = make_document(f"s{number}", each=3, title=f"Set {number}")
        publish(session, own, number=number, by=council.qa)
        if number > 1:
            next_version = changed_document(make_document("s1", each=3), reword=("q1",))
            publish(session, next_version, version=10 * number, number=1, by=council.qa)
            own_set_service.start_version(session, HERE, number, by=council.qa, now=builders.MOMENT)
        doubt_service.raise_doubt(session, HERE, LINE, f"Doubt {number}", by=council.auditor, now=builders.MOMENT)
    if 1 in numbers:
        own_set_service.start_version(session, HERE, 1, by=council.qa, now=builders.MOMENT)
    session.commit()


def reads_of_each(engine, page):
    """How often each page asks the database; sets published since are not in memory for the first of them."""
    counts = {}
    for name, address in PAGES.items():
        with counted(engine) as reads:
            page.get(f"/greenhaven/library{address}")
        counts[name] = len(reads)
    return counts


def test_no_page_of_the_library_asks_more_often_for_fifty_rows_than_for_five(engine, session, council, person):
    page = person("qa")
    fill(session, council, range(1, FEW + 1))
    few = reads_of_each(engine, page)
    fill(session, council, range(FEW + 1, MANY + 1))
    many = reads_of_each(engine, page)
    assert {name: (few[name], many[name]) for name in PAGES if many[name] > few[name]} == {}
