"""A lot of an eForms notice, as far as a selection knows it: to be pasted into one.

Green procurement (BT-805), the award criteria with their points (BT-539, BT-734, BT-540, BT-541),
the terms of performance (BT-70) and the buyer's own reference (BT-22). All else of a notice is not
known here.
"""

from typing import Final

from django.utils.translation import gettext_lazy, override
from lxml import etree
from lxml.builder import ElementMaker

from actionplan.word.writing.body import xml_text
from requirements_pkg.tender.document import Tender
from requirements_pkg.tender.downloads import FORMS, DownloadRequest, Form
from requirements_pkg.tender.requirement import AWARD, CONTRACT, NATIONAL, TenderRequirement
from requirements_pkg.tender.words import LANGUAGE

UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
EFORMS: Final = "http://data.europa.eu/p27/eforms-ubl-"
NAMES: Final = {
    "cac": f"{UBL}CommonAggregateComponents-2",
    "cbc": f"{UBL}CommonBasicComponents-2",
    "ext": f"{UBL}CommonExtensionComponents-2",
    "efext": f"{EFORMS}extensions/1",
    "efac": f"{EFORMS}extension-aggregate-components/1",
    "efbc": f"{EFORMS}extension-basic-components/1",
}
# Swedish, as eForms calls languages.
SWEDISH: Final = "SWE"
LOT: Final = "LOT-0001"
XML: Final = "application/xml"
# The words of a notice's field are bounded.
LONGEST: Final = 6000

CAC, CBC, EXT, EFEXT, EFAC, EFBC = (
    ElementMaker(namespace=address, nsmap=NAMES) for address in NAMES.values()
)


def lot(made: Tender) -> bytes:
    """Write what a selection says of a lot as XML."""
    with override(LANGUAGE):
        root = CAC.ProcurementProjectLot(
            CBC.ID(LOT, schemeName="Lot"), _terms(made), _project(made)
        )
    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )
    return written


def _project(made: Tender) -> etree._Element:
    reference = made.reference
    return CAC.ProcurementProject(
        *([CBC.ID(xml_text(reference), schemeName="InternalID")] if reference else []),
        CAC.ProcurementAdditionalType(
            CBC.ProcurementTypeCode(NATIONAL, listName="gpp-criteria"),
        ),
    )


def _terms(made: Tender) -> etree._Element:
    """Return the terms of the contract, and what the tenders are compared by."""
    items = [item for part in made.parts for group in part.groups for item in group.items]
    terms = [item for item in items if item.kind == CONTRACT]
    criteria = [_criterion(item) for item in items if item.kind == AWARD]
    awarding = CAC.AwardingTerms(CAC.AwardingCriterion(*criteria))
    return CAC.TenderingTerms(
        *([_performance(terms)] if terms else []), *([awarding] if criteria else [])
    )


def _performance(terms: list[TenderRequirement]) -> etree._Element:
    """Return the terms of performance: by name, for the words are in the documents."""
    names = "; ".join(f"{item.citation} {item.title}" for item in terms)
    return CAC.ContractExecutionRequirement(
        CBC.ExecutionRequirementCode("performance", listName="conditions"),
        CBC.Description(_bounded(names), languageID=SWEDISH),
    )


def _criterion(item: TenderRequirement) -> etree._Element:
    words = f"{item.text_of('text')}\n\n{item.text_of('scale')}".strip()
    return CAC.SubordinateAwardingCriterion(
        *([_weight(item.points)] if item.points and not item.deducts else []),
        CBC.AwardingCriterionTypeCode("quality", listName="award-criterion-type"),
        CBC.Name(_bounded(f"{item.citation} {item.title}"), languageID=SWEDISH),
        CBC.Description(_bounded(words), languageID=SWEDISH),
    )


def _weight(points: int) -> etree._Element:
    """Return the exact points of a criterion, which eForms has in an extension."""
    parameter = EFAC.AwardCriterionParameter(
        EFBC.ParameterCode("poi-exa", listName="number-weight"),
        EFBC.ParameterNumeric(str(points)),
    )
    content = EXT.ExtensionContent(EFEXT.EformsExtension(parameter))
    return EXT.UBLExtensions(EXT.UBLExtension(content))


def _bounded(words: str) -> str:
    plain = xml_text(words)
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _lot(order: DownloadRequest) -> bytes:
    return lot(order.tender)


USE: Final = gettext_lazy("the part of a notice that is known, for your procurement system")
# A whole version is of no procurement.
SELECTION_FORMS: Final = {**FORMS, "xml": Form("eForms", USE, USE, XML, _lot, pack=True)}
