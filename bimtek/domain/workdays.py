"""Working days in Indonesia: Monday to Friday without national holidays and joint leave; pure."""

from collections.abc import Container
from datetime import date, timedelta

FRIDAY = 4
DAY = timedelta(days=1)


def is_workday(day: date, holidays: Container[date]) -> bool:
    return day.weekday() <= FRIDAY and day not in holidays


def add_workdays(start: date, number: int, holidays: Container[date]) -> date:
    """The working day that is `number` working days behind `start`; the day of the start itself does not count.

    With 0 it is the start, or the next working day where the start is none.
    """
    day = start
    while not is_workday(day, holidays) and number == 0:
        day += DAY
    while number > 0:
        day += DAY
        number -= is_workday(day, holidays)
    return day


def workdays_between(first: date, last: date, holidays: Container[date]) -> int:
    """Working days behind `first` up to and with `last`; negative where `last` lies before."""
    if last < first:
        return -workdays_between(last, first, holidays)
    span = range(first.toordinal() + 1, last.toordinal() + 1)
    return sum(is_workday(date.fromordinal(number), holidays) for number in span)
