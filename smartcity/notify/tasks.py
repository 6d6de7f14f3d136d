"""What the worker does every minute: make the mails that are due and send them."""

from procrastinate.contrib.django import app

from smartcity.notify.domain.delivery import deliver


@app.periodic(cron="* * * * *")
@app.task(name="smartcity.notify.tasks.deliver_mails", queueing_lock="notify.deliver_mails")
def deliver_mails(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    deliver()
