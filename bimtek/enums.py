"""Bodies that carry a region's smart city, and what its way through the movement is made of."""

from collections.abc import Iterable

from django.db import models


class Body(models.TextChoices):
    COUNCIL = "dewan_smart_city", "Dewan Smart City"
    TEAM = "tim_pelaksana", "Tim Pelaksana"


class OrganisationKind(models.TextChoices):
    """Where a member or a participant comes from."""

    OPD = "opd", "Perangkat daerah"
    DISTRICT = "kecamatan", "Kecamatan"
    VILLAGE = "desa", "Desa atau kelurahan"
    ARMY = "tni", "TNI"
    POLICE = "polri", "Polri"
    MINISTRY = "kementerian", "Kementerian atau lembaga pusat"
    PROVINCE = "provinsi", "Pemerintah provinsi"
    PARLIAMENT = "dprd", "DPRD"
    UNIVERSITY = "kampus", "Perguruan tinggi atau sekolah"
    COMPANY = "usaha", "Dunia usaha"
    COMMUNITY = "komunitas", "Komunitas atau organisasi masyarakat"
    MEDIA = "media", "Media"
    OTHER = "lain", "Lainnya"


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


class EventKind(models.TextChoices):
    SOCIALISATION = "sosialisasi", "Sosialisasi"
    PREPARATION = "persiapan", "Rapat persiapan"
    WORKSHOP = "bimtek", "Bimtek"
    COUNCIL = "dewan", "Rapat Dewan atau Tim"
    FORUM = "forum", "Forum Smart City"
    VISIT = "kunjungan", "Kunjungan lapangan"
    EKSPOSE = "ekspose", "Ekspose"
    EVALUATION = "evaluasi", "Evaluasi"
    OTHER = "lain", "Kegiatan lain"


class ParticipationState(models.TextChoices):
    INVITED = "diundang", "Diundang"
    SELECTED = "terpilih", "Terpilih"
    RUNNING = "berjalan", "Didampingi"
    ACCEPTED = "diterima", "Masterplan diterima"
    WITHDRAWN = "mundur", "Mengundurkan diri"


class HolidayKind(models.TextChoices):
    NATIONAL = "libur", "Libur nasional"
    JOINT_LEAVE = "cuti_bersama", "Cuti bersama"


class DeadlineKind(models.TextChoices):
    SUBMIT = "kirim", "Kiriman"
    READ = "baca", "Bacaan pembimbing"


class OpinionLevel(models.TextChoices):
    """From the mildest to the strictest."""

    AGREED = "setuju", "Setuju"
    WITH_NOTES = "dengan_catatan", "Setuju dengan catatan"
    TO_MEND = "perlu_perbaikan", "Perlu perbaikan"

    @classmethod
    def strictest(cls, levels: Iterable[str]) -> "OpinionLevel | None":
        found = set(levels)
        return next((level for level in reversed(cls) if level in found), None)


class ChainState(models.TextChoices):
    RUNNING = "berjalan", "Berjalan"
    APPROVED = "disetujui", "Disetujui"
    RETURNED = "dikembalikan", "Dikembalikan"


class ApprovalState(models.TextChoices):
    WAITING = "menunggu", "Menunggu"
    APPROVED = "disetujui", "Disetujui"
    RETURNED = "dikembalikan", "Dikembalikan"


class SigningCapacity(models.TextChoices):
    """In what right somebody signs; everything but the office itself names its mandate."""

    HOLDER = "pejabat", "Pejabatnya sendiri"
    ON_BEHALF = "atas_nama", "a.n. (atas nama)"
    ACTING = "plt", "Plt. (pelaksana tugas)"
    DAILY = "plh", "Plh. (pelaksana harian)"


class SignatureState(models.TextChoices):
    """What a signed file is worth. ALTERED is never stored: such a file is refused."""

    TRUSTED = "tepercaya", "Utuh, penerbit sertifikat dipercaya"
    UNKNOWN_ISSUER = "penerbit_tidak_dikenal", "Utuh, penerbit sertifikat tidak dikenal"
    TEST = "uji", "Utuh, sertifikat uji"
    ALTERED = "berubah", "Berubah"


class CheckedAs(models.TextChoices):
    """What a SHA-256 turned out to be."""

    EDITION = "edisi", "PDF edisi"
    SIGNED = "bertanda_tangan", "PDF edisi bertanda tangan"
    SUBMITTED = "kiriman", "Naskah yang diajukan"
    UNKNOWN = "tidak_dikenal", "Tidak dikenal"
    MISTYPED = "salah_tulis", "Bukan SHA-256"


class EksposeVerdict(models.TextChoices):
    ACCEPTED = "diterima", "Diterima"
    TO_MEND = "diperbaiki", "Perlu diperbaiki"


class EksposeLevel(models.TextChoices):
    REGENCY = "daerah", "Kabupaten/kota"
    PROVINCE = "provinsi", "Provinsi"
    NATION = "nasional", "Nasional"


class EventFileKind(models.TextChoices):
    MATERIAL = "materi", "Materi"
    PHOTO = "foto", "Foto"
    MINUTES = "notula", "Notula"
    LIST = "hadir", "Daftar hadir"


class AttendedHow(models.TextChoices):
    LIST = "list", "Daftar"
    QR = "qr", "QR"
