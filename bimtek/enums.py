"""Bodies that carry a region's smart city."""

from django.db import models


class Body(models.TextChoices):
    COUNCIL = "dewan_smart_city", "Dewan Smart City"
    TEAM = "tim_pelaksana", "Tim Pelaksana"
