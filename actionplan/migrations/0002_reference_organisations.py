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
    made = [regions.model(code=code, name=f"Upphandlingsregion {code}") for code in MEMBERS]
    # Gone back and forth, they are there already.
    regions.bulk_create(made, ignore_conflicts=True)
    keys = dict(regions.values_list("code", "pk"))
    members = [
        organisations.model(
            code=slug,
            name=name,
            kind="joint_body" if slug in JOINT_BODIES else "region",
            procurement_region_id=keys[code],
        )
        for code, region in MEMBERS.items()
        for slug, name in region
    ]
    organisations.bulk_create(members, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("actionplan", "0001_initial")]

    # Backwards nothing is taken away: plans may already point at these rows.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
