"""Seats of the team as other apps ask for them."""

from bimtek.domain.deadline import today_at
from bimtek.enums import Body
from bimtek.models import BodyMember
from masterplan.models import Masterplan


def chair_of_team(plan: Masterplan) -> str:
    """Who holds the chair of the implementing team today, as "Ketua Tim Pelaksana: holder"; empty where nobody does."""
    today = today_at(plan)
    seats = BodyMember.objects.filter(plan=plan, body=Body.TEAM, seat__istartswith="ketua")
    holder = next((seat.holder for seat in seats if not seat.is_past(today)), "")
    return f"Ketua {Body.TEAM.label}: {holder}" if holder else ""
