"""How the package read before its last version, so that the demo has a history to compare.

Four requirements had another wording, one was not written yet, and one was still in force that the
law has since made needless.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from examples.requirements.requirement import BASIC, SERVERS, SPECIFICATION, Example, Treats, prose
from examples.requirements.shared import REQUIREMENTS
from examples.requirements.sources import ECODESIGN

INTRODUCTION: Final = prose(
    """
    Kravpaketet hör till handlingsplanen för it-teknisk plattform. Välj de krav som passar
    upphandlingen: basnivån är tänkt för alla, avancerad nivå och spjutspetsnivå för den som har
    möjlighet att gå längre.

    Ett krav på högre nivå läggs till dem på lägre nivå, om det inte står att det ersätter ett av
    dem. Talen i ifyllnadsfälten är förslag. Kontrollera hänvisningar till lagar och standarder
    innan kraven används.
    """
)

WRITTEN_LATER: Final = "NP-05"

EARLIER_WORDING: Final[Mapping[str, Mapping[str, Any]]] = {
    "DH-01": {
        "text": """
            Leverantören ska varje år redovisa energitalet (PUE) för varje hall där regionens
            utrustning eller tjänster finns. Talet ska avse det föregående kalenderåret.
            """,
        "verification": "Mätrapport.",
        "guidance": "Delar flera kunder på hallen gäller talet hela hallen.",
    },
    "SE-01": {
        "text": """
            Leverantören ska inom [antal veckor: 8 | räknat från begäran] veckor från regionens
            begäran lämna en förteckning över de smältverk som kan finnas i leveranskedjan för
            tenn, tantal, volfram och guld.

            Förteckningen ska lämnas i utgåva 6.4 av mallen CMRT eller i en likvärdig form.
            """,
        "verification": "Ifylld CMRT, eller en likvärdig lista.",
        "guidance": """
            Likvärdig form är en lista med smältverkets namn, land och metall.
            """,
        "beyond_law": "Kravet når färdiga servrar.",
    },
    "SE-14": {
        "text": """
            Leverantören ska på begäran hämta uttjänta servrar inom [antal veckor: 4] veckor.
            Diskar ska raderas så att uppgifterna inte går att återskapa, och varje raderad disk
            ska få ett intyg.
            """,
        "verification": "Raderingsintyg per disk.",
        "beyond_law": "Kravet gäller att servern tas om hand och raderas.",
    },
    "NP-04": {
        "text": """
            Anbudsgivaren ska för varje erbjuden modell ange effekten vid 0 och 100 procents
            belastning.
            """,
    },
}

WITHDRAWN: Final = Example(
    code="SE-18",
    title="Nätaggregat med hög verkningsgrad",
    kind=SPECIFICATION,
    level=BASIC,
    text="""
        Nätaggregat i de erbjudna servrarna ska ha en verkningsgrad på minst 92 procent vid halva
        den högsta lasten.
        """,
    rationale="Förluster i nätaggregatet blir värme som i sin tur måste kylas bort.",
    verification="Datablad eller tillverkarens offentliga produktinformation.",
    follow_up_method="Begär databladet för varje ny modell under avtalstiden.",
    product_areas=(SERVERS,),
    cpv=("48820000-2",),
    sources=(ECODESIGN,),
    treats=(
        Treats(SERVERS, "component_manufacturing", "environment", "Möjligheter på komponentnivå"),
    ),
)
WITHDRAWN_REASON: Final = prose(
    """
    Ekodesignreglerna kräver sedan 2023 högre verkningsgrad än så. Kravet gick inte längre än
    lagen.
    """
)
SUCCESSOR: Final = "SE-11"
_AFTER: Final = "SE-17"


def _with_withdrawn() -> tuple[Example, ...]:
    at = [requirement.code for requirement in REQUIREMENTS].index(_AFTER) + 1
    return (*REQUIREMENTS[:at], WITHDRAWN, *REQUIREMENTS[at:])


# Every code there ever was, in reading order, as it reads now.
ALL_REQUIREMENTS: Final = _with_withdrawn()
# As the first version with requirements had them.
FIRST_REQUIREMENTS: Final = tuple(
    replace(requirement, **EARLIER_WORDING.get(requirement.code, {}))
    for requirement in ALL_REQUIREMENTS
    if requirement.code != WRITTEN_LATER
)
