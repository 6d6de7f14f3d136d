// The mode in which a mentor suggests: what is typed or deleted becomes marks, and the text stays as it was.
import { isSuggested } from './text.js'

const REFUSED = 'Usulan hanya untuk kata-kata di dalam paragraf.'
const FOREIGN = 'Kata-kata itu usulan orang lain dan hanya dapat diterima atau ditolak penulis.'

class Refused extends Error {}

const find = (node, name) => node.marks.find((mark) => mark.type.name === name)

/** Only words inside one block: no new block, no format, nothing but text. */
function editOf(step, doc) {
  const json = step.toJSON()
  if (json.stepType !== 'replace') throw new Refused(REFUSED)
  const [from, to] = [doc.resolve(step.from), doc.resolve(step.to)]
  const { content, openStart, openEnd } = step.slice
  const nodes = content.content
  if (!from.parent.isTextblock || !from.sameParent(to) || openStart || openEnd || !nodes.every((node) => node.isText)) throw new Refused(REFUSED)
  return { from: step.from, to: step.to, nodes }
}

class Recorder {
  constructor({ user, name }) {
    Object.assign(this, { by: Number(user), name })
  }

  /** Words that touch an own suggestion belong to it; others begin a new one. */
  attrsAt(doc, from, to) {
    const near = [doc.resolve(from).nodeBefore]
    doc.nodesBetween(from, to, (node) => { near.push(node) })
    near.push(doc.resolve(to).nodeAfter)
    const own = near.flatMap((node) => [...(node?.isInline ? node.marks : [])])
      .find((mark) => isSuggested(mark) && mark.attrs.by === this.by)
    return own?.attrs ?? { id: crypto.randomUUID(), by: this.by, name: this.name, at: new Date().toISOString() }
  }

  /** Own suggested words really go, words of the text are struck, words struck before stay so. */
  strike(made, from, to, attrs) {
    const { deletion } = made.doc.type.schema.marks
    const own = []
    made.doc.nodesBetween(from, to, (node, position) => {
      if (!node.isInline || find(node, 'deletion')) return
      const range = [Math.max(from, position), Math.min(to, position + node.nodeSize)]
      const insertion = find(node, 'insertion')
      if (insertion && insertion.attrs.by !== this.by) throw new Refused(FOREIGN)
      if (insertion) own.unshift(range)
      else made.addMark(...range, deletion.create(attrs))
    })
    for (const range of own) made.delete(...range)
  }

  /** Where the caret belongs after it. */
  change(made, { from, to, nodes }, isForward) {
    const attrs = this.attrsAt(made.doc, from, to)
    const done = made.mapping.maps.length
    this.strike(made, from, to, attrs)
    const end = made.mapping.slice(done).map(to)
    if (!nodes.length) return isForward ? end : from
    const { insertion } = made.doc.type.schema.marks
    const kept = (node) => node.marks.filter((mark) => !isSuggested(mark))
    const words = nodes.map((node) => node.mark(insertion.create(attrs).addToSet(kept(node))))
    made.insert(end, words)
    return end + words.reduce((size, node) => size + node.nodeSize, 0)
  }

  /** The transaction that is done instead. Raises Refused. */
  recorded(state, transaction) {
    const made = state.tr
    const { selection } = state
    let caret = null
    transaction.steps.forEach((step, index) => {
      const edit = editOf(step, transaction.docs[index])
      const before = transaction.mapping.maps.slice(0, index)
      const here = (position) => made.mapping.map(before.reduceRight((place, map) => map.invert().map(place), position))
      const isForward = selection.empty && selection.from === edit.from
      caret = this.change(made, { ...edit, from: here(edit.from), to: here(edit.to) }, isForward)
    })
    made.setSelection(selection.constructor.near(made.doc.resolve(caret), -1))
    return transaction.scrolledIntoView ? made.scrollIntoView() : made
  }
}

const isAsItIs = (transaction) => !transaction.docChanged || ['collab$', 'history$', 'suggestions'].some((key) => transaction.getMeta(key))

/** From here on the editor takes words, as suggestions; everything else is refused with a sentence. */
export function record(editor, { boot, announce }) {
  const { view } = editor
  const recorder = new Recorder(boot)
  const pass = view.props.dispatchTransaction
  const dispatchTransaction = (transaction) => {
    if (isAsItIs(transaction)) return pass(transaction)
    try {
      const made = recorder.recorded(view.state, transaction)
      announce('')
      return pass(made)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      announce(error.message)
      return pass(view.state.tr) // draws what the browser may have changed by itself anew
    }
  }
  view.setProps({ dispatchTransaction })
  editor.setEditable(true, false)
}
