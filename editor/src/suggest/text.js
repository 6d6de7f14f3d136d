// Suggested wording in the text: what the marks say, and what copying and writing may do with them.
export const isSuggested = (mark) => mark.type.name === 'insertion' || mark.type.name === 'deletion'
const markOf = (node) => node.marks.find(isSuggested)

/** In document order: id, by, name, at, the words put in and taken out, and the ranges where they stand. */
export function suggestionsOf(doc) {
  const found = new Map()
  doc.descendants((node, position) => {
    const mark = markOf(node)
    if (!mark) return
    const kind = mark.type.name
    const each = found.get(mark.attrs.id) ?? { ...mark.attrs, insertion: '', deletion: '', ranges: [] }
    each[kind] += node.text ?? node.attrs.value ?? ''
    each.ranges.push({ from: position, to: position + node.nodeSize, mark })
    found.set(mark.attrs.id, each)
  })
  return [...found.values()]
}

function withoutSuggestions(fragment, Fragment) {
  const nodes = []
  fragment.forEach((node) => {
    if (markOf(node)?.type.name === 'insertion') return
    const plain = node.mark(node.marks.filter((mark) => !isSuggested(mark)))
    nodes.push(node.isText ? plain : plain.copy(withoutSuggestions(node.content, Fragment)))
  })
  return Fragment.fromArray(nodes)
}

function isWithin(part, whole) {
  let at = 0
  for (const sign of part) {
    at = whole.indexOf(sign, at) + 1
    if (!at) return false
  }
  return true
}

/** Marks that a writer's own words took from the words around them: suggestions say what their author said, no more. */
function strayMarks(before, after, ranges) {
  const stray = []
  for (const { from, to } of ranges) {
    after.nodesBetween(from, Math.min(to, after.content.size), (node, position) => {
      const mark = markOf(node)
      if (mark) stray.push({ from: Math.max(from, position), to: Math.min(to, position + node.nodeSize), mark })
    })
  }
  if (!stray.length) return stray
  const known = new Map(suggestionsOf(before).map((each) => [each.id, each]))
  const grown = suggestionsOf(after).filter(({ id, insertion, deletion }) => (
    !isWithin(insertion, known.get(id)?.insertion ?? '') || !isWithin(deletion, known.get(id)?.deletion ?? '')))
  return stray.filter(({ mark }) => grown.some(({ id }) => id === mark.attrs.id))
}

const isOwnWork = (transaction) => transaction.docChanged && !transaction.getMeta('collab$') && !transaction.getMeta('history$')

/** Library classes come from the editor's bundle: this file is none of it. */
export function textPlugin({ boot, Plugin, Fragment, Slice, insertedRanges }) {
  return new Plugin({
    props: {
      /** What is copied is the text without suggestions; of suggested words alone, the words. */
      transformCopied: (slice) => {
        const made = (content) => new Slice(content, slice.openStart, slice.openEnd)
        const plain = made(withoutSuggestions(slice.content, Fragment))
        return plain.size || !slice.size ? plain : made(Fragment.from(slice.content.content.map((node) => node.mark([]))))
      },
      /** The library's own way reads the text once more, with the suggestions; nothing here leaves it to that. */
      clipboardTextSerializer: (slice, { state: { doc, schema, selection: { from, to } } }) => (
        doc.rangeHasMark(from, to, schema.marks.insertion) || doc.rangeHasMark(from, to, schema.marks.deletion)
          ? slice.content.textBetween(0, slice.content.size, '\n\n', (leaf) => leaf.attrs.value ?? '') : ''),
      handleClick: (_view, _position, event) => {
        const id = event.target.closest?.('[data-suggestion]')?.dataset.suggestion
        if (id) dispatchEvent(new CustomEvent('suggestion-chosen', { detail: id }))
        return false
      },
    },
    appendTransaction: (transactions, before, after) => {
      if (!boot.editable || !transactions.some(isOwnWork)) return null
      const stray = strayMarks(before.doc, after.doc, insertedRanges(transactions.flatMap(({ steps }) => steps)))
      return stray.length ? stray.reduce((fixed, { from, to, mark }) => fixed.removeMark(from, to, mark), after.tr) : null
    },
  })
}
