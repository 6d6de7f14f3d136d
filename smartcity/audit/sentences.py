"""Events as Indonesian sentences; the person's name comes before, the reason after."""

import re
from collections import defaultdict

from smartcity.audit.models import Event

SENTENCES = {
    "invitation.created": "mengundang {subject} sebagai {role} di {place}",
    "invitation.resent": "mengirim ulang undangan untuk {subject} sebagai {role} di {place}",
    "invitation.revoked": "membatalkan undangan untuk {subject} sebagai {role} di {place}",
    "invitation.accepted": "menerima undangan sebagai {role} di {place}",
    "membership.revoked": "mencabut peran {role} dari {subject}",
    "opd.created": "menambahkan perangkat daerah {subject}",
    "opd.changed": "mengubah perangkat daerah {subject}",
    "opd.closed": "menutup perangkat daerah {subject}",
    "opd.reopened": "membuka kembali perangkat daerah {subject}",
    "regency.changed": "mengubah profil {subject}",
    "outline_section.changed": "mengubah bagian kerangka {subject}",
    "guidance.changed": "mengubah panduan {place} untuk {subject}",
    "plan.created": "membuat rencana {subject}",
    "plan.loaded": "memuat rencana {subject} dari berkas",
    "plan.changed": "mengubah rencana {subject}",
    "section.assigned": "menugaskan {subject}",
    "section.replaced": "mengganti naskah {subject}",
    "section.binned": "memasukkan bagian {subject} ke keranjang",
    "section.unbinned": "mengembalikan bagian {subject} dari keranjang",
    "section.emptied": "menghapus bagian {subject} ({words} kata, dibuang oleh {binned_by}) dari keranjang setelah 90 hari",
    "section.started": "memulai lagi bagian {subject} dari kosong",
    "picture.binned": "memasukkan gambar {subject} ke keranjang",
    "picture.unbinned": "mengembalikan gambar {subject} dari keranjang",
    "picture.emptied": "menghapus gambar {subject} dari keranjang setelah 90 hari",
    "sample.sent": "mengirim contoh tempelan dari {subject}",
    "sample.downloaded": "mengunduh contoh tempelan dari {subject}",
    "sample.deleted": "menghapus contoh tempelan dari {subject}",
    "version.named": "memberi nama “{name}” pada versi {version} {subject}",
    "version.unnamed": "menghapus nama “{name}” dari versi {version} {subject}",
    "version.restored": "memulihkan versi {version} {subject}",
    "plan.version_named": "memberi nama versi “{name}” pada seluruh naskah",
    "member.added": "menambahkan {subject} sebagai anggota rencana",
    "member.changed": "mengubah bidang yang dinilai {subject}",
    "member.removed": "mengeluarkan {subject} dari rencana",
    "row.created": "menambahkan {subject}",
    "row.updated": "mengubah {subject}",
    "row.deleted": "membuang {subject} ke keranjang",
    "row.restored": "mengembalikan {subject} dari keranjang",
    "row.moved": "memindahkan {subject}",
    "programme.dropped": "menggugurkan program {subject}",
    "programme.revived": "menghidupkan kembali program {subject}",
    "finding.waived": "mengabaikan temuan “{title}” pada {subject}",
    "finding.unwaived": "membuka lagi temuan “{title}” pada {subject}",
    "comment.started": "menulis komentar {subject} ({kind}) pada {place}",
    "comment.replied": "menanggapi komentar {subject} pada {place}",
    "comment.answered": "menjawab komentar {subject} pada {place}",
    "comment.accepted": "menerima jawaban atas komentar {subject} pada {place}",
    "comment.returned": "mengembalikan jawaban atas komentar {subject} pada {place}",
    "comment.closed": "menyelesaikan komentar {subject} pada {place} tanpa jawaban",
    "comment.reopened": "membuka lagi komentar {subject} pada {place}",
    "table_import.read": "mengirim tabel {subject}",
    "table_import.applied": "menyimpan isi tabel {subject}",
    "table_import.dropped": "membatalkan tabel {subject}",
    "submission.sent": "mengirim {subject} dengan {open} hal terbuka",
    "opinion.drafted": "menulis konsep pendapat",
    "opinion.discarded": "membuang konsep pendapat",
    "opinion.issued": "mengeluarkan {subject} atas {place}: {level}",
    "approval.started": "memulai pengesahan {subject}",
    "approval.approved": "mengesahkan {subject} sebagai {office}",
    "approval.returned": "mengembalikan {subject} sebagai {office}",
    "approval.sheet_added": "mengunggah lembar tanda tangan {office} untuk {subject}",
    "ekspose.judged": "mencatat putusan {subject}: {verdict}",
    "edition.published": "menerbitkan {subject} masterplan",
    "edition.enacted": "mencatat penetapan {subject} dengan {document}",
    "edition.signed": "menandatangani {subject} dengan sertifikat {certificate}",
    "certificate.stored": "memasang sertifikat tanda tangan {subject}",
    "certificate.removed": "menghapus sertifikat tanda tangan {subject}",
    "book.ordered": "meminta PDF {subject} dibuat lagi",
    "participant.added": "menambahkan {number} peserta pada {subject}",
    "participant.changed": "mengubah seorang peserta {subject}",
    "participant.removed": "mengeluarkan seorang peserta dari {subject}",
    "attendance.marked": "mencatat {came} hadir dan menghapus {went} tanda hadir pada {subject}",
    "attendance.checked_in": "mencatat seorang peserta {subject} hadir lewat QR",
    "participation.set": "mencatat {subject} sebagai {state}",
    "deadline.set": "menetapkan tenggat {subject} pada {due}",
    "deadline.extended": "memperpanjang tenggat {subject} dari {former} menjadi {due}",
    "event_file.added": "menambahkan berkas {subject} pada {event}",
    "event_file.removed": "melepas berkas {subject} dari {event}",
    "notify.chosen": "mengubah cara diberi tahu",
    "mail.resent": "mengirim ulang surat kepada {address}",
    "word_import.read": "mengunggah berkas Word {subject}",
    "word_import.applied": "memasukkan berkas Word {subject} ke naskah",
    "word_import.dropped": "membatalkan berkas Word {subject}",
    "export.asked": "meminta ekspor {subject}",
    "export.done": "menyelesaikan ekspor {subject}",
    "export.downloaded": "mengunduh {subject}",
}
PLACEHOLDER = re.compile(r"{\w+}")
UNKNOWN = "mencatat “{verb}” pada {subject}"


def sentence(event: Event) -> str:
    """Without the person and without the reason; an unknown verb still says what is known."""
    words = defaultdict(lambda: "…", event.data, subject=event.subject_label, verb=event.verb)
    return SENTENCES.get(event.verb, UNKNOWN).format_map(words)


def verbs_like(word: str) -> list[str]:
    """Verbs whose sentence contains this word, so that people can search for what they read."""
    return [verb for verb, words in SENTENCES.items() if word.lower() in PLACEHOLDER.sub("", words).lower()]
