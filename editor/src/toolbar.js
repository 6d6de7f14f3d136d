// The toolbar and the bars for tables and figures: Indonesian names, arrow keys between buttons, state by aria-pressed.
import { ask } from './dialogs.js'
import { currentFigure, deleteFigure, editFigure, moveFigure, newFigure } from './figures.js'
import { showKeys } from './keys.js'
import { editFootnote, editLink, insertReference } from './references.js'
import {
  canMerge, canSplit, deleteTable, hasHeaderColumn, hasHeaderRow, insertTable, inTable, moveColumn, moveRow, selectColumn, selectRow, toCaption,
} from './tables.js'

const heading = (level) => (editor) => editor.chain().focus().toggleHeading({ level }).run()
const run = (command, ...args) => (editor) => editor.chain().focus()[command](...args).run()
const active = (...names) => (editor) => editor.isActive(...names)

async function askTable(editor) {
  const title = await ask({ title: 'Tabel baru', label: 'Judul tabel', confirm: 'Sisipkan', hint: 'Dicetak di atas tabel setelah nomornya.' })
  if (title !== null) insertTable(editor, title)
}

const tool = (icons, title, action, more = {}) => ({ icons: icons ? icons.split(' ') : [], title, action, ...more })

const writing = ({ boot, numbers, find, facts }) => [
  [
    tool('', 'Paragraf', run('setParagraph'), { text: 'Paragraf', isActive: active('paragraph') }),
    tool('', 'Judul', heading(3), { text: 'Judul', isActive: active('heading', { level: 3 }) }),
    tool('', 'Subjudul', heading(4), { text: 'Subjudul', isActive: active('heading', { level: 4 }) }),
  ],
  [
    tool('type-bold', 'Tebal (Ctrl+B)', run('toggleBold'), { isActive: active('bold') }),
    tool('type-italic', 'Miring (Ctrl+I)', run('toggleItalic'), { isActive: active('italic') }),
    tool('type-underline', 'Garis bawah (Ctrl+U)', run('toggleUnderline'), { isActive: active('underline') }),
    tool('superscript', 'Tika atas', run('toggleSuperscript'), { isActive: active('superscript') }),
    tool('subscript', 'Tika bawah', run('toggleSubscript'), { isActive: active('subscript') }),
  ],
  [
    tool('list-ul', 'Daftar butir', run('toggleBulletList'), { isActive: active('bulletList') }),
    tool('list-ol', 'Daftar angka', run('toggleOrderedList'), { isActive: active('orderedList') }),
    tool('quote', 'Kutipan', run('toggleBlockquote'), { isActive: active('blockquote') }),
  ],
  [
    tool('link-45deg', 'Tautan (Ctrl+K)', editLink, { isActive: active('link') }),
    tool('asterisk', 'Catatan kaki', (editor) => editFootnote(editor)),
    tool('bookmark', 'Rujukan silang ke tabel atau gambar', (editor) => insertReference(editor, numbers, boot)),
    tool('lightning-charge-fill', 'Sisipkan fakta (Ctrl+Shift+F)', () => facts.choose()),
    tool('table', 'Sisipkan tabel', askTable),
    tool('image', 'Sisipkan gambar', (editor) => newFigure(editor, boot)),
  ],
  [
    tool('arrow-counterclockwise', 'Urungkan (Ctrl+Z)', run('undo')),
    tool('arrow-clockwise', 'Ulangi (Ctrl+Shift+Z)', run('redo')),
    tool('chat-left-text', 'Komentari teks terpilih (Ctrl+Alt+M)', () => document.getElementById('comment-words').click()),
    tool('search', 'Cari dalam bagian (Ctrl+F)', () => find.open()),
    tool('question-circle', 'Pintasan papan tombol (Ctrl+/)', showKeys),
  ],
]

const TABLE = [
  ['Baris',
    tool('plus-lg arrow-up', 'Sisipkan baris di atas', run('addRowBefore')),
    tool('plus-lg arrow-down', 'Sisipkan baris di bawah', run('addRowAfter')),
    tool('arrow-up', 'Pindahkan baris ke atas (Alt+↑)', (editor) => moveRow(editor, -1)),
    tool('arrow-down', 'Pindahkan baris ke bawah (Alt+↓)', (editor) => moveRow(editor, 1)),
    tool('', 'Pilih baris', selectRow, { text: 'Pilih' }),
    tool('dash-lg', 'Hapus baris', run('deleteRow')),
  ],
  ['Kolom',
    tool('plus-lg arrow-left', 'Sisipkan kolom di kiri', run('addColumnBefore')),
    tool('plus-lg arrow-right', 'Sisipkan kolom di kanan', run('addColumnAfter')),
    tool('arrow-left', 'Pindahkan kolom ke kiri (Alt+←)', (editor) => moveColumn(editor, -1)),
    tool('arrow-right', 'Pindahkan kolom ke kanan (Alt+→)', (editor) => moveColumn(editor, 1)),
    tool('', 'Pilih kolom', selectColumn, { text: 'Pilih' }),
    tool('dash-lg', 'Hapus kolom', run('deleteColumn')),
  ],
  ['Sel',
    tool('arrows-collapse-vertical', 'Gabung sel yang dipilih', run('mergeCells'), { isPossible: canMerge }),
    tool('arrows-expand-vertical', 'Pisah sel gabungan', run('splitCell'), { isPossible: canSplit }),
  ],
  ['Judul',
    tool('border-top', 'Baris pertama sebagai judul', run('toggleHeaderRow'), { isActive: hasHeaderRow }),
    tool('border-left', 'Kolom pertama sebagai judul', run('toggleHeaderColumn'), { isActive: hasHeaderColumn }),
    tool('card-heading', 'Judul tabel', toCaption),
    tool('trash', 'Hapus tabel beserta judulnya', deleteTable),
  ],
]

const FIGURE = [
  ['Gambar',
    tool('pencil', 'Ubah teks alternatif dan keterangan (Enter)', editFigure, { text: 'Ubah' }),
    tool('arrow-up', 'Pindahkan gambar ke atas (Alt+↑)', (editor) => moveFigure(editor, -1)),
    tool('arrow-down', 'Pindahkan gambar ke bawah (Alt+↓)', (editor) => moveFigure(editor, 1)),
    tool('trash', 'Hapus gambar', deleteFigure),
  ],
]

function icon(name, spriteUrl) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `${spriteUrl}#${name}`)
  svg.setAttribute('class', 'ic')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(use)
  return svg
}

function makeButton(editor, { icons, text, title, action, isActive, isPossible }, spriteUrl) {
  const element = document.createElement('button')
  element.type = 'button'
  element.title = title
  element.setAttribute('aria-label', title)
  element.append(...icons.map((name) => icon(name, spriteUrl)), ...(text ? [text] : []))
  element.addEventListener('mousedown', (event) => event.preventDefault()) // the selection stays in the text
  element.addEventListener('click', () => { if (element.getAttribute('aria-disabled') !== 'true') action(editor) })
  element.refresh = () => {
    if (isActive) element.setAttribute('aria-pressed', String(isActive(editor)))
    if (isPossible) element.setAttribute('aria-disabled', String(!isPossible(editor)))
  }
  return element
}

function moveWithArrows(bar, buttons) {
  buttons.forEach((button, index) => button.setAttribute('tabindex', index ? '-1' : '0'))
  bar.addEventListener('keydown', (event) => {
    const index = buttons.indexOf(document.activeElement)
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (target === undefined || !buttons[target] || event.altKey) return
    event.preventDefault()
    buttons.forEach((button) => button.setAttribute('tabindex', '-1'))
    buttons[target].setAttribute('tabindex', '0')
    buttons[target].focus()
  })
}

/** Fills a bar; returns what brings its buttons up to date. */
function fill(bar, editor, groups, spriteUrl) {
  const buttons = []
  for (const group of groups) {
    const span = document.createElement('span')
    span.className = 'tool-group'
    for (const spec of group) {
      if (typeof spec !== 'string') { buttons.push(span.appendChild(makeButton(editor, spec, spriteUrl))); continue }
      span.setAttribute('role', 'group')
      span.setAttribute('aria-label', spec)
      const name = document.createElement('span')
      name.className = 'tool-name'
      name.textContent = spec
      span.append(name)
    }
    bar.append(span)
  }
  moveWithArrows(bar, buttons)
  return () => buttons.forEach((button) => button.refresh())
}

function contextBar(toolbar, editor, name, groups, isShown, spriteUrl) {
  const bar = document.createElement('div')
  bar.className = 'toolbar context-bar'
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', name)
  bar.hidden = true
  const refresh = fill(bar, editor, groups, spriteUrl)
  toolbar.after(bar)
  bar.addEventListener('keydown', (event) => { if (event.key === 'Escape') editor.view.focus() })
  return () => {
    bar.hidden = !isShown(editor)
    if (!bar.hidden) refresh()
  }
}

export function mountToolbar(toolbar, editor, tools) {
  const spriteUrl = tools.boot.sprite_url
  const bars = document.createElement('div')
  bars.className = 'tool-bars' // stays in sight as a whole, however many rows it has
  toolbar.replaceWith(bars)
  bars.append(toolbar, tools.find.bar)
  const parts = [
    fill(toolbar, editor, writing(tools), spriteUrl),
    contextBar(toolbar, editor, 'Alat tabel', TABLE, inTable, spriteUrl),
    contextBar(toolbar, editor, 'Alat gambar', FIGURE, (e) => Boolean(currentFigure(e.state)), spriteUrl),
  ]
  let waiting = false
  const refresh = () => {
    waiting = false
    if (!editor.isDestroyed) parts.forEach((part) => part())
  }
  editor.on('transaction', () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(refresh)
  })
  refresh()
}
