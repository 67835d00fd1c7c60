# The application as a container. Its steps are those of `make install`, in a slim image.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --create-home --uid 10001 kravkedjan
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt

COPY manage.py ./
COPY actionplan actionplan
COPY risks risks
COPY requirements_pkg requirements_pkg
COPY followup followup
COPY templates templates
COPY static static
COPY locale locale
COPY deploy/gunicorn.conf.py deploy/

# Whoever runs it may not write here, so everything is compiled now and not at each start.
RUN python -m compileall -q .

# It does not need the real secret; DEBUG is off so that file names get their hashes.
RUN SECRET_KEY=only-while-the-image-is-built-0123456789-abcdefghijklmnop \
    python manage.py collectstatic --noinput --verbosity 0

USER kravkedjan
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

ENV BIND=0.0.0.0:8000 \
    WEB_CONCURRENCY=2
CMD ["sh", "-c", "python manage.py migrate --noinput && python manage.py catch_up && exec gunicorn --config deploy/gunicorn.conf.py"]
