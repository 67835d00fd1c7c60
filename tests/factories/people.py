"""People with roles."""

import factory
from factory.django import DjangoModelFactory

from actionplan.models import Membership, User


class UserFactory(DjangoModelFactory):
    """A person; `role` and `at` give them a membership, and with it the way in."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")

    @classmethod
    def _create(cls, model_class, *args, role=None, at=None, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        if role:
            Membership.objects.create(user=user, organisation=at, role=role)
        return user
