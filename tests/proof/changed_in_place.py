"""A change of a function put into a process that has read the product already, so that nothing is read again.

Reading the product and the tests takes longer than most tests. Where only functions differ between a module as it
stands and as changed, each function there is given its changed code: whoever imported it has the change too. What is
run while a module is read (values, classes, decorators, defaults) cannot be changed so, and is refused.
"""

import gc
from types import CodeType, FunctionType

OF_A_FUNCTION = 1  # inspect.CO_OPTIMIZED: modules and the bodies of classes are run without it


class Unfit(Exception):
    """Something else than functions differs, or no function there has been made yet."""


def put_in_place(file, was, now):
    """Give each function of a module that has been read the code it has in the changed one.

    Raises:
        Unfit: Nothing was changed: the module must be read anew.
    """
    pairs = list(_differing(compile(was, file, "exec"), compile(now, file, "exec")))
    gc.unfreeze()
    functions = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
    changed = [
        (function, after)
        for function in functions
        if function.__code__.co_filename == file
        for before, after in pairs
        if _same(function.__code__, before)
    ]
    if not changed or any(len(function.__code__.co_freevars) != len(after.co_freevars) for function, after in changed):
        raise Unfit
    for function, after in changed:
        function.__code__ = after


def _differing(was, now):
    """Each function that differs, before and after, with those inside it."""
    inside = [code for code in was.co_consts if isinstance(code, CodeType)]
    inside_now = [code for code in now.co_consts if isinstance(code, CodeType)]
    if was.co_flags & OF_A_FUNCTION:
        if was != now:
            yield was, now
    elif _own(was) != _own(now) or len(inside) != len(inside_now):
        raise Unfit
    for before, after in zip(inside, inside_now, strict=False):
        yield from _differing(before, after)


def _own(code):
    """What a module or the body of a class does itself."""
    constants = [each.co_name if isinstance(each, CodeType) else repr(each) for each in code.co_consts]
    return code.co_code, code.co_names, code.co_freevars, constants


def _same(one, other):
    return one.co_firstlineno == other.co_firstlineno and one.co_qualname == other.co_qualname and one == other
