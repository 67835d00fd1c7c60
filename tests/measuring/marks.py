"""Modules of the application that note which of their lines and branches were gone through.

Python 3.11 tells a tracer of every line of everything, Django's as well, and a suite then takes
more than twice the time. So each statement is read with a mark before it, which sets one byte; so
is each way out of an `if`, a loop and a `case`. What the marks say is handed to `coverage` as if
its own tracer had seen it: which lines count and what is reported are coverage's. A test goes
through a module both ways and compares.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

# From a line to a line; a line that was merely gone through is a way to itself.
Arc = tuple[int, int]
# Where a line leads that does not go on with the block below it.
ELSEWHERE: Final = 0
# What a marked module calls its bytes.
SEEN: Final = "__seen__"
BLOCKS: Final = ("body", "orelse", "finalbody")


class Marks:
    """The marks of one module: a byte for each arc, 1 once that was gone."""

    def __init__(self, source: bytes, path: str) -> None:
        self.seen = bytearray()
        self._arcs: list[Arc] = []
        tree = ast.parse(source, path)
        tree.body = self._block(tree.body)
        self.code = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)

    def arcs_seen(self, possible: Iterable[Arc]) -> set[Arc]:
        """Return the arcs that were gone; of those that are possible, some lead elsewhere."""
        removed = {arc for arc, is_seen in zip(self._arcs, self.seen, strict=True) if is_seen}
        elsewhere = {line for line, to in removed if to == ELSEWHERE}
        others = set(possible).difference(self._arcs)
        return {arc for arc in removed if arc[1] != ELSEWHERE} | {
            arc for arc in others if arc[0] in elsewhere
        }

    def _number(self, arc: Arc) -> ast.Constant:
        self._arcs.append(arc)
        self.seen.append(0)
        return ast.Constant(len(self._arcs) - 1)

    def _mark(self, arc: Arc) -> ast.stmt:
        """Return the statement `__seen__[7] = 1`."""
        byte = ast.Subscript(ast.Name(SEEN, ast.Load()), self._number(arc), ast.Store())
        return ast.Assign([byte], ast.Constant(1))

    def _asking(self, arcs: Sequence[Arc]) -> ast.match_case:
        """Return a case that is never taken: its condition sets the bytes, and is false."""
        setting = ast.Attribute(ast.Name(SEEN, ast.Load()), "__setitem__", ast.Load())
        calls = [ast.Call(setting, [self._number(arc), ast.Constant(1)], []) for arc in arcs]
        condition = ast.BoolOp(ast.Or(), [*calls, ast.Constant(False)])
        return ast.match_case(ast.MatchAs(), condition, [ast.Pass()])

    def _block(self, block: list[ast.stmt], *before: Arc) -> list[ast.stmt]:
        """Return the statements of a block, each after its marks; a docstring stays first."""
        marked = [self._mark(arc) for arc in before]
        for number, statement in enumerate(block):
            if number or not is_docstring(statement):
                marked += [self._mark((line, line)) for line in lines_of(statement)]
            self._mark_inside(statement)
            marked.append(statement)
        return marked

    def _mark_inside(self, node: ast.stmt) -> None:
        """Mark the blocks of a statement."""
        match node:
            case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
                node.body = self._block(node.body, (node.lineno, first_line(node.body)))
                node.orelse = self._block(node.orelse, (node.lineno, ELSEWHERE))
            case ast.Match():
                node.cases = list(self._cases(node.cases))
            case _:
                for name in BLOCKS:
                    if block := getattr(node, name, None):
                        setattr(node, name, self._block(block))
                arcs = []
                for handler in getattr(node, "handlers", ()):
                    arcs.append((handler.lineno, handler.lineno))
                    handler.body = self._block(handler.body, *arcs)

    def _cases(self, cases: list[ast.match_case]) -> Iterator[ast.match_case]:
        """Mark before each case that it was asked, and so that the one above it was not taken."""
        for above, case in pairwise([None, *cases]):
            line = case.pattern.lineno
            not_taken = [(above.pattern.lineno, ELSEWHERE)] if above else []
            yield self._asking([*not_taken, (line, line)])
            case.body = self._block(case.body, (line, first_line(case.body)))
            yield case
        if not takes_all(case):
            yield self._asking([(line, ELSEWHERE)])


def is_docstring(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(ast.Constant(str())):
            return True
    return False


def lines_of(statement: ast.stmt) -> list[int]:
    """Return the lines that a statement begins on: each decorator has one of its own."""
    return [node.lineno for node in (*getattr(statement, "decorator_list", ()), statement)]


def first_line(block: list[ast.stmt]) -> int:
    return lines_of(block[0])[0]


def takes_all(case: ast.match_case) -> bool:
    """Tell whether a case takes whatever comes, so that Python lets none follow it."""
    match case.guard, case.pattern:
        case None, ast.MatchAs(pattern=None):
            return True
    return False
