"""Long words get a hyphen where there is little room for them."""

import pytest

from requirements_pkg.templatetags.words import breakable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Upphandlingsregion C", "Upphandlings-region C"),
        ("Komponenttillverkning/insatsvaror", "Komponent-tillverkning/<wbr>insatsvaror"),
        ("Mänskliga rättigheter", "Mänskliga rättigheter"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_long_compound_breaks_between_its_parts(text, shown):
    assert breakable(text).replace("\u00ad", "-") == shown
