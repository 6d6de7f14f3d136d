// Find and replace inside the section: a bar above the page, matches shown as decorations.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { element } from './dialogs.js'

const findKey = new PluginKey('find')
const NONE = { query: '', matches: [], current: -1, set: DecorationSet.empty }
const MOST = 2000

function search(doc, query) {
  const pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'), 'giu')
  const matches = []
  doc.descendants((node, position) => {
    if (!node.isTextblock || matches.length >= MOST) return matches.length < MOST
    const text = node.textBetween(0, node.content.size, '', '\ufffc') // one sign for each inline node keeps positions true
    for (const found of text.matchAll(pattern)) {
      const from = position + 1 + found.index
      matches.push({ from, to: from + found[0].length })
    }
    return false
  })
  return matches
}

function shown(doc, query, current) {
  const matches = query ? search(doc, query) : []
  const at = matches.length ? Math.max(0, Math.min(current, matches.length - 1)) : -1
  const set = DecorationSet.create(doc, matches.map(({ from, to }, index) => Decoration.inline(from, to, { class: index === at ? 'found current' : 'found' })))
  return { query, matches, current: at, set }
}

export const Find = Extension.create({
  name: 'find',
  addProseMirrorPlugins: () => [new Plugin({
    key: findKey,
    state: {
      init: () => NONE,
      apply: (transaction, old) => {
        const wanted = transaction.getMeta(findKey)
        if (wanted) return wanted.query ? shown(transaction.doc, wanted.query, wanted.current) : NONE
        return transaction.docChanged && old.query ? shown(transaction.doc, old.query, old.current) : old
      },
    },
    props: { decorations(state) { return this.getState(state).set } },
  })],
})

const stateOf = (editor) => findKey.getState(editor.state)

function show(editor, query, current) {
  editor.view.dispatch(editor.state.tr.setMeta(findKey, { query, current }).setMeta('addToHistory', false))
}

function go(editor, step) {
  const { query, matches, current } = stateOf(editor)
  if (!matches.length) return
  show(editor, query, (current + step + matches.length) % matches.length)
  const match = stateOf(editor).matches[stateOf(editor).current]
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, match.from, match.to)).scrollIntoView())
  editor.view.dom.querySelector('.found.current')?.scrollIntoView({ block: 'center' })
}

function replaceAll(editor, text, matches) {
  const transaction = editor.state.tr
  for (const { from, to } of [...matches].reverse()) {
    if (text) transaction.replaceWith(from, to, editor.schema.text(text, editor.state.doc.resolve(from + 1).marks()))
    else transaction.delete(from, to)
  }
  editor.view.dispatch(transaction)
}

export class FindBar {
  constructor(editor, before) {
    this.editor = editor
    this.query = element('input', { type: 'search', class: 'form-control form-control-sm', 'aria-label': 'Cari dalam bagian', placeholder: 'Cari dalam bagian' })
    this.count = element('span', { class: 'find-count', role: 'status' })
    this.text = element('input', { class: 'form-control form-control-sm', 'aria-label': 'Ganti dengan', placeholder: 'Ganti dengan' })
    const writing = editor.isEditable ? [this.text, this.button('Ganti', () => this.replaceOne()), this.button('Ganti semua', () => this.replaceEvery())] : []
    this.bar = element('div', { class: 'find-bar', role: 'search', 'aria-label': 'Cari dalam bagian', hidden: true },
      this.query, this.count, this.button('Sebelumnya', () => go(editor, -1)), this.button('Berikutnya', () => go(editor, 1)),
      ...writing, this.button('Tutup', () => this.close()))
    before.before(this.bar)
    this.query.addEventListener('input', () => { show(editor, this.query.value.trim(), 0); this.tell(); if (stateOf(editor).matches.length) go(editor, 0) })
    this.bar.addEventListener('keydown', (event) => this.key(event))
    editor.on('transaction', ({ transaction }) => { if (!this.bar.hidden && transaction.docChanged) this.tell() })
  }

  button(text, action) {
    const made = element('button', { type: 'button', class: 'btn btn-quiet btn-sm' }, text)
    made.addEventListener('click', () => { action(); this.tell() })
    return made
  }

  open() {
    const { from, to, empty } = this.editor.state.selection
    const chosen = empty ? '' : this.editor.state.doc.textBetween(from, to, ' ').slice(0, 80)
    this.bar.hidden = false
    if (chosen && !chosen.includes('\n')) this.query.value = chosen
    show(this.editor, this.query.value.trim(), 0)
    this.tell()
    this.query.focus()
    this.query.select()
  }

  close() {
    this.bar.hidden = true
    show(this.editor, '', 0)
    this.editor.view.focus()
  }

  tell() {
    const { query, matches, current } = stateOf(this.editor)
    this.count.textContent = query ? (matches.length ? `${current + 1} dari ${matches.length}` : 'Tidak ditemukan') : ''
  }

  key(event) {
    if (event.key === 'Escape') this.close()
    else if (event.key === 'Enter' && event.target === this.query) go(this.editor, event.shiftKey ? -1 : 1)
    else if (event.key === 'Enter' && event.target === this.text) this.replaceOne()
    else return
    event.preventDefault()
    this.tell()
  }

  replaceOne() {
    const { matches, current } = stateOf(this.editor)
    if (!matches.length) return
    replaceAll(this.editor, this.text.value, [matches[current]])
    go(this.editor, 0)
  }

  replaceEvery() {
    const { matches } = stateOf(this.editor)
    if (matches.length) replaceAll(this.editor, this.text.value, matches)
  }
}
