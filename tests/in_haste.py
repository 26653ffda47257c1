"""What need not be done anew for each test's own application, so that many short tests stay short."""

from functools import cache, wraps
from typing import ClassVar

from flask import Flask
from jinja2 import BytecodeCache
from werkzeug.routing import Rule, rules


class CompiledOnce(BytecodeCache):
    """Templates compiled once for all applications of a run: that was half the time of a page's test."""

    kept: ClassVar = {}

    def load_bytecode(self, bucket):
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.checksum] = bucket.code


def compile_templates_once():
    """Every application made from now on in this process takes its templates from the same store."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledOnce()}


def read_addresses_once():
    """What stands in the brackets of an address is the same in every application: it is read once."""
    rules.parse_converter_args = cache(rules.parse_converter_args)


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
