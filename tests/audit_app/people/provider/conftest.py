"""A real provider for the tests of this folder, and the product set up to use it."""

import pytest

from audit_app import create_app
from tests import builders
from tests.audit_app.people.conftest import admin, home, town  # noqa: F401 (fixtures)
from tests.audit_app.people.provider import real_provider
from tests.conftest import TEST_SETTINGS
from tests.pages import Page

HERE = "http://localhost"


@pytest.fixture(scope="session")
def one_provider(tmp_path_factory):
    """npm's oidc-provider, started once."""
    with real_provider.running(tmp_path_factory.mktemp("provider"), HERE) as started:
        yield started


@pytest.fixture
def provider(one_provider):
    """The provider as it was when it started."""
    one_provider.reset()
    yield one_provider
    one_provider.between.reset()


@pytest.fixture
def settings():
    """What a test sets beside the provider itself."""
    return {}


@pytest.fixture
def app(engine, tmp_path, provider, settings):
    """The product with Greenhaven in it, signing in through the provider."""
    given = {**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path / "data"), "PUBLIC_ADDRESS": HERE}
    made = create_app({**given, **provider.settings(), **settings}, engine=engine)
    builders.begin_council(engine)
    return made


@pytest.fixture
def there():
    """A browser's side of the provider."""
    return real_provider.Browser()


@pytest.fixture
def elsewhere(app):
    """Another browser."""
    return Page(app.test_client())
