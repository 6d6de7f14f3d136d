// The page of shortcuts, and the few keys that belong to the page rather than to the text.
import { element, openDialog } from './dialogs.js'

const KEYS = [
  ['Menulis', [
    ['Ctrl+B, Ctrl+I, Ctrl+U', 'tebal, miring, garis bawah'],
    ['Ctrl+Alt+3, Ctrl+Alt+4, Ctrl+Alt+0', 'judul, subjudul, paragraf'],
    ['Ctrl+Shift+8, Ctrl+Shift+7', 'daftar butir, daftar angka'],
    ['Tab, Shift+Tab', 'masuk atau keluar satu tingkat daftar'],
    ['Ctrl+K', 'tautan'],
    ['Ctrl+Shift+F', 'sisipkan fakta: angka yang mengikuti tabel'],
    ['Ctrl+Z, Ctrl+Shift+Z', 'urungkan, ulangi'],
    ['Ctrl+Shift+V', 'tempel tanpa format'],
  ]],
  ['Tabel', [
    ['Tab, Shift+Tab', 'sel berikutnya (di akhir: baris baru), sel sebelumnya'],
    ['Alt+↑, Alt+↓', 'pindahkan baris'],
    ['Alt+←, Alt+→', 'pindahkan kolom'],
    ['Shift+panah', 'pilih beberapa sel'],
  ]],
  ['Gambar dan catatan', [
    ['Esc', 'di keterangan gambar: pilih gambarnya'],
    ['Enter', 'pada gambar, catatan kaki, atau fakta: ubah'],
    ['Alt+↑, Alt+↓', 'pindahkan gambar'],
    ['Del', 'hapus yang dipilih'],
  ]],
  ['Halaman', [
    ['Ctrl+Alt+M', 'komentari teks terpilih'],
    ['Ctrl+F', 'cari dan ganti dalam bagian'],
    ['Alt+F10', 'ke alat tulis; panah kiri dan kanan berpindah, Esc kembali'],
    ['Ctrl+/', 'halaman ini'],
  ]],
]

export function showKeys() {
  const groups = KEYS.map(([title, rows]) => element('section', {}, element('h3', {}, title),
    element('dl', { class: 'key-list' }, ...rows.flatMap(([keys, text]) => [element('dt', {}, ...keys.split(', ').flatMap((key, index) => [index ? ' ' : '', element('kbd', {}, key)])), element('dd', {}, text)]))))
  return openDialog({ title: 'Pintasan papan tombol', content: [element('div', { class: 'key-groups' }, ...groups)], cancel: 'Tutup', wide: true })
}

export function pageKeys(editor, { toolbar, find, link, fact }) {
  editor.view.dom.addEventListener('keydown', (event) => {
    const command = event.ctrlKey || event.metaKey
    const action = command && event.shiftKey && event.key.toLowerCase() === 'f' && fact ? fact
      : command && event.key === 'f' ? () => find.open()
      : command && event.key === 'k' && link ? link
      : command && event.key === '/' ? showKeys
      : event.altKey && event.key === 'F10' && toolbar ? () => toolbar.querySelector('[tabindex="0"]').focus()
      : null
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }, true)
  toolbar?.addEventListener('keydown', (event) => { if (event.key === 'Escape') editor.view.focus() })
}
