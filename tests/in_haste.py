"""What need not be done anew for each test's own application, so that many short tests stay short."""

import gc
import hashlib
from functools import wraps
from pathlib import Path
from typing import ClassVar

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

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
