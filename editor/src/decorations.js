// What the page shows and the document does not store: numbers of tables and figures.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

const KINDS = { tableCaption: 'Tabel', figure: 'Gambar' }

function label(text) {
  const span = document.createElement('span')
  span.className = 'caption-label'
  span.textContent = `${text} `
  return span
}

function numbers(doc, boot) {
  const counts = { Tabel: boot.table_start ?? 0, Gambar: boot.figure_start ?? 0 }
  const found = []
  doc.descendants((node, position) => {
    const kind = KINDS[node.type.name]
    if (!kind) return true
    counts[kind] += 1
    const text = `${kind} ${boot.table_prefix}${counts[kind]}`
    found.push(Decoration.widget(position + 1, () => label(text), { side: -1, key: text }))
    return true
  })
  return DecorationSet.create(doc, found)
}

export const CaptionNumbers = (boot) => Extension.create({
  name: 'captionNumbers',
  addProseMirrorPlugins: () => [new Plugin({
    key: new PluginKey('captionNumbers'),
    state: {
      init: (_, state) => numbers(state.doc, boot),
      apply: (transaction, old) => (transaction.docChanged ? numbers(transaction.doc, boot) : old),
    },
    props: { decorations(state) { return this.getState(state) } },
  })],
})
