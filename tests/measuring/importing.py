"""The modules of the application are imported with marks, all but migrations."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

from tests.measuring.marks import SEEN, Marks


class Finder:
    """Finds modules as Python would, and has them read with marks."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.marks: dict[str, Marks] = {}
        self._packages = packages

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] not in self._packages or ".migrations." in name:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path, self.marks)
        return spec


class Loader(SourceFileLoader):
    """Reads a module with its marks, and keeps these."""

    def __init__(self, name: str, path: str, kept: dict[str, Marks]) -> None:
        super().__init__(name, path)
        self._kept = kept

    def exec_module(self, module: ModuleType) -> None:
        marks = self._kept[self.path] = Marks(self.get_data(self.path), self.path)
        setattr(module, SEEN, marks.seen)
        exec(marks.code, vars(module))  # noqa: S102 - what an import does


def import_marked(packages: Sequence[str]) -> dict[str, Marks]:
    """Have what is imported from now on note what is gone through; return it by file."""
    if early := [name for name in packages if name in sys.modules]:
        raise RuntimeError(f"Imported before it could be measured: {', '.join(early)}")
    finder = Finder(packages)
    sys.meta_path.insert(0, finder)
    return finder.marks
