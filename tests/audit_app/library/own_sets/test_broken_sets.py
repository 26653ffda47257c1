"""Some generated broken question sets, each answered with a place and a reason; ten thousand in `make proof`."""

from tests.audit_app.library.own_sets.broken_sets import Broken


def test_broken_files_are_each_answered():
    run = Broken(7).run(16)
    assert run.unhandled == []
    assert run.told["refused"] > run.told["sound"] > 0


def test_a_reader_that_breaks_is_seen():
    """The control: one that raises, one that refuses without a reason, one that takes what is not sound."""

    def raises(*_):
        raise RecursionError("broken on purpose")

    assert len(Broken(7, read=raises, from_book=raises).run(9).unhandled) == 9
    run = Broken(7)
    silent = run.from_book(run.book)
    run.from_book = run.read = lambda *_: type(silent)("x.yaml", "", None, (), "")
    assert len(run.run(9).unhandled) == 9
