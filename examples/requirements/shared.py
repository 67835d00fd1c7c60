"""Requirements for all three product areas, and the order of the whole package.

Left without any requirement on purpose, so that the gap is seen:
- data halls, other, environment (figures of shared halls),
- network products, use, anti-corruption (locked in with one make),
- network products, final manufacturing, environment (small series, shared choice of models),
- servers, component manufacturing, environment: the risk (chemicals and water); its opportunity
  is treated,
- most of the data halls' cells that only point at other IT equipment.
"""

from typing import Final

from examples.requirements.halls import HALL_REQUIREMENTS
from examples.requirements.halls_conduct import HALL_CONDUCT
from examples.requirements.network import NETWORK_REQUIREMENTS
from examples.requirements.requirement import (
    ADVANCED,
    BASIC,
    CONTRACT,
    QUALIFICATION,
    SERVERS,
    Example,
    Treats,
)
from examples.requirements.servers_origin import SERVER_ORIGIN
from examples.requirements.servers_use import SERVER_USE
from examples.requirements.sources import CONTRACT_GUIDANCE, NEED_ASSESSMENT

CPV: Final = ("48820000-2", "32420000-3", "72514000-1")

SHARED_REQUIREMENTS: Final = (
    Example(
        code="GE-01",
        title="Delta i den gemensamma uppföljningen",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören ska utse en ansvarig för hållbarhetskraven och delta i ett startmöte
            inom [antal veckor: 6 | räknat från avtalsstart] veckor.

            Leverantören ska svara på regionernas självskattning högst en gång per år och bifoga
            de bevis som kraven anger. Svaret ska ha kommit in inom [antal veckor för svar: 4]
            veckor. Svaret får delas mellan regionerna efter sekretessprövning.
            """,
        rationale="""
            Regionerna köper av samma leverantörer. När de frågar tillsammans räcker ett svar, och
            lärdomarna når alla.
            """,
        verification="Uppgift om ansvarig person och, under avtalet, inskickad självskattning.",
        follow_up_method="""
            Gå igenom svaret och bestäm om dokumentgranskning eller revision behövs. Följ upp
            påminnelser.
            """,
        guidance="""
            En uppföljning som någon annan har gjort kan användas om den är högst tre år gammal
            och villkor och metod är minst lika stränga.
            """,
        cpv=CPV,
        sources=(CONTRACT_GUIDANCE,),
        serves=("1.2", "2.1"),
    ),
    Example(
        code="GE-02",
        title="Inga förmåner vid utvärderingar och studieresor",
        kind=CONTRACT,
        level=BASIC,
        text="""
            Leverantören får inte erbjuda regionens personal resor, logi, måltider eller annan
            förmån i samband med tekniska utvärderingar, demonstrationer och studiebesök.

            Regionen betalar själv sina resor. Utrustning för test lämnas tillbaka eller köps
            till avtalat pris.
            """,
        rationale="""
            Den som utvärderar teknik påverkar stora inköp och får därför inte stå i skuld till
            någon.
            """,
        verification="Leverantörens regler för representation.",
        follow_up_method="Fråga på samverkansmötet en gång om året, och anteckna svaret.",
        guidance="Stäm av med regionens egna regler, som kan vara strängare.",
        law_baseline="Brottsbalken förbjuder att ge och ta emot muta.",
        beyond_law="Kravet ger en tydlig gräns, så att ingen behöver pröva var den går.",
        cpv=CPV,
        treats=(Treats(SERVERS, "use", "anti_corruption", "Risk för otillåtna förmåner"),),
    ),
    Example(
        code="GE-03",
        title="Organisation för ansvar i leveranskedjan",
        kind=QUALIFICATION,
        level=ADVANCED,
        text="""
            Anbudsgivaren ska ha utsedda personer som arbetar med mänskliga rättigheter och miljö
            i leveranskedjan, med mandat att avbryta inköp. Anbudsgivaren ska under de senaste
            [antal månader: 24] månaderna ha genomfört minst en fördjupad granskning hos en
            tillverkare av it-utrustning.
            """,
        rationale="""
            Villkor om leveranskedjan kräver någon som har tid och rätt att göra något åt det som
            kommer fram.
            """,
        verification="""
            Organisationsbeskrivning och en sammanfattning av granskningen, med åtgärder och
            datum.
            """,
        follow_up_method="Gå igenom organisationen på startmötet och vid byte av ansvarig.",
        guidance="""
            Kravet kan stänga ute små återförsäljare. Tillåt att anbudsgivaren åberopar en annan
            organisations kapacitet.
            """,
        cpv=CPV,
        sources=(NEED_ASSESSMENT,),
        serves=("1.1",),
    ),
)

# The reading order of the package.
REQUIREMENTS: Final[tuple[Example, ...]] = (
    *HALL_REQUIREMENTS,
    *HALL_CONDUCT,
    *SERVER_ORIGIN,
    *SERVER_USE,
    *NETWORK_REQUIREMENTS,
    *SHARED_REQUIREMENTS,
)
