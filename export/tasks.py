"""What the worker does: make a book, or its parts ahead of time; bring back work of a worker that died."""

import uuid

from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from export import ahead
from export.asking import QUEUE, TASK
from export.domain import close_lost_exports, run_export
from export.frozen_book import close_lost_books, make

# A database that restarts is back within seconds; what was set by then is on the shelf.
AFTER_THE_DATABASE = RetryStrategy(max_attempts=10, wait=3, retry_exceptions=(OperationalError, InterfaceError))


@app.task(name=TASK, queue=QUEUE, retry=AFTER_THE_DATABASE)
def make_book(job_id: str) -> None:
    run_export(uuid.UUID(job_id))


@app.task(name="export.tasks.make_submitted_book", queue=QUEUE, retry=AFTER_THE_DATABASE)
def make_submitted_book(submission_id: int) -> None:
    make(submission_id)


@app.task(name=ahead.TASK, queue=ahead.QUEUE)
def set_parts_ahead(plan_id: int) -> None:
    ahead.set_plan_ahead(plan_id)


@app.periodic(cron="* * * * *")
@app.task(name="export.tasks.retry_stalled", queueing_lock="export.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """A worker that was killed leaves jobs in "doing"; without a heartbeat for half a minute they go back into the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=30):
        await manager.retry_job(job)
    await sync_to_async(close_lost_exports)()
    await sync_to_async(close_lost_books)()
