"""Choices of the plan: values in English, labels in Indonesian."""

from django.db import models


class SectionKind(models.TextChoices):
    PROSE = "prose", "Naskah"
    MIXED = "mixed", "Naskah dan tabel"
    TABLE = "table", "Tabel"
    AUTO = "auto", "Otomatis"


WRITTEN_KINDS = (SectionKind.PROSE, SectionKind.MIXED)

# Drawn from rows, as the outline names them (`OutlineSection.figures`).
FIGURE_NAMES = {
    "readiness_radar": "Radar kesiapan",
    "swot_quadrant": "Kuadran SWOT",
    "golden_thread": "Benang merah sasaran hingga program",
    "strategy_tree": "Pohon strategi",
    "roadmap_gantt": "Diagram jadwal peta jalan",
    "budget_by_dimension": "Anggaran per dimensi dan tahun",
}


class BimtekStage(models.TextChoices):
    """By when a section is due; the value is the stage's code in the reference data."""

    I = "I", "Bimtek I"  # noqa: E741 - the movement numbers its stages in Roman
    II = "II", "Bimtek II"
    III = "III", "Bimtek III"
    IV = "IV", "Bimtek IV"


class Severity(models.TextChoices):
    """How much a finding weighs; only a blocking one holds up a submission, from the rule's stage on."""

    BLOCKING = "menghalangi", "Menghalangi"
    WARNING = "peringatan", "Peringatan"
    ADVICE = "saran", "Saran"


class ReadinessGroup(models.TextChoices):
    STRUCTURE = "struktur", "Struktur"
    INFRASTRUCTURE = "infrastruktur", "Infrastruktur"
    SUPERSTRUCTURE = "suprastruktur", "Suprastruktur"


class SwotKind(models.TextChoices):
    STRENGTH = "kekuatan", "Kekuatan"
    WEAKNESS = "kelemahan", "Kelemahan"
    OPPORTUNITY = "peluang", "Peluang"
    THREAT = "ancaman", "Ancaman"


INTERNAL_SWOT = (SwotKind.STRENGTH, SwotKind.WEAKNESS)
EXTERNAL_SWOT = (SwotKind.OPPORTUNITY, SwotKind.THREAT)


class TowsKind(models.TextChoices):
    SO = "SO", "SO: kekuatan untuk meraih peluang"
    WO = "WO", "WO: peluang untuk menutup kelemahan"
    ST = "ST", "ST: kekuatan untuk menghadapi ancaman"
    WT = "WT", "WT: memperkecil kelemahan dan ancaman"


class Direction(models.TextChoices):
    UP = "naik", "Makin tinggi makin baik"
    DOWN = "turun", "Makin rendah makin baik"


class Horizon(models.TextChoices):
    SHORT = "pendek", "Jangka pendek"
    MEDIUM = "menengah", "Jangka menengah"
    LONG = "panjang", "Jangka panjang"


class SupportGroup(models.TextChoices):
    POLICY = "kebijakan_kelembagaan", "Kebijakan dan kelembagaan"
    INFRASTRUCTURE = "infrastruktur_pendukung", "Infrastruktur pendukung"
    APPLICATION = "aplikasi_perangkat_lunak", "Aplikasi dan perangkat lunak"
    LITERACY = "penguatan_literasi", "Penguatan literasi"
    CAPACITY = "peningkatan_kapasitas_sdm", "Peningkatan kapasitas SDM"


class WordImportState(models.TextChoices):
    READ = "dibaca", "Menunggu keputusan"
    APPLIED = "dipakai", "Sudah masuk naskah"
    DROPPED = "dibuang", "Dibatalkan"


class TableImportState(models.TextChoices):
    READ = "dibaca", "Menunggu keputusan"
    APPLIED = "dipakai", "Sudah disimpan"
    DROPPED = "dibuang", "Dibatalkan"
    UNFIT = "ditolak", "Tidak dapat dibaca"


class RecoveredState(models.TextChoices):
    OPEN = "terbuka", "Belum ditangani"
    PUT_BACK = "kembali", "Dikembalikan ke naskah"
    DISMISSED = "abai", "Tidak diperlukan lagi"


class PlanYears(models.IntegerChoices):
    FIVE = 5, "5 tahun"
    TEN = 10, "10 tahun"


class CodeListKind(models.TextChoices):
    FUNDING = "sumber-dana", "Sumber dana"
    SUBACTIVITY = "sipd", "Kode SIPD"


class InnovationKind(models.TextChoices):
    """Domain 3.6 (the evaluation's innovation form): an innovation need not be technology."""

    PROGRAMME = "program", "Program"
    PRODUCT = "produk", "Produk"
    METHOD = "metode", "Metode"
    CONCEPT = "konseptual", "Konseptual"
    TECHNOLOGY = "teknologi", "Teknologi"


class PartnerKind(models.TextChoices):
    """Feature F90."""

    GOVERNMENT = "pemerintah", "Pemerintah"
    BUSINESS = "usaha", "Dunia usaha"
    UNIVERSITY = "kampus", "Perguruan tinggi"
    COMMUNITY = "komunitas", "Komunitas"
    MEDIA = "media", "Media"


class PlanDocument(models.TextChoices):
    """Domain 3.8: the documents with which a programme must agree."""

    RPJMD = "rpjmd", "RPJMD"
    RENSTRA = "renstra", "Renstra"
    RKPD = "rkpd", "RKPD"


class VariableState(models.TextChoices):
    """State of one of the four variables that mentors ask about (domain 3.6): regulation, infrastructure, application, people."""

    PRESENT = "ada", "Ada"
    PARTLY = "sebagian", "Sebagian"
    MISSING = "belum", "Belum"


class ReasonKind(models.TextChoices):
    DROPPED = "gugur", "Digugurkan"
    REVIVED = "hidup", "Dihidupkan kembali"
    LOWERED = "target", "Target diturunkan"


class CommentKind(models.TextChoices):
    """Only what must be fixed holds up a gate; praise waits for nobody."""

    MUST_FIX = "wajib", "Wajib diperbaiki"
    SUGGESTION = "saran", "Saran"
    QUESTION = "pertanyaan", "Pertanyaan"
    PRAISE = "apresiasi", "Apresiasi"


class CommentVisibility(models.TextChoices):
    """Chosen before a word is typed, and never changed afterwards."""

    REVIEWERS = "peninjau", "Hanya peninjau"
    TEAM = "tim", "Tim rencana"
    OFFICE = "opd", "Satu perangkat daerah"


class CommentState(models.TextChoices):
    OPEN = "terbuka", "Terbuka"
    ANSWERED = "dijawab", "Dijawab"
    RESOLVED = "selesai", "Selesai"


class CommentAct(models.TextChoices):
    """What a contribution to a thread did; the first one asks. What may follow on what: `domain.comment_acts`."""

    ASK = "mulai", "Menulis komentar"
    REPLY = "balas", "Menanggapi"
    ANSWER = "jawab", "Menjawab"
    ACCEPT = "terima", "Menerima jawaban"
    RETURN = "kembalikan", "Mengembalikan jawaban"
    CLOSE = "tutup", "Menyelesaikan tanpa jawaban"
    REOPEN = "buka", "Membuka lagi"


class CommentPlace(models.TextChoices):
    PLAN = "rencana", "Seluruh rencana"
    SECTION = "bagian", "Bagian"
    TEXT = "teks", "Teks"
    ROW = "baris", "Baris"
    CELL = "sel", "Sel"


class AnchorState(models.TextChoices):
    """How the words that a comment stands on fared since."""

    FOLLOWED = "tetap", "Teks tetap"
    CHANGED = "berubah", "Teks berubah"
    DELETED = "dihapus", "Teks dihapus"


class WorkKind(models.TextChoices):
    """What a task of "Tugas saya" asks for."""

    COMMENT = "komentar", "Komentar"
    STAGE = "tahap", "Tahap"
    READING = "bacaan", "Bacaan"
    OPINION = "pendapat", "Pendapat"
    APPROVAL = "pengesahan", "Pengesahan"
    SCORING = "penilaian", "Penilaian"
    IDEA = "usulan", "Usulan warga"
    WRITING = "menulis", "Menulis"
    RECOVERED = "pulihan", "Pulihan"


class CoverKind(models.TextChoices):
    """The designs of a cover; each is good with and without crest and photo."""

    GEOMETRIC = "geometri", "Geometri"
    TYPOGRAPHIC = "tipografi", "Tipografi"
    PHOTO = "foto", "Foto"
