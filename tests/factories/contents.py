"""Published contents by hand, for what reads them and asks no database."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from requirements_pkg.document.reading import read
from requirements_pkg.document.schema import Document

STAGES = {
    "raw_material": "Råvara",
    "component_manufacturing": "Komponenttillverkning/insatsvaror/ingredienser",
    "final_manufacturing": "Sluttillverkning",
    "use": "Användning",
    "end_of_life": "Sluthantering/avfall",
    "other": "Övrigt",
}
DIMENSIONS = {
    "human_rights": "Mänskliga rättigheter",
    "workers_rights": "Arbetares rättigheter",
    "environment": "Miljö",
    "anti_corruption": "Antikorruption",
}
AREAS = {1: "datahallar", 2: "servrar"}


def a_requirement(code: str = "SE-01", **fields: Any) -> dict[str, Any]:
    """One requirement of a content; its uid follows from its code unless given."""
    return {
        "uid": str(uuid5(NAMESPACE_URL, code)),
        "code": code,
        "revision": 1,
        "title": f"Krav {code}",
        "text": "Leverantören ska redovisa inom [antal veckor: 4 | räknat från begäran] veckor.",
        "rationale": "Gruvor förorenar vatten.",
        "verification": "Ifylld redovisning.",
        "follow_up_method": "Dokumentgranskning varje år.",
        "supplier_question": "",
        "guidance": "Används vid alla inköp.",
        "law_baseline": "Lagen gäller importörer av mineral.",
        "beyond_law": "Kravet gäller färdiga varor.",
        "kind": "contract",
        "level": "basic",
        "max_points": None,
        "scale": "",
        "replaces": None,
        "state": "active",
        "withdrawn": None,
        "product_areas": [2],
        "cpv": ["48820000-2"],
        "sources": [
            {"title": "Förordning", "url": "https://eur-lex.example/1", "dated": "2017-05-17"}
        ],
        "treats": [a_treatment()],
        "serves": [{"number": "1.1", "title": "Krav är framtagna"}],
        "module": None,
        "proofs": [],
        **fields,
    }


def a_treatment(**fields: Any) -> dict[str, Any]:
    """What a requirement treats, as a content tells it."""
    return {
        "id": 1,
        "product_area": 2,
        "stage": "raw_material",
        "dimension": "environment",
        "kind": "risk",
        "text": "Gruvor förorenar vatten.",
        **fields,
    }


def a_cell(stage: str, dimension: str, *texts: str, **fields: Any) -> dict[str, Any]:
    """One described cell of a plan."""
    return {
        "stage": stage,
        "dimension": dimension,
        "assessment": "described",
        "level": "",
        "text": " ".join(texts),
        "statements": [{"kind": "risk", "text": text} for text in texts],
        **fields,
    }


def a_content(*requirements: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A content of schema 2 with two areas, one of them with two cells."""
    cells = [
        a_cell("raw_material", "environment", "Gruvor förorenar vatten.", level="high"),
        a_cell("use", "environment", "Hög energianvändning."),
    ]
    return {
        "schema": 2,
        "package": {
            "slug": "it-teknisk-plattform",
            "title": "IT-teknisk plattform",
            "introduction": "Så används paketet.",
        },
        "plan": {
            "category": "IT-teknisk plattform",
            "period": {"first_year": 2023, "last_year": 2025},
            "procurement_region": "C",
            "coordinator": "Region Stockholm",
            "contacts": [],
            "introduction": "Servrar prioriteras.",
            "product_areas": [
                {"number": number, "name": name, "cells": cells if number == 2 else []}
                for number, name in AREAS.items()
            ],
            "goals": [
                {
                    "number": 1,
                    "title": "Ett gemensamt kravpaket",
                    "sub_goals": [
                        {"number": "1.1", "title": "Krav är framtagna", "indicators": []}
                    ],
                }
            ],
        },
        "stages": [{"code": code, "name": name} for code, name in STAGES.items()],
        "dimensions": [{"code": code, "name": name} for code, name in DIMENSIONS.items()],
        "region_name": "Stockholm",
        "modules": [],
        "requirements": list(requirements) or [a_requirement()],
        **fields,
    }


def a_document(*requirements: dict[str, Any], **fields: Any) -> Document:
    """The same, as it is read."""
    return read(a_content(*requirements, **fields))
