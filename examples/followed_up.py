"""How the example plan was followed up: pure data, stored by `examples/demo/follow_up.py`.

Suppliers and contracts are made up. Days count from the day the demo is made, so that something
is always due; below zero is before it.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from examples.requirements.requirement import HALLS, SERVERS


class Finding(NamedTuple):
    """A deviation, and what was done about it. `closed` is a day, or None while it is open."""

    code: str
    severity: str
    finding: str
    action: str
    due: int
    closed: int | None
    evidence: str = ""


class Learnt(NamedTuple):
    """A lesson as it is told inside and in public, and the change it proposes."""

    code: str
    text: str
    public_text: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One follow-up. `status` is where it stands now, `done` the day it was carried out."""

    area: int
    organisation: str
    method: str
    audit_form: str = ""
    status: str
    planned: int
    done: int | None = None
    contract: str
    supplier: str
    # Made up as well; where it is told, the contract is in the register.
    number: str | None = None
    value: int | None = None
    asks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    learnt: Learnt | None = None
    summary: str = ""


FOLLOWED: Final = (
    Followed(
        area=HALLS,
        organisation="stockholm",
        method="self_assessment",
        status="closed",
        planned=-260,
        done=-250,
        contract="RS 2024-0417",
        supplier="Norrsken Hallar AB",
        number="559900-0014",
        value=18_500_000,
        asks=("DH-01", "DH-04", "DH-07", "DH-13"),
        findings=(
            Finding(
                code="DH-04",
                severity="major",
                finding="Garantierna var annullerade för koncernen, inte för hallen. Ungefär "
                "hälften av hallens el är därför inte täckt.",
                action="Annullera garantier för hallens hela elanvändning och lämna nytt intyg.",
                due=-160,
                closed=-170,
                evidence="Nytt intyg från registret, i ärendet RS 2026-118.",
            ),
            Finding(
                code="DH-13",
                severity="minor",
                finding="Supporten flyttades till en annan ort utan att regionen fick besked.",
                action="Lämna en lista över orter, och inför en rutin för besked före flytt.",
                due=-180,
                closed=-185,
            ),
        ),
        learnt=Learnt(
            code="DH-04",
            text="Norrsken Hallar AB läste kravet som att garantier för koncernen räcker.",
            public_text="Det behöver framgå att intyget ska ange hallen och perioden. Intyg för "
            "en hel koncern visar inte vilken el hallen har använt.",
            change="Säg i kravet att annulleringen ska ange hallen och kalenderåret.",
        ),
        summary="En leverantör av datahallar har följts upp med självskattning och granskning av "
        "handlingar. Två avvikelser hittades: intyg om förnybar el avsåg inte hallen, och en "
        "flytt av support anmäldes inte. Båda är åtgärdade och kontrollerade.",
    ),
    Followed(
        area=HALLS,
        organisation="uppsala",
        method="audit",
        audit_form="office",
        status="closed",
        planned=-210,
        done=-200,
        contract="RU 2023-88",
        supplier="Granit Drift AB",
        asks=("DH-04", "DH-09", "DH-13", "DH-14"),
        learnt=Learnt(
            code="DH-13",
            text="Granit Drift AB hade flyttat natten till ett bolag som avtalet inte nämner.",
            public_text="Även arbete som läggs på ett annat bolag på samma ort ändrar vilka "
            "villkor som gäller. Det bör anmälas på samma sätt som en flytt.",
            change="Låt anmälan gälla även byte av arbetsgivare, inte bara byte av ort.",
        ),
        summary="En kontorsrevision av driften av en datahall är avslutad utan avvikelser. "
        "Revisionen visade att kravet på anmälan av flytt bör omfatta byte av arbetsgivare.",
    ),
    Followed(
        area=HALLS,
        organisation="skane",
        method="dialogue",
        status="closed",
        planned=-150,
        done=-149,
        contract="RSK 2025-301",
        supplier="Kustens Serverhotell AB",
        asks=("DH-04", "DH-06", "DH-07", "DH-13"),
    ),
    Followed(
        area=HALLS,
        organisation="ostergotland",
        method="self_assessment",
        status="answered",
        planned=-20,
        contract="RO 2025-12",
        supplier="Vätterns Datahall AB",
        asks=("DH-01", "DH-04", "DH-08"),
    ),
    Followed(
        area=HALLS,
        organisation="stockholm",
        method="self_assessment",
        status="planned",
        planned=-8,
        contract="RS 2025-0092",
        supplier="Mälarhallen AB",
        number="559900-0022",
        value=4_200_000,
        asks=("DH-04", "DH-13"),
    ),
    Followed(
        area=SERVERS,
        organisation="stockholm",
        method="transparency",
        status="acting",
        planned=-100,
        done=-90,
        contract="RS 2024-0550",
        supplier="Stativ Nordic AB",
        number="559900-0030",
        value=31_000_000,
        asks=("SE-01", "SE-05"),
        findings=(
            Finding(
                code="SE-01",
                severity="major",
                finding="Smältverkslistan är två år gammal och saknar kobolt.",
                action="Lämna en ny lista med alla fem metallerna.",
                due=35,
                closed=None,
            ),
        ),
    ),
    Followed(
        area=SERVERS,
        organisation="vastra-gotaland",
        method="transparency",
        status="closed",
        planned=-140,
        done=-130,
        contract="VGR 2024-7",
        supplier="Lådan Data AB",
        asks=("SE-01", "SE-05"),
    ),
    Followed(
        area=SERVERS,
        organisation="sormland",
        method="dialogue",
        status="closed",
        planned=-75,
        done=-74,
        contract="RSO 2025-19",
        supplier="Racket Data AB",
        asks=("SE-01", "SE-14"),
    ),
    Followed(
        area=SERVERS,
        organisation="orebro-lan",
        method="audit",
        audit_form="site",
        status="planned",
        planned=70,
        contract="ROL 2025-44",
        supplier="Kretskortet AB",
        asks=("SE-07",),
    ),
)

# Requirements as the lessons changed them; published as the last version.
REWORDED: Final = {
    "DH-04": (
        "Garantierna ska vara annullerade för hallen",
        "Garantierna ska vara annullerade med hallens namn och kalenderåret",
    ),
    "DH-13": (
        "en flytt av verksamheten till regionen",
        "en flytt av verksamheten, eller att en annan arbetsgivare tar över den, till regionen",
    ),
}
NOTE: Final = "Två krav på datahallar är förtydligade efter uppföljningen av två avtal."


class Reported(NamedTuple):
    """A reading of an indicator for the whole country."""

    indicator: str
    day: int
    status: str
    comment: str
    value: int | None = None


# What makes the last indicator a measure, so that there is a curve to look at.
MEASURE: Final = "2.2"
UNIT, BASELINE, TARGET = "procent", 20, 80
REPORTED: Final = (
    Reported("1.1", -400, "on_track", "Arbetsgruppen har börjat skriva kraven."),
    Reported("1.1", -30, "met", "Kravpaketet är publicerat och används i nya avtal."),
    Reported("2.1", -240, "on_track", "En uppföljning är genomförd."),
    Reported("2.1", -5, "met", "Två uppföljningar är avslutade, och båda har ändrat krav."),
    Reported("2.2", -420, "not_started", "Mätningen av nuläget.", 20),
    Reported("2.2", -300, "on_track", "Fler leverantörer svarar sedan frågan förenklades.", 35),
    Reported("2.2", -180, "on_track", "Svar från hälften.", 52),
    Reported("2.2", -60, "delayed", "Ökningen har avtagit. Påminnelser är utskickade.", 58),
)


class FollowUpReported(NamedTuple):
    """A follow-up report: of which day, and what is new in it."""

    day: int
    note: str


REPORTS: Final = (
    FollowUpReported(
        -180,
        "Den första uppföljningsrapporten. Kravpaketet är på väg, och de första avtalen är "
        "följda upp.",
    ),
    FollowUpReported(
        0,
        "Kravpaketet används i nya avtal. Två uppföljningar är avslutade, och båda har ändrat "
        "krav. Fler leverantörer redovisar sina smältverk, men ökningen har avtagit.",
    ),
)
