"""What the worker does for the plan: empties the bin."""

from procrastinate.contrib.django import app

from masterplan.domain.bin import empty_bin


@app.periodic(cron="17 * * * *")  # every hour: a server that sleeps at night would miss a nightly task
@app.task(name="masterplan.tasks.empty_bins", queueing_lock="masterplan.empty_bins")
def empty_bins(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    empty_bin()
