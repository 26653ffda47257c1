"""What need not be done anew for each test's own application, so that many short tests stay short."""

import gc
import hashlib
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import ClassVar

from flask import Flask
from flask.sansio.app import App
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.util import LRUCache
from werkzeug.routing import Map, Rule
from whitenoise import WhiteNoise

from audit_app import limits

READERS = ("audit_app.evidence_store.", "audit_app.sheets.")
STATEMENTS, DIALECT = LRUCache(4_000), []
COMPILED = Path(__file__).resolve().parent.parent / "build" / "templates"


class CompiledOnce(FileSystemBytecodeCache):
    """Templates compiled once for all applications and processes: that was half the time of a page's test.

    A file is used only while it is of the very words of its template and of this Python and Jinja.
    """

    kept: ClassVar = {}

    def load_bytecode(self, bucket):
        key = bucket.key, bucket.checksum
        if key not in self.kept:
            super().load_bytecode(bucket)
            if bucket.code:
                self.kept[key] = bucket.code
        bucket.code = self.kept.get(key)

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.checksum] = bucket.code
        super().dump_bytecode(bucket)


def look_for_rubbish_seldom():
    """What was loaded for the tests stays to the end: the collector need not look at it, nor so often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def compile_templates_once():
    """Every application made from now on in this process takes its templates from the same store."""
    COMPILED.mkdir(parents=True, exist_ok=True)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledOnce(str(COMPILED))}


class MapOnce(Map):
    """An application's addresses, put together when the first is asked for: once for all that have the same ones."""

    kept: ClassVar = {}
    one_at_a_time: ClassVar = RLock()

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.wanted, self.put_together = {}, None
        self._begin_anew()

    def _begin_anew(self):
        del self._matcher, self._rules_by_endpoint  # `__getattr__` brings them back

    def want(self, key, add):
        """Note that an address is wanted; `add` is what puts it in."""
        if "_matcher" in self.__dict__:
            self._begin_anew()
        self.wanted[len(self.wanted), key] = add

    def add(self, rulefactory):
        """An address itself, while they are put together."""
        self.put_together.add(rulefactory)

    def update(self):
        """They were put in order when they were put together; sorting them again would disturb who reads them now."""
        return self._matcher

    def __getattr__(self, name):
        if name not in ("_matcher", "_rules_by_endpoint"):
            raise AttributeError(name)
        with self.one_at_a_time:
            key = (*self.wanted, *self.converters.items(), self.host_matching)
            if key not in self.kept:
                self._put_together(key)
            self._rules_by_endpoint, self._matcher = self.kept[key]._rules_by_endpoint, self.kept[key]._matcher
        return self.__dict__[name]

    def _put_together(self, key):
        self.put_together = Map(host_matching=self.host_matching)
        self.put_together.converters = self.converters
        for add in self.wanted.values():
            add()
        self.put_together.update()
        self.kept[key] = self.put_together


def put_addresses_together_once():
    """Applications made from now on share their addresses where all of them are the same."""
    at_once = App.add_url_rule

    @wraps(at_once)
    def when_asked(app, rule, endpoint=None, view_func=None, provide_automatic_options=None, **options):
        endpoint = endpoint or view_func.__name__
        of_view = [getattr(view_func, name, None) for name in ("methods", "required_methods")]
        key = rule, endpoint, repr((provide_automatic_options, options, of_view))
        held = app.view_functions.setdefault(endpoint, view_func) if view_func else None
        if held is not view_func:
            raise AssertionError(f"Two functions for {endpoint}")
        given = app, rule, endpoint, view_func, provide_automatic_options
        app.url_map.want(key, lambda: at_once.__wrapped__(*given, **options))

    App.add_url_rule = when_asked
    App.url_map_class = MapOnce


def list_static_files_once():
    """Styles and pictures do not change while tests run: they are looked for once for each kind of headers."""
    look, kept = WhiteNoise.update_files_dictionary, {}

    @wraps(look)
    def look_once(server, root, prefix):
        headers = {}
        server.add_headers_function(headers, "", "")
        key = root, prefix, server.max_age, tuple(headers.items())
        if key not in kept:
            look(server, root, prefix)
            kept[key] = dict(server.files)
        server.files.update(kept[key])

    WhiteNoise.update_files_dictionary = look_once


def read_addresses_once():
    """What an address says is the same in every application: it is read once, but for one that stands on its own."""
    read = Rule.compile
    kept = {}

    @wraps(read)
    def compile_once(rule):
        key = rule.rule, rule.endpoint, rule.subdomain, rule.is_leaf, rule.strict_slashes, repr(rule.defaults)
        if key not in kept:
            read(rule)
            kept[key] = (
                rule._parts,
                rule._trace,
                rule._converters,
                set(rule.arguments),
                rule._build,
                rule._build_unknown,
            )
            return
        rule._parts, rule._trace, rule._converters, arguments, build, build_unknown = kept[key]
        rule.arguments = set(arguments)
        rule._build, rule._build_unknown = (
            build.__func__.__get__(rule, None),
            build_unknown.__func__.__get__(rule, None),
        )

    Rule.compile = compile_once


def read_files_once():
    """The same bytes given to the same reader within the same limits give the same answer: one child for all of them.

    Only readers, whose answer hangs on nothing else; what joins and fills files is made anew each time.
    """
    read, kept = limits.run_limited, {}

    @wraps(read)
    def read_once(parser, data, *bounds):
        if not parser.startswith(READERS):
            return read(parser, data, *bounds)
        key = parser, hashlib.sha256(data).digest(), bounds
        if key not in kept:
            kept[key] = read(parser, data, *bounds)
        return kept[key]

    limits.run_limited = read_once


def keep_statements(engine):
    """From now on engines that share statements speak the dialect of this one, which has met the database."""
    DIALECT[:] = [engine.dialect]


def sharing_statements(engine):
    """An engine that finds each statement written already for an earlier test: one dialect, one store for all."""
    engine.dialect = DIALECT[0]
    engine.update_execution_options(compiled_cache=STATEMENTS)
    return engine


def build_addresses_when_asked():
    """An application writes code for building each of its addresses when it starts; a test needs a dozen of them."""
    at_once = Rule._compile_builder

    @wraps(at_once)
    def when_asked(rule, append_unknown=True):
        ready = []

        def build(self, *args, **values):
            if not ready:
                ready.append(at_once(rule, append_unknown))
            return ready[0](self, *args, **values)

        return build

    Rule._compile_builder = when_asked
