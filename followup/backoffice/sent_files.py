"""Files that people uploaded, as they are sent: to be kept, never shown by the browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from followup.actions.evidence import content_type_of


def sent_file(file_name: str, content: bytes) -> HttpResponse:
    """Return a stored file as a download of the type that its name says."""
    response = HttpResponse(content, content_type=content_type_of(file_name))
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file_name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
