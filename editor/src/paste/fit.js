// Makes pasted content fit what the server accepts (masterplan/prose/check.py): a refused save would stop the writing.
import { Fragment, Slice } from '@tiptap/pm/model'

const OURS = /^\/gambar\/[0-9a-f-]{36}\/$/ // pictures that were uploaded here
const FACT = /^[a-z]{1,20}(:[\w.~%-]{1,150}){0,3}$/
const IDENTITY = /^[\w-]{1,64}$/
const NUMBERINGS = new Set([null, '1', 'a', 'A', 'i', 'I'])
const MAX = { colspan: 60, rowspan: 500, start: 10_000, footnote: 4000, fact: 200, alt: 1000, width: 5000 }
const DEEPEST = 20 // of the 32 that the server takes: the paste may land inside lists and tables

const clamp = (value, most) => (Number.isInteger(value) ? Math.min(Math.max(value, 1), most) : 1)
const widths = (list) => (Array.isArray(list) && list.length <= MAX.colspan && list.every((w) => w === clamp(w, MAX.width)) ? list : null)
const cell = (attrs) => ({
  ...attrs, colspan: clamp(attrs.colspan, MAX.colspan), rowspan: clamp(attrs.rowspan, MAX.rowspan), colwidth: widths(attrs.colwidth),
})

const ATTRIBUTES = {
  tableCell: cell,
  tableHeader: cell,
  orderedList: (attrs) => ({ ...attrs, start: clamp(attrs.start, MAX.start), type: NUMBERINGS.has(attrs.type) ? attrs.type : null }),
  footnote: (attrs) => ({ ...attrs, text: String(attrs.text ?? '').slice(0, MAX.footnote) }),
  fact: (attrs) => ({ key: attrs.key, style: attrs.style === 'long' ? 'long' : 'short', value: attrs.value.slice(0, MAX.fact) }),
  figure: (attrs) => ({ ...attrs, alt: String(attrs.alt ?? '').slice(0, MAX.alt) }),
}

function attributes(node) {
  const attrs = ATTRIBUTES[node.type.name]?.(node.attrs) ?? node.attrs
  return attrs.id == null || IDENTITY.test(attrs.id) ? attrs : { ...attrs, id: null }
}

// A comment is set by the server alone; its words stay.
const marks = (node) => node.marks.filter((mark) => mark.type.name !== 'comment')

/** The picture stays where it came from; a note says so, and its caption stays. */
function note(node, schema) {
  const name = node.attrs.alt ? ` “${node.attrs.alt.slice(0, 80)}”` : ''
  return schema.nodes.paragraph.create(null, [schema.text(`[Gambar${name} tidak ikut tertempel] `), ...inline(node, schema)])
}

const inline = (node, schema) => fitAll(node.content, schema, 0).content

/** Below the deepest level the words of every text block stay, the nesting goes. */
function flattened(node, schema) {
  const found = []
  node.descendants((child) => {
    if (!child.isTextblock) return true
    found.push(schema.nodes.paragraph.create(null, inline(child, schema)))
    return false
  })
  return found
}

const isFact = (key) => typeof key === 'string' && key.length <= MAX.fact && FACT.test(key)

function fitOne(node, schema, depth) {
  const { name } = node.type
  if (node.isText) return [node.mark(marks(node))]
  if (name === 'figure' && !OURS.test(node.attrs.src ?? '')) return [note(node, schema)]
  if (name === 'fact' && !isFact(node.attrs.key)) return node.attrs.value ? [schema.text(node.attrs.value)] : []
  if (name === 'xref' && !IDENTITY.test(node.attrs.target ?? '')) return []
  if (depth > DEEPEST && !node.isTextblock && !node.isInline && node.childCount) return flattened(node, schema)
  return [node.type.create(attributes(node), fitAll(node.content, schema, depth + 1), marks(node))]
}

function fitAll(fragment, schema, depth) {
  const nodes = []
  fragment.forEach((node) => nodes.push(...fitOne(node, schema, depth)))
  return Fragment.fromArray(nodes)
}

const CELLS = new Set(['table', 'tableRow', 'tableCell', 'tableHeader'])
const IN_CELL = new Set(['paragraph', 'bulletList', 'orderedList', 'listItem'])

function isInCell($place) {
  for (let depth = $place?.depth ?? 0; depth > 0; depth -= 1) if (/^table(Cell|Header)$/.test($place.node(depth).type.name)) return true
  return false
}

/** A row of a table as one line. */
function line(row, schema) {
  const content = []
  row.forEach((cell) => {
    const texts = flattened(cell, schema).filter((paragraph) => paragraph.childCount)
    if (texts.length && content.length) content.push(schema.text(' — '))
    texts.forEach((paragraph, index) => content.push(...(index ? [schema.text(' ')] : []), ...paragraph.content.content))
  })
  return content.length ? [schema.nodes.paragraph.create(null, content)] : []
}

/** What a cell of a table can hold, with all words. */
function forCell(node, schema) {
  if (node.isInline || IN_CELL.has(node.type.name)) return [node]
  if (node.type.name === 'table') return node.content.content.flatMap((row) => line(row, schema))
  if (node.type.name === 'figure') return [note(node, schema)]
  return node.isTextblock ? [schema.nodes.paragraph.create(null, node.content)] : flattened(node, schema)
}

export function fit(slice, schema, $place = null) {
  const content = fitAll(slice.content, schema, 0)
  const isGrid = content.content.every((node) => CELLS.has(node.type.name)) // goes into the cells of the table at the caret
  if (isInCell($place) && !isGrid) return Slice.maxOpen(Fragment.fromArray(content.content.flatMap((node) => forCell(node, schema))))
  const fitted = fits(content, slice) ? new Slice(content, slice.openStart, slice.openEnd) : Slice.maxOpen(content)
  return startsApart(fitted, $place) ? new Slice(content, 0, fitted.openEnd) : fitted
}

/** Several blocks that begin with a heading or a caption: behind words it would melt into their paragraph. */
function startsApart({ content, openStart }, $place) {
  const { firstChild } = content
  return openStart > 0 && content.childCount > 1 && firstChild.isTextblock && firstChild.type.name !== 'paragraph'
    && Boolean($place?.parent.isTextblock && $place.parent.content.size)
}

/** An open side goes down through nodes that may have been replaced. */
function fits(content, slice) {
  let [first, last] = [content.firstChild, content.lastChild]
  for (let depth = 1; depth < slice.openStart; depth += 1) first = first?.firstChild
  for (let depth = 1; depth < slice.openEnd; depth += 1) last = last?.lastChild
  return (!slice.openStart || Boolean(first && !first.isLeaf)) && (!slice.openEnd || Boolean(last && !last.isLeaf))
}
