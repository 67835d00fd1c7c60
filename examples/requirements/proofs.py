"""Labels and certificates that example requirements accept. Our texts are our own words."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class ExampleProof(NamedTuple):
    """A label or a certificate, and what of a requirement it proves."""

    name: str
    owner: str
    url: str
    proves: str


TCO_CERTIFIED: Final = ExampleProof(
    "TCO Certified",
    "TCO Development",
    "https://tcocertified.com",
    "En oberoende part har granskat produkten: energi, farliga ämnen, livslängd och "
    "arbetsvillkor i fabriken. Begär certifikatet för just den modell som erbjuds.",
)
EPEAT: Final = ExampleProof(
    "EPEAT",
    "Global Electronics Council",
    "https://epeat.net",
    "Produkten står i ett öppet register och uppfyller miljökrav för sitt slag. Kontrollera "
    "att modellen är registrerad för det land där den säljs.",
)
BLUE_ANGEL: Final = ExampleProof(
    "Blauer Engel för datacenter (DE-UZ 228)",
    "RAL gGmbH",
    "https://www.blauer-engel.de/de/produktwelt/rechenzentren",
    "En oberoende granskare har prövat hallens energital, kyla och drift. Gränsen beror på "
    "när hallen togs i bruk.",
)
GOOD_CHOICE: Final = ExampleProof(
    "Bra Miljöval El",
    "Naturskyddsföreningen",
    "https://www.naturskyddsforeningen.se/bra-miljoval/",
    "Elen är förnybar och uppfyller ytterligare miljökrav. Begär elleverantörens intyg för "
    "hallen och perioden.",
)
ENERGY_MANAGEMENT: Final = ExampleProof(
    "ISO 50001",
    "ISO",
    "https://www.iso.org/iso-50001-energy-management.html",
    "Verksamheten har ett granskat ledningssystem för energi. Certifikatet ska gälla de "
    "hallar som används.",
)
ENVIRONMENTAL_MANAGEMENT: Final = ExampleProof(
    "ISO 14001",
    "ISO",
    "https://www.iso.org/iso-14001-environmental-management.html",
    "Verksamheten har ett granskat ledningssystem för miljö. Certifikatet ska gälla den del "
    "som utför uppdraget.",
)
EMAS: Final = ExampleProof(
    "EMAS",
    "Europeiska unionen",
    "https://green-business.ec.europa.eu/emas_en",
    "Organisationen är registrerad och publicerar en granskad miljöredovisning.",
)
SMELTERS: Final = ExampleProof(
    "RMAP",
    "Responsible Minerals Initiative",
    "http://www.responsiblemineralsinitiative.org/responsible-minerals-assurance-process/",
    "Smältverket har granskats av tredje part. Jämför förteckningen med listan över godkända "
    "smältverk.",
)
SOCIAL_ACCOUNTABILITY: Final = ExampleProof(
    "SA8000",
    "Social Accountability International",
    "https://sa-intl.org",
    "Fabrikens arbetsvillkor är certifierade efter en granskning på plats. Certifikatet ska "
    "gälla den fabrik som monterar varan.",
)

# By the code of the requirement.
ACCEPTED: Final[Mapping[str, tuple[ExampleProof, ...]]] = {
    "DH-02": (BLUE_ANGEL,),
    "DH-05": (GOOD_CHOICE,),
    "DH-09": (ENERGY_MANAGEMENT, EMAS, BLUE_ANGEL),
    "SE-03": (SMELTERS,),
    "SE-08": (SOCIAL_ACCOUNTABILITY,),
    "SE-10": (TCO_CERTIFIED, EPEAT),
    "NP-06": (TCO_CERTIFIED, EPEAT),
    "ML-01": (ENVIRONMENTAL_MANAGEMENT, EMAS),
}
