// What the page shows and the document does not store: numbers of tables and figures, labels of cross-references.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

export const captionKey = new PluginKey('captionNumbers')
const KINDS = { tableCaption: ['table', 'Tabel'], figure: ['figure', 'Gambar'] }
const LOST = 'rujukan hilang'
const isNumbered = (node) => node.type.name in KINDS
const isShown = (node) => isNumbered(node) || node.type.name === 'xref'

function label(text) {
  const span = document.createElement('span')
  span.className = 'caption-label'
  span.textContent = `${text} `
  return span
}

/** Whether a transaction put in, took out or changed a caption, figure or reference; typing inside a caption does not. */
function touches(transaction) {
  return transaction.mapping.maps.some((map, index) => {
    let found = false
    const look = (doc, from, to) => doc.nodesBetween(from, Math.min(to, doc.content.size), (node, position) => {
      if (position >= from && isShown(node)) found = true
      return !found
    })
    map.forEach((from, to, newFrom, newTo) => {
      look(transaction.docs[index], from, to)
      look(transaction.docs[index + 1] ?? transaction.doc, newFrom, newTo)
    })
    return found
  })
}

function count(doc, numbers) {
  const counts = { ...numbers.start }
  const own = {}
  const references = []
  const decorations = []
  doc.descendants((node, position) => {
    if (node.type.name === 'xref') references.push([node, position])
    if (!isNumbered(node)) return true
    const [kind, word] = KINDS[node.type.name]
    counts[kind] += 1
    const text = `${word} ${numbers.prefix}${counts[kind]}`
    if (node.attrs.id) own[node.attrs.id] = text
    decorations.push(Decoration.widget(position + 1, () => label(text), { side: -1, key: text }))
    return true
  })
  for (const [node, position] of references) {
    const text = own[node.attrs.target] ?? foreign(numbers, node.attrs.target)
    decorations.push(Decoration.node(position, position + node.nodeSize, {}, { label: text }))
  }
  return { own, set: DecorationSet.create(doc, decorations) }
}

/** Labels of other sections; one of this section that is no longer in the document is lost, not remembered. */
function foreign(numbers, target) {
  const known = numbers.targets.find((other) => other.id === target)
  return known && (known.section_code !== numbers.here || known.is_printed) ? known.label : null
}

export function labelOf(state, target) {
  const { own, numbers } = captionKey.getState(state)
  return own[target] ?? foreign(numbers, target)
}

function referenceView(node, decorations) {
  const dom = document.createElement('a')
  const show = (shown) => {
    const text = shown.find((decoration) => 'label' in decoration.spec)?.spec.label ?? null
    dom.className = text ? 'xref' : 'xref lost'
    dom.textContent = text ?? LOST
  }
  dom.dataset.target = node.attrs.target ?? ''
  show(decorations)
  return {
    dom,
    update: (next, shown) => {
      if (next.type !== node.type || next.attrs.target !== dom.dataset.target) return false
      show(shown)
      return true
    },
    ignoreMutation: () => true,
  }
}

export const CaptionNumbers = (boot) => Extension.create({
  name: 'captionNumbers',
  addProseMirrorPlugins: () => [new Plugin({
    key: captionKey,
    state: {
      init: (_, state) => {
        const numbers = { start: { table: 0, figure: 0 }, prefix: boot.table_prefix ?? '', labels: {}, targets: [] }
        return { numbers, version: 0, ...count(state.doc, numbers) }
      },
      apply: (transaction, old) => {
        const numbers = transaction.getMeta(captionKey)
        if (numbers) {
          const here = { ...numbers, here: boot.section_code }
          return { numbers: here, version: old.version, ...count(transaction.doc, here) }
        }
        if (!transaction.docChanged) return old
        if (touches(transaction)) return { numbers: old.numbers, version: old.version + 1, ...count(transaction.doc, old.numbers) }
        return { ...old, set: old.set.map(transaction.mapping, transaction.doc) }
      },
    },
    props: {
      decorations(state) { return this.getState(state).set },
      nodeViews: { xref: (node, _, __, decorations) => referenceView(node, decorations) },
    },
  })],
})
