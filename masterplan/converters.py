"""URL parts of the field: a plan's code and a section's code."""

from functools import cache

from django.urls import register_converter
from django.urls.converters import StringConverter


class PlanCodeConverter(StringConverter):
    regex = r"\d{2}\.\d{2}-\d{4}"


class SectionCodeConverter(StringConverter):
    regex = r"[A-Z]\d{1,2}\.[0-9A-Z]{1,2}\.\d{1,3}"


@cache
def register() -> None:
    """Once, however many URL modules ask."""
    register_converter(PlanCodeConverter, "plan")
    register_converter(SectionCodeConverter, "section")
