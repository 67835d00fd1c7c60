"""A dump of the database tells versions as they were written, and gives them back."""

import json

import pytest
from django.core import serializers

from requirements_pkg.models import PackageVersion, VersionFacts
from tests.factories.contents import a_content


@pytest.mark.parametrize("schema", [2, 3])
def test_a_version_and_its_facts_are_dumped_as_they_were_stored(store_content, schema):
    content = a_content(schema=schema)
    if schema == 3:
        content |= {"indicators": [], "lessons": []}
    version = store_content(content)
    rows = [PackageVersion.objects.get(pk=version.pk), VersionFacts.objects.get(pk=version.pk)]
    dumped = json.loads(serializers.serialize("json", rows))
    assert dumped[0]["fields"]["content"] == content
    back = [record.object for record in serializers.deserialize("python", dumped)]
    assert back[0].content == content
    assert dumped[1]["fields"]["listing"]["period"] == "2023–2025"
