"""The codes of the stages and dimensions that every database begins with, in their order."""

STAGES = (
    "raw_material",
    "component_manufacturing",
    "final_manufacturing",
    "use",
    "end_of_life",
    "other",
)
DIMENSIONS = ("human_rights", "workers_rights", "environment", "anti_corruption")
