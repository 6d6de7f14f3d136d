"""Bodies that carry a region's smart city, and what its way through the movement is made of."""

from django.db import models


class Body(models.TextChoices):
    COUNCIL = "dewan_smart_city", "Dewan Smart City"
    TEAM = "tim_pelaksana", "Tim Pelaksana"


class DocumentKind(models.TextChoices):
    """What a stage can demand (`Stage.needed_documents`)."""

    ASSESSMENT = "hasil_asesmen", "Hasil asesmen"
    MOU = "mou", "Nota kesepahaman (MoU)"
    AGREEMENT = "nota_kesepakatan", "Nota kesepakatan"
    COUNCIL_DECREE = "sk_dewan", "SK Dewan Smart City"
    TEAM_DECREE = "sk_tim", "SK Tim Pelaksana"
    COMMITMENT = "lembar_komitmen", "Lembar komitmen"
    RPJMD = "rpjmd", "RPJMD"
    RENSTRA = "renstra", "Renstra perangkat daerah"
    INVITATION = "undangan", "Surat undangan atau pemanggilan"
    MINUTES = "berita_acara", "Berita acara"
    ACCEPTANCE = "penerimaan", "Surat penerimaan masterplan"
    REGULATION = "peraturan", "Peraturan kepala daerah"
    OTHER = "lain", "Dokumen lain"
