"""The admin of plans, goals and organisations; that of people stands in `accounts/`."""

from actionplan.accounts.people import admin as accounts
from actionplan.accounts.people import invitation_admin as invitations
from actionplan.admin import events, log, plans

__all__ = ["accounts", "events", "invitations", "log", "plans"]
