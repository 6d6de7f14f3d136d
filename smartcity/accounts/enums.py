"""Roles and the reach of a role."""

from django.db import models


class Role(models.TextChoices):
    MINISTRY_EDITOR = "ministry_editor", "Editor kementerian"
    MENTOR = "mentor", "Pembimbing"
    ASSESSOR = "assessor", "Asesor"
    COORDINATOR = "coordinator", "Koordinator Diskominfo"
    AUTHOR = "author", "Penulis perangkat daerah"
    DIMENSION_LEAD = "dimension_lead", "PIC dimensi"
    APPROVER = "approver", "Pimpinan daerah"
    COUNCIL_READER = "council_reader", "Anggota Dewan Smart City"


class Scope(models.TextChoices):
    NATION = "nation", "Nasional"
    PROVINCE = "province", "Provinsi"
    REGENCY = "regency", "Daerah"
    OPD = "opd", "Perangkat daerah"


# Ministry people read drafts of many regions and the coordinator edits a whole plan: a stolen password is not enough there.
SECOND_FACTOR_ROLES = frozenset({Role.MINISTRY_EDITOR, Role.MENTOR, Role.COORDINATOR})
