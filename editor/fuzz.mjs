// Random writing by three clients that rebase, with the real schema: the steps that Python must replay to the same text.
//   node fuzz.mjs OUT.json.gz          writes the corpus of ten seeds (make editor)
//   node fuzz.mjs --check OUT.json.gz  fails when the corpus is not what this file and the schema make today
import fs from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { Step, TransformError, canJoin, canSplit } from '@tiptap/pm/transform'
import { wrapIn } from '@tiptap/pm/commands'
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list'
import {
  CellSelection, addColumnAfter, addRowAfter, deleteColumn, deleteRow, mergeCells, splitCell, toggleHeaderRow,
} from '@tiptap/pm/tables'
import { collab, getVersion, receiveTransaction, sendableSteps } from 'prosemirror-collab'
import { fingerprint } from './src/fingerprint.js'
import { extensions } from './src/schema.js'

const SEEDS = 10
const ROUNDS = 2500
const PICTURE = '/gambar/00000000-0000-4000-8000-000000000001/'
const schema = getSchema(extensions)
const { nodes } = schema

const WORDS = [
  'kabupaten ', 'anggaran 😀 ', 'é', '👨‍👩‍👧 ', 'x', 'rencana pembangunan ', '𝔘 ', '\u00a0', '"<&>', '漢字', '\u202eبسم', '\ufeff', 'a\u0301 ',
]
const text = (value, ...marks) => schema.text(value, marks)
const paragraph = (...content) => nodes.paragraph.create({ id: 'p0' }, content)
const cell = (value, attrs) => nodes.tableCell.create(attrs, [nodes.paragraph.create(null, [text(value)])])
const header = (value, attrs) => nodes.tableHeader.create(attrs, [nodes.paragraph.create(null, [text(value)])])
const item = (value) => nodes.listItem.create(null, [nodes.paragraph.create(null, [text(value)])])

function firstText() {
  return nodes.doc.create(null, [
    nodes.heading.create({ level: 3, id: 'h0' }, [text('Keadaan daerah')]),
    paragraph(text('Penduduk 😀 '), text('tebal', schema.mark('bold')), nodes.footnote.create({ text: 'Sumber: BPS' }), text(' akhir.')),
    nodes.bulletList.create(null, [item('satu'), item('dua'), item('tiga')]),
    nodes.orderedList.create({ start: 3, type: 'a' }, [item('tiga'), item('empat')]),
    nodes.blockquote.create(null, [nodes.paragraph.create(null, [text('kutipan')])]),
    nodes.tableCaption.create({ id: 'c0' }, [text('Penduduk')]),
    nodes.table.create({ id: 't0' }, [
      nodes.tableRow.create(null, [header('A', { rowspan: 2 }), header('B', { colspan: 2 })]),
      nodes.tableRow.create(null, [header('C'), header('D')]),
      ...[1, 2, 3].map((n) => nodes.tableRow.create(null, [cell(`${n}`), cell(`${n}0`), cell(`${n}00`)])),
    ]),
    nodes.figure.create({ src: PICTURE, alt: 'Peta', id: 'f0' }, [text('Peta daerah')]),
    paragraph(text('Akhir '), nodes.xref.create({ target: 't0' }), nodes.fact.create({ key: 'budget:total', value: 'Rp 214,35 miliar' })),
  ])
}

class Chance {
  constructor(seed) { this.state = seed }

  below(limit) {
    this.state = (Math.imul(this.state, 1103515245) + 12345) & 0x7fffffff
    return Math.floor(((this.state >>> 8) / 0x800000) * limit)
  }

  of(list) { return list[this.below(list.length)] }
}

/** Browsers never put a caret between the halves of a surrogate pair. */
const isWhole = (doc, at) => !(/[\ud800-\udbff]$/.test(doc.resolve(at).nodeBefore?.text ?? '') && /^[\udc00-\udfff]/.test(doc.resolve(at).nodeAfter?.text ?? ''))
const wholeFrom = (doc, at) => (isWhole(doc, at) ? at : at + 1)

function place(chance, doc) {
  for (let tries = 0; tries < 60; tries += 1) {
    const at = chance.below(doc.content.size)
    if (doc.resolve(at).parent.inlineContent && isWhole(doc, at)) return at
  }
  return 1
}

function range(chance, doc, length) {
  const from = place(chance, doc)
  return [from, wholeFrom(doc, Math.min(from + chance.below(length), doc.resolve(from).end()))]
}

function randomMark(chance) {
  const name = chance.of(['bold', 'italic', 'underline', 'strike', 'subscript', 'superscript', 'comment', 'link'])
  const attrs = { comment: { thread: `t${chance.below(3)}` }, link: { href: chance.of(['https://x.example/?a=1&b=2', 'mailto:a@b.example']) } }
  return schema.mark(name, attrs[name])
}

function randomInline(chance) {
  return chance.of([
    () => nodes.footnote.create({ text: chance.of(WORDS) }), () => nodes.xref.create({ target: 't0' }),
    () => nodes.fact.create({ key: 'count:programme:GOV', style: 'long', value: '6 program' }), () => nodes.hardBreak.create(),
  ])()
}

function byCommand(state, at, command) {
  let made = null
  const selected = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)))
  command(selected, (transaction) => { made = transaction })
  return withSteps(state, made)
}

function withSteps(state, made) {
  const transaction = state.tr
  for (const step of made?.steps ?? []) transaction.step(step)
  return transaction
}

function onCells(chance, state) {
  const cells = []
  state.doc.descendants((node, position) => { if (/^table(Cell|Header)$/.test(node.type.name)) cells.push(position) })
  if (cells.length < 3) return state.tr
  const first = chance.below(cells.length - 1)
  let made = null
  const selected = state.apply(state.tr.setSelection(CellSelection.create(state.doc, cells[first], cells[first + 1])))
  chance.of([mergeCells, mergeCells, splitCell, splitCell, deleteRow, deleteColumn])(selected, (transaction) => { made = transaction })
  return withSteps(state, made)
}

/** What the ids of new blocks, a changed picture or a heading's level do: steps on attributes. */
function attributes(chance, state) {
  const found = []
  state.doc.descendants((node, position) => { if (node.attrs.id !== undefined) found.push([node, position]); return true })
  const [node, position] = chance.of(found)
  if (node.type.name === 'figure') return state.tr.setNodeAttribute(position, 'alt', chance.of(WORDS))
  if (node.type.name === 'heading') return state.tr.setNodeMarkup(position, null, { ...node.attrs, level: 3 + chance.below(3) })
  return state.tr.setNodeAttribute(position, 'id', `n${chance.below(1e6)}`)
}

function blocks(chance, state) {
  const transaction = state.tr
  const at = chance.below(state.doc.childCount)
  let position = 0
  for (let index = 0; index < at; index += 1) position += state.doc.child(index).nodeSize
  if (chance.below(4) === 0 && state.doc.childCount > 12) return transaction.delete(position, position + state.doc.child(at).nodeSize)
  return transaction.insert(position, chance.of([
    () => nodes.horizontalRule.create(), () => nodes.figure.create({ src: PICTURE, alt: 'Foto' }, [text('Foto')]),
    () => nodes.table.create(null, [nodes.tableRow.create(null, [header('x'), cell('y')])]), () => paragraph(text('baru')),
  ])())
}

const EDITS = {
  type: (chance, state) => state.tr.insertText(chance.of(WORDS), place(chance, state.doc)),
  typeMore: (chance, state) => EDITS.type(chance, state),
  typeMost: (chance, state) => EDITS.type(chance, state),
  erase: (chance, state) => state.tr.delete(...range(chance, state.doc, 8)),
  again: (chance, state) => EDITS.inline(chance, state),
  split: (chance, state) => { const at = place(chance, state.doc); return canSplit(state.doc, at) ? state.tr.split(at) : state.tr },
  join: (chance, state) => { const at = chance.below(state.doc.content.size); return canJoin(state.doc, at) ? state.tr.join(at) : state.tr },
  mark: (chance, state) => state.tr.addMark(...range(chance, state.doc, 15), randomMark(chance)),
  unmark: (chance, state) => state.tr.removeMark(...range(chance, state.doc, 15)),
  inline: (chance, state) => state.tr.insert(place(chance, state.doc), randomInline(chance)),
  wrap: (chance, state) => byCommand(state, place(chance, state.doc), chance.of([
    wrapInList(nodes.bulletList), wrapInList(nodes.orderedList, { start: 2 }), wrapIn(nodes.blockquote)])),
  list: (chance, state) => byCommand(state, place(chance, state.doc), chance.of([
    liftListItem(nodes.listItem), sinkListItem(nodes.listItem), splitListItem(nodes.listItem)])),
  table: (chance, state) => byCommand(state, place(chance, state.doc), chance.of([addRowAfter, addRowAfter, addColumnAfter, toggleHeaderRow, splitCell])),
  cells: onCells,
  attributes,
  blocks,
  across: (chance, state) => {
    const ends = [place(chance, state.doc), place(chance, state.doc)].sort((a, b) => a - b)
    return state.tr.delete(ends[0], wholeFrom(state.doc, Math.min(ends[1], ends[0] + 12)))
  },
}

/** Some random edits cannot be made where they fall; the library says so by an error, and the writer does nothing. */
function edit(chance, client) {
  try {
    const transaction = EDITS[chance.of(Object.keys(EDITS))](chance, client.state)
    transaction.doc.check()
    if (transaction.docChanged) client.state = client.state.apply(transaction)
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TransformError || error.name === 'ReplaceError')) throw error
  }
}

class Authority {
  constructor(doc) { Object.assign(this, { doc, log: [], clients: [], batches: [] }) }

  receive(client) {
    const sent = sendableSteps(client.state)
    if (!sent || sent.version !== this.log.length) return
    const steps = sent.steps.map((step) => step.toJSON())
    for (const step of sent.steps) {
      const result = step.apply(this.doc)
      if (result.failed) throw new Error(result.failed)
      this.doc = result.doc
    }
    this.log.push(...steps)
    this.clients.push(...steps.map(() => client.name))
    this.batches.push({ steps, fp: fingerprint(this.doc) })
  }

  bring(client) {
    const version = getVersion(client.state)
    if (version === this.log.length) return
    const missed = this.log.slice(version).map((json) => Step.fromJSON(schema, json))
    client.state = client.state.apply(receiveTransaction(client.state, missed, this.clients.slice(version)))
  }
}

function corpus(seed) {
  const chance = new Chance(seed * 7919)
  const base = firstText()
  const authority = new Authority(base)
  const clients = ['a', 'b', 'c'].map((name) => ({
    name, state: EditorState.create({ doc: base, plugins: [collab({ version: 0, clientID: name })] }),
  }))
  for (let round = 0; round < ROUNDS; round += 1) {
    const client = chance.of(clients)
    const act = chance.below(10)
    if (act < 6) edit(chance, client)
    else if (act < 8) authority.bring(client)
    else { authority.receive(client); authority.bring(client) }
  }
  for (const client of clients) { authority.bring(client); authority.receive(client); authority.bring(client) }
  for (const client of clients) {
    authority.bring(client)
    if (!client.state.doc.eq(authority.doc)) throw new Error(`seed ${seed}: the clients of JavaScript disagree`)
  }
  return { seed, base: base.toJSON(), batches: authority.batches, doc: authority.doc.toJSON() }
}

const check = process.argv[2] === '--check'
const path = process.argv[check ? 3 : 2]
const made = JSON.stringify(Array.from({ length: SEEDS }, (_, index) => corpus(index + 1)))
if (!check) fs.writeFileSync(path, gzipSync(made, { level: 9 }))
else if (gunzipSync(fs.readFileSync(path)).toString() !== made) {
  console.error(`${path}: basi, jalankan make editor`)
  process.exit(1)
}
