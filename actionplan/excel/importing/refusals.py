"""Why a whole file is not imported."""


class ImportRefused(Exception):
    """A whole file that is not imported, with the reason in the user's language."""


class ColumnsMissing(ImportRefused):
    """A file whose headings are not ours: somebody has to say which is which."""
