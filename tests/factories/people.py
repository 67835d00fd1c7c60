"""People with roles."""

import factory
from factory.django import DjangoModelFactory

from actionplan.models import Membership, User


class UserFactory(DjangoModelFactory):
    """Someone who may log in to the admin; `role` and `at` give them a membership."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    is_staff = True

    @classmethod
    def _create(cls, model_class, *args, role=None, at=None, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        if role:
            Membership.objects.create(user=user, organisation=at, role=role)
        return user
