"""Is the service able to work? For load balancers and people; says which part is down and never why."""

import logging
import tempfile
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

SLOW_QUEUE = timedelta(minutes=2)
OLDEST_WAITING = """
    SELECT EXTRACT(EPOCH FROM now() - min(GREATEST(event.at, COALESCE(job.scheduled_at, event.at))))
    FROM procrastinate_jobs AS job
    JOIN procrastinate_events AS event ON event.job_id = job.id AND event.type = 'deferred'
    WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
"""


@dataclass(frozen=True)
class Health:
    """`queue_age` is the waiting time in seconds of the oldest job that could run now."""

    state: str
    database: bool
    storage: bool
    queue: bool
    queue_age: int | None


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """503 only without a database: with a full disk or a late worker people can still write."""
    found = examine()
    status = 200 if found.database else 503
    if "text/html" in request.headers.get("Accept", ""):
        return HttpResponse(render_to_string("health/health.html", {"health": found}), status=status)
    return JsonResponse(asdict(found), status=status)


def examine() -> Health:
    database, queue_age = _database()
    storage = _storage_is_writable(Path(settings.MEDIA_ROOT))
    queue = database and (queue_age or 0) <= SLOW_QUEUE.total_seconds()
    state = "ok" if storage and queue else "degraded"
    return Health(state if database else "down", database, storage, queue, queue_age)


def _database() -> tuple[bool, int | None]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(OLDEST_WAITING)
            (age,) = cursor.fetchone()
    except DatabaseError:
        logger.exception("Basis data tidak menjawab.")
        return False, None
    return True, None if age is None else int(age)


def _storage_is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError:
        logger.exception("Penyimpanan tidak dapat ditulisi.")
        return False
    return True
