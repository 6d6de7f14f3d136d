"""URL parts: the code of a regency, and "pusat" for the people of the ministry."""

from functools import cache

from django.urls import register_converter
from django.urls.converters import StringConverter

NATION = "pusat"


class RegencyCodeConverter(StringConverter):
    regex = r"\d{2}\.\d{2}"


class PlaceConverter(StringConverter):
    regex = rf"\d{{2}}\.\d{{2}}|{NATION}"


@cache
def register() -> None:
    register_converter(RegencyCodeConverter, "regency")
    register_converter(PlaceConverter, "place")
