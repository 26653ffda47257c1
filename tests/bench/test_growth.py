"""How pages grow with the council: 1,000, 10,000 and 100,000 audits, as many findings, half as many actions.

Every page of a council that needs nothing but its address is asked for, so a new page is measured without being named
here; those named are the ones that need more. In seconds of the processor, of the pages and of the database alike.
"""

import math
import time

import pytest

from tests.bench.kept_towns import SIZES, large_council
from tests.bench.test_large_council import shown_to
from tests.journeys.test_every_page import FILES

EXPONENT, TRIES = 0.5, 2
TARGET_MS = {"": 250, "audits": 250, "findings": 250, "areas-for-improvement": 250, "plan-actions": 250}
TARGET_MS |= {"dashboard": 300, "dashboard?months=12": 300, "gaps": 300, "gaps?kind=action_overdue&page=40": 300}
NAMED = (
    "audits?stage=agreed&set=case-audit-1/child-protection",
    "audits?page=20",
    "dashboard?months=12",
    "gaps?kind=action_overdue&page=40",
    "audits/answers?set=case-audit-1/child-protection",
    "audits/AUD-0007",
    "findings/FND-0007",
    "areas-for-improvement/AFI-0007",
    "plan-actions/ACT-0007",
    "plans/PLN-0001",
    "self-assessments/three-views/ilacs-2026/HP",
)


def pages_without_parts(app):
    """Addresses of a council that have no further part and are no file."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.arguments == {"authority"}]
    pages = (rule.rule.partition("/")[2].partition("/")[2] for rule in rules)
    return sorted(page for page in pages if not any(end in f"/{page}" for end in FILES))


@pytest.fixture(scope="module")
def towns(tmp_path_factory):
    """The milliseconds of each page in each of the councils, by its address."""
    took = {}
    for audits in SIZES:
        with large_council(tmp_path_factory.mktemp(f"growth-{audits}"), audits) as large:
            for page in dict.fromkeys((*pages_without_parts(large[0]), *NAMED)):
                took.setdefault(page, {})[audits] = milliseconds(large, page)
    return took


def milliseconds(large, page):
    """The best of some looks after the first; None where the QA manager is not let in or is sent elsewhere."""
    try:
        show = shown_to(large, "qa", page)
    except AssertionError:
        return None
    best = math.inf
    for _ in range(TRIES):
        began = time.process_time()
        show()
        best = min(best, time.process_time() - began)
    return best * 1000


def exponent(took):
    """The power of the size with which the time grows, over the last step."""
    return math.log(took[SIZES[-1]] / took[SIZES[-2]]) / math.log(SIZES[-1] / SIZES[-2])


def test_every_page_grows_slowly(towns, figures):
    measured = {page: took for page, took in towns.items() if all(took.values())}
    assert len(measured) > 30, sorted(towns)
    for page, took in measured.items():
        told = ", ".join(f"{took[audits]:.0f}" for audits in SIZES)
        figures.keep(f"/{page} grows ({told} ms)", exponent(took), target=EXPONENT, unit="as exponent")


@pytest.mark.parametrize("page", TARGET_MS)
def test_a_page_of_a_hundred_thousand_audits(towns, figures, page):
    took = towns[page][SIZES[-1]]
    figures.keep(f"/{page} at {SIZES[-1]:,} audits", took, target=TARGET_MS[page], unit="ms of processor")
