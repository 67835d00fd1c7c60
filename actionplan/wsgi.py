"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from actionplan.django_edges.charset import utf8_alone

# A visitor has long gone by then, and the thread is wanted by others.
os.environ["STATEMENT_SECONDS"] = os.environ.get("STATEMENT_SECONDS") or "15"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "actionplan.settings")
application = utf8_alone(get_wsgi_application())
