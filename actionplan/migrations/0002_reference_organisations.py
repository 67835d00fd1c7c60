"""The eight procurement regions, the 21 regions and their joint body (LfU's own list)."""

from django.db import migrations

MEMBERS = {
    "A": [
        ("vasternorrland", "Region Västernorrland"),
        ("jamtland-harjedalen", "Region Jämtland Härjedalen"),
        ("vasterbotten", "Region Västerbotten"),
        ("norrbotten", "Region Norrbotten"),
    ],
    "B": [
        ("uppsala", "Region Uppsala"),
        ("vastmanland", "Region Västmanland"),
        ("dalarna", "Region Dalarna"),
        ("gavleborg", "Region Gävleborg"),
        ("varuforsorjningen", "Varuförsörjningen"),
    ],
    "C": [("stockholm", "Region Stockholm")],
    "D": [
        ("sormland", "Region Sörmland"),
        ("varmland", "Region Värmland"),
        ("orebro-lan", "Region Örebro län"),
        ("gotland", "Region Gotland"),
    ],
    "E": [("vastra-gotaland", "Västra Götalandsregionen")],
    "F": [
        ("jonkopings-lan", "Region Jönköpings län"),
        ("kalmar-lan", "Region Kalmar län"),
        ("ostergotland", "Region Östergötland"),
    ],
    "G": [
        ("kronoberg", "Region Kronoberg"),
        ("blekinge", "Region Blekinge"),
        ("halland", "Region Halland"),
    ],
    "H": [("skane", "Region Skåne")],
}
JOINT_BODIES = {"varuforsorjningen"}


def add(apps, schema_editor):
    regions = apps.get_model("actionplan", "ProcurementRegion").objects
    organisations = apps.get_model("actionplan", "Organisation").objects
    for code, members in MEMBERS.items():
        region, _ = regions.get_or_create(
            code=code, defaults={"name": f"Upphandlingsregion {code}"}
        )
        for slug, name in members:
            kind = "joint_body" if slug in JOINT_BODIES else "region"
            organisations.get_or_create(
                code=slug, defaults={"name": name, "kind": kind, "procurement_region": region}
            )


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0001_initial")]

    # Backwards nothing is taken away: plans may already point at these rows.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
