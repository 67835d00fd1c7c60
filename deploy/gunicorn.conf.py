"""How gunicorn serves the site, wherever it runs: `gunicorn --config deploy/gunicorn.conf.py`."""

import gc
import os

wsgi_app = "actionplan.wsgi"
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
# Each worker is a process, with finished pages in its own memory.
workers = int(os.environ.get("WEB_CONCURRENCY") or 1)
# How many requests a worker answers at a time. Threads that wait for a page that another one makes
# cost little, and /healthz must get one. Each keeps a connection to PostgreSQL.
threads = int(os.environ.get("WEB_THREADS") or 16)
# A buyer's selection lives in its address: this is the longest that gunicorn takes.
limit_request_line = 8190
control_socket_disable = True
loglevel = "warning"


def post_worker_init(worker: object) -> None:
    """Never look for garbage in what was loaded: it stops all threads, for a third of a second."""
    gc.collect()
    gc.freeze()
