"""National risk analyses as they look when pasted, in the two forms that the pages come in."""

HIGH = ("Hög", "Hög", "Hög")
ROWS = {
    "Mänskliga rättigheter": HIGH,
    "Arbetares rättigheter": ("Hög", "Låg", "Otillräcklig information"),
    "Miljöskydd": ("Hög", "Hög", "Medelhög"),
    "Korruption": HIGH,
}
OVERALL = {
    "Mänskliga rättigheter": "Hög",
    "Arbetares rättigheter": "Medelhög",
    "Miljöskydd": "Hög",
    "Korruption": "Låg",
}

TABLE = "\n".join(
    [
        "Bildskärmar",
        "Innehåll på denna sida",
        "Leveranskedjan | |||",
        "---|---|---|---|",
        "Råvara | Bearbetning | Sluttillverkning | |",
        "Riskområde | |||",
        *(f"{name} | {' | '.join(levels)} |" for name, levels in ROWS.items()),
        "(löpande text följer)",
        "",
    ]
)
STACK = "\n".join(
    [
        "Start",
        "",
        "Bildskärmar",
        "",
        "Riskbedömning över leveranskedjan",
        " Leveranskedjan",
        "RåvaraBearbetningSluttillverkning",
        "Riskområde",
        *("\n\n".join([name, *levels, ""]).removesuffix("\n") for name, levels in ROWS.items()),
        *(f"{name} {level}\n" for name, level in OVERALL.items()),
        "Så hanterar du riskerna",
        "",
    ]
)
BOTH = {"table": TABLE, "stack": STACK}
