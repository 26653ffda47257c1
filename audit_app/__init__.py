"""The rooms: pages, paper, spreadsheets and commands over the two libraries `frameworks` and `findings`."""

from typing import Any


def create_app(overrides: dict[str, Any] | None = None, *, engine: Any = None) -> Any:
    """Wire the application together; everything it does is elsewhere.

    Args:
        overrides: settings that win over the environment (tests).
        engine: an engine made already (tests with a database in memory).

    Nothing is imported before this is called, so that `python -m audit_app.packs.verify` needs only Python.
    """
    from flask import Flask

    from audit_app import (
        config,
        database,
        errors,
        evidence_store,
        headers,
        jobs,
        kept_on_device,
        layout,
        references_in_addresses,
        server_mode,
        tables,
        watching,
        wiring,
    )
    from audit_app.people.access import door, leaving
    from audit_app.people.provider import known

    app = Flask("audit_app", static_folder="static")
    config.configure(app, overrides, database_given=engine is not None)
    evidence_store.read_settings(app.config)
    app.extensions["provider"] = known.open_provider(app.config)
    tables.load()
    app.extensions["log_key"] = app.config["LOG_KEY"].encode()
    app.extensions["engine"] = engine if engine is not None else database.make_engine(app.config["DATABASE_URL"])
    app.extensions["jobs"] = jobs.open_queue(app.config, app.extensions["engine"])
    references_in_addresses.add_converters(app)
    layout.set_up_jinja(app)  # first of all that puts names into templates: it says of which kind their environment is
    headers.add_headers(app)
    kept_on_device.add_device_store(app)
    leaving.settle_every_request(app)
    errors.add_error_pages(app)
    door.add_door(app)
    wiring.add_features(app)
    headers.serve_static(app)
    server_mode.stand_behind_proxies(app)
    watching.count_requests(app)
    watching.answer_probes(app)
    return app
