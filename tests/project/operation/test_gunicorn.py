"""What the settings of gunicorn do to a process that serves."""

import gc
import runpy

from tests.project.house import sources


def test_a_server_does_not_stop_to_look_through_what_it_loaded_once():
    settings = runpy.run_path(str(sources.ROOT / "deploy/gunicorn.conf.py"))
    gc.unfreeze()
    try:
        settings["post_worker_init"](None)
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()
