"""The verbs of regions, offices, people and invitations."""

from smartcity.regency.domain.region import load_regions

__all__ = ["load_regions"]
