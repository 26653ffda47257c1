"""That a visitor notices what is wrong: each kind of fault is made on purpose once."""

import pytest

from tests.journeys.visiting import LookedAt

FAULTS = {
    "Content Security Policy": "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">Loud</p>')",
    "a script failed": "setTimeout(() => { throw new Error('on purpose') })",
    "asked another host": "new Image().src = 'http://localhost:9/picture.png'",
    "sticks out": "document.querySelector('h1').textContent = 'long'.repeat(100)",
    "axe image-alt": "document.querySelector('main').append(new Image())",
}


@pytest.mark.parametrize("said", FAULTS)
def test_a_fault_made_on_purpose_is_noticed(house, visit, said, tmp_path):
    visitor = visit(house).go("/sign-in").see("Sign in")
    visitor.page.evaluate(FAULTS[said])
    visitor.page.wait_for_timeout(200)
    visitor.looked_at = LookedAt(tmp_path)
    with pytest.raises(AssertionError, match=said):
        visitor.see()
    visitor.faults.clear()
