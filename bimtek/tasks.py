"""What the worker does for stages: reminds of deadlines."""

from django.utils import timezone
from procrastinate.contrib.django import app

from bimtek.domain.notices import remind


@app.periodic(cron="9 * * * *")
@app.task(name="bimtek.tasks.remind_of_deadlines", queueing_lock="bimtek.remind_of_deadlines")
def remind_of_deadlines(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    remind(timezone.now())
