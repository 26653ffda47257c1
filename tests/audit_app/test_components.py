"""The macros every page writes its tables, its lists of what is known and its ways to other pages with."""

import re
from types import SimpleNamespace

import pytest

IMPORTS = """
{% from "components/tables.html" import table, table_row, row_header, cell, number_cell, day_cell, empty_row %}
{% from "components/summaries.html" import summary_list, summary_row, words_row %}
{% from "components/pages.html" import way_back, pager, pagination, pages_counted %}
"""


@pytest.fixture
def written(app):
    """Call with a piece of a template, and what it is given, for the HTML it becomes, on one line."""

    def write(piece, **given):
        with app.test_request_context("/"):
            html = app.jinja_env.from_string(IMPORTS + piece).render(**given)
        return re.sub(r"\s*\n\s*", "", html)

    return write


def test_a_table_has_a_caption_the_names_of_its_columns_and_what_names_each_row(written):
    html = written(
        """{% call table("Teams", ["Team", "People"], size="s", hidden=true) %}{% call table_row(id="one") %}
        {{ row_header("Duty") }}{{ number_cell("People", 1200) }}{% endcall %}{% endcall %}"""
    )
    assert '<caption class="govuk-table__caption govuk-table__caption--s govuk-visually-hidden">Teams</caption>' in html
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html) == ["Team", "People"]
    assert '<tr class="govuk-table__row" id="one"><th scope="row" class="govuk-table__header">Duty</th>' in html
    assert '<td class="govuk-table__cell" data-label="People">1,200</td>' in html


def test_a_cell_holds_what_it_is_called_with_and_no_space_around_it(written):
    html = written('{% call cell("Words", classes="app-words") %}\n<b>{{ text }}</b>\n{% endcall %}', text="a < b")
    assert html == '<td class="govuk-table__cell app-words" data-label="Words"><b>a &lt; b</b></td>'
    assert written('{{ cell("", "End") }}') == '<td class="govuk-table__cell">End</td>'


def test_a_table_without_rows_says_so_across_its_columns(written):
    assert '<td class="govuk-table__cell" colspan="3">Nothing yet.</td>' in written(
        '{{ empty_row(3, "Nothing yet.") }}'
    )


def test_a_row_of_a_list_says_whether_it_can_be_changed_only_where_others_can(written):
    assert "actions" not in written('{{ summary_row("Name", "Asha") }}')
    unchanging = written('{{ summary_row("Name", "Asha", change="") }}')
    assert "govuk-summary-list__row--no-actions" in unchanging
    assert "Change" not in unchanging
    changing = written('{{ summary_row("Name", "Asha", change="/name", what="the name") }}')
    assert (
        '<a class="govuk-link" href="/name">Change<span class="govuk-visually-hidden"> the name</span></a>' in changing
    )


def test_what_somebody_wrote_keeps_its_lines(written):
    html = written('{% call words_row("Why") %}\n{{ text }}\n{% endcall %}', text="First.")
    assert '<dd class="govuk-summary-list__value app-words">First.</dd>' in html


@pytest.mark.parametrize(("page", "ways"), [(1, ["next"]), (2, ["prev", "next"]), (3, ["prev"])])
def test_a_list_of_several_pages_leads_to_those_before_and_after(written, page, ways):
    listed = SimpleNamespace(page=page, pages=3)
    html = written('{{ pager(listed, "records.accessibility", {"a": 1}) }}', listed=listed)
    assert re.findall('rel="([a-z]+)"', html) == ways
    assert f"<span>Page {page} of 3</span>" in html
    assert re.findall("[?&;]page=([0-9])", html) == [str(page + {"prev": -1, "next": 1}[way]) for way in ways]
    assert re.findall('rel="([a-z]+)"', written("{{ pages_counted(page, 3, '?') }}", page=page)) == ways
    assert (
        re.findall('rel="([a-z]+)"', written('{{ pagination(listed, "records.privacy", {}) }}', listed=listed)) == ways
    )


def test_a_list_of_one_page_leads_nowhere(written):
    listed = SimpleNamespace(page=1, pages=1)
    assert (
        written(
            '{{ pager(listed, "records.privacy", {}) }}{{ pagination(listed, "records.privacy", {}) }}', listed=listed
        )
        == ""
    )
    assert written("{{ pages_counted(1, 1, '?') }}") == ""
