"""The six stages, the four dimensions, and the spellings met in documents."""

from django.db import migrations

STAGES = {
    "raw_material": ("Råvara", ["utvinning", "odling", "råvaruproduktion"]),
    "component_manufacturing": (
        "Komponenttillverkning/insatsvaror/ingredienser",
        [
            "komponenttillverkning",
            "komponenttillverkning/insatsvaror",
            "insatsvaror",
            "ingredienser",
            "bearbetning",
            "förädling",
        ],
    ),
    "final_manufacturing": (
        "Sluttillverkning",
        ["sluttilverkning", "slutmontering", "slutproduktion"],
    ),
    "use": (
        "Användning",
        ["användarförhållanden", "användarfas", "användningsfas", "användarfasen", "drift"],
    ),
    "end_of_life": (
        "Sluthantering/avfall",
        ["sluthantering", "avfall", "återvinning", "återbruk", "avfallshantering"],
    ),
    "other": ("Övrigt", ["övriga"]),
}
DIMENSIONS = {
    "human_rights": ("Mänskliga rättigheter", []),
    "workers_rights": (
        "Arbetares rättigheter",
        ["arbeters rättigheter", "arbetstagares rättigheter"],
    ),
    "environment": ("Miljö", ["miljöskydd"]),
    "anti_corruption": (
        "Antikorruption",
        ["anti-korruption", "korruption", "affärsetik", "anti-korruption / affärsetik"],
    ),
}


def add(apps, schema_editor):
    aliases = apps.get_model("risks", "HeadingAlias").objects
    for model, field, rows in (
        ("LifecycleStage", "stage_id", STAGES),
        ("Dimension", "dimension_id", DIMENSIONS),
    ):
        objects = apps.get_model("risks", model).objects
        made = [
            objects.model(code=code, name=name, position=position)
            for position, (code, (name, _spellings)) in enumerate(rows.items(), start=1)
        ]
        # Gone back and forth, they are there already.
        objects.bulk_create(made, ignore_conflicts=True)
        keys = dict(objects.values_list("code", "pk"))
        spelled = [
            aliases.model(folded=spelling, **{field: keys[code]})
            for code, (name, spellings) in rows.items()
            for spelling in dict.fromkeys([name.casefold(), *spellings])
        ]
        aliases.bulk_create(spelled, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("risks", "0001_initial")]

    # Backwards nothing is taken away: cells may already point at these rows.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
