// The toolbar: Indonesian labels, arrow keys between buttons, state shown by aria-pressed.
import { ask } from './dialogs.js'

const heading = (level) => (editor) => editor.chain().focus().toggleHeading({ level }).run()
const run = (command, ...args) => (editor) => editor.chain().focus()[command](...args).run()

async function editLink(editor) {
  const current = editor.getAttributes('link').href ?? ''
  const href = await ask({
    title: 'Tautan', label: 'Alamat (https://… atau mailto:…)', value: current, remove: current ? 'Hapus tautan' : null,
  })
  if (href === null) return
  if (href === '') editor.chain().focus().extendMarkRange('link').unsetLink().run()
  else editor.chain().focus().extendMarkRange('link').setLink({ href: /^[a-z]+:/i.test(href) ? href : `https://${href}` }).run()
}

export async function editFootnote(editor, position = null) {
  const node = position === null ? null : editor.state.doc.nodeAt(position)
  const text = await ask({ title: 'Catatan kaki', label: 'Isi catatan', value: node?.attrs.text ?? '', multiline: true })
  if (!text) return
  if (node) editor.chain().focus().setNodeSelection(position).updateAttributes('footnote', { text }).run()
  else editor.chain().focus().insertContent({ type: 'footnote', attrs: { text } }).run()
}

async function insertTable(editor) {
  const title = await ask({ title: 'Tabel baru', label: 'Judul tabel', confirm: 'Sisipkan' })
  if (title === null) return
  const caption = { type: 'tableCaption', content: title ? [{ type: 'text', text: title }] : [] }
  editor.chain().focus().insertContent(caption).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()
}

const inTable = (editor) => editor.isActive('table')

const GROUPS = [
  [
    ['paragraph', 'Paragraf', 'Paragraf', run('setParagraph'), (e) => e.isActive('paragraph')],
    ['h3', 'Judul', 'Judul', heading(3), (e) => e.isActive('heading', { level: 3 })],
    ['h4', 'Subjudul', 'Subjudul', heading(4), (e) => e.isActive('heading', { level: 4 })],
  ],
  [
    ['type-bold', 'Tebal (Ctrl+B)', null, run('toggleBold'), (e) => e.isActive('bold')],
    ['type-italic', 'Miring (Ctrl+I)', null, run('toggleItalic'), (e) => e.isActive('italic')],
    ['type-underline', 'Garis bawah (Ctrl+U)', null, run('toggleUnderline'), (e) => e.isActive('underline')],
    ['superscript', 'Tika atas', null, run('toggleSuperscript'), (e) => e.isActive('superscript')],
    ['subscript', 'Tika bawah', null, run('toggleSubscript'), (e) => e.isActive('subscript')],
  ],
  [
    ['list-ul', 'Daftar butir', null, run('toggleBulletList'), (e) => e.isActive('bulletList')],
    ['list-ol', 'Daftar angka', null, run('toggleOrderedList'), (e) => e.isActive('orderedList')],
    ['quote', 'Kutipan', null, run('toggleBlockquote'), (e) => e.isActive('blockquote')],
  ],
  [
    ['link-45deg', 'Tautan', null, editLink, (e) => e.isActive('link')],
    ['asterisk', 'Catatan kaki', null, (e) => editFootnote(e)],
    ['table', 'Sisipkan tabel', null, insertTable],
  ],
  [
    ['row+', 'Tambah baris di bawah', '+ Baris', run('addRowAfter'), null, inTable],
    ['row-', 'Hapus baris', '− Baris', run('deleteRow'), null, inTable],
    ['col+', 'Tambah kolom di kanan', '+ Kolom', run('addColumnAfter'), null, inTable],
    ['col-', 'Hapus kolom', '− Kolom', run('deleteColumn'), null, inTable],
    ['merge', 'Gabung atau pisah sel', 'Gabung sel', run('mergeOrSplit'), null, inTable],
    ['header', 'Baris judul', 'Baris judul', run('toggleHeaderRow'), null, inTable],
    ['table-', 'Hapus tabel', 'Hapus tabel', run('deleteTable'), null, inTable],
  ],
  [
    ['arrow-counterclockwise', 'Urungkan (Ctrl+Z)', null, run('undo')],
    ['arrow-clockwise', 'Ulangi (Ctrl+Y)', null, run('redo')],
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

function makeButton(editor, [name, title, text, action, isActive, isVisible], spriteUrl) {
  const element = document.createElement('button')
  element.type = 'button'
  element.title = title
  element.setAttribute('aria-label', title)
  element.append(text ?? icon(name, spriteUrl))
  element.addEventListener('mousedown', (event) => event.preventDefault()) // the selection stays in the text
  element.addEventListener('click', () => action(editor))
  element.refresh = () => {
    if (isActive) element.setAttribute('aria-pressed', String(isActive(editor)))
    if (isVisible) element.hidden = !isVisible(editor)
  }
  return element
}

function moveWithArrows(toolbar, buttons) {
  toolbar.addEventListener('keydown', (event) => {
    const shown = buttons.filter((button) => !button.hidden)
    const index = shown.indexOf(document.activeElement)
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: shown.length - 1 }[event.key]
    if (target === undefined || !shown[target]) return
    event.preventDefault()
    shown[index]?.setAttribute('tabindex', '-1')
    shown[target].setAttribute('tabindex', '0')
    shown[target].focus()
  })
}

export function mountToolbar(toolbar, editor, spriteUrl) {
  const buttons = []
  for (const group of GROUPS) {
    const span = document.createElement('span')
    span.className = 'tool-group'
    for (const spec of group) buttons.push(span.appendChild(makeButton(editor, spec, spriteUrl)))
    toolbar.append(span)
  }
  buttons.forEach((button, index) => button.setAttribute('tabindex', index ? '-1' : '0'))
  moveWithArrows(toolbar, buttons)
  const refresh = () => buttons.forEach((button) => button.refresh())
  editor.on('transaction', refresh)
  refresh()
}
