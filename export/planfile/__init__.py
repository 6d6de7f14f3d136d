"""A whole plan as one JSON document (docs/plan-format.md): read all or nothing, written back in the same shape."""

from export.planfile.cursor import Fault, PlanFileError
from export.planfile.dump import dump
from export.planfile.load import load
from export.planfile.source import read_json

__all__ = ["Fault", "PlanFileError", "dump", "load", "read_json"]
