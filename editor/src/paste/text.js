// Plain text: lines of a PDF become paragraphs again, typed bullets and numbers become lists, WhatsApp's signs become emphasis.
import { DOMParser, Slice } from '@tiptap/pm/model'
import { make } from './dom.js'
import { valueOf } from './lists.js'

const MESSAGE = /^\u200e?\[?\d{1,2}[./:]\d{1,2}(?:[./]\d{2,4})?,? \d{1,2}[./:]\d{1,2}(?:[./:]\d{2,4})?(?: ?[AP]M)?(?:\]| -) [^:]{1,60}: /i
const BULLET = /^(\s*)([•◦▪●○■‣–—*-]|\uf0b7|o(?=\t))[\t \u00a0]+(?=\S)/
const NUMBER = /^(\s*)(\(?)(\d{1,3}|[a-z]|[ivxlc]{1,6})([.)])[\t \u00a0]+(?=\S)/i
const EMPHASIS = /(?<=^|[\s(“"*_~])([*_~])(?=\S)((?:(?!\1)[^\n])*(?!\1)\S)\1(?=$|[\s.,;:!?)”"*_~])/g
const TAGS = { '*': 'strong', _: 'em', '~': 's' }
const [SHORTEST, LONGEST] = [40, 160] // letters in a line of a page
const FULL = 0.7 // of the longest line: a shorter one ends its paragraph
const REPEATED = 3

/** "perundang-" + "undangan" is a word with a hyphen, "peren-" + "canaan" was only broken. */
function isReduplication(before, after) {
  for (let size = Math.min(before.length, after.length); size >= REPEATED; size -= 1) {
    if (before.endsWith(after.slice(0, size))) return true
  }
  return false
}

function joined(line, next) {
  const [, before] = /([\p{L}]+)[-\u00ad]$/u.exec(line) ?? []
  const [after] = /^\p{Ll}+/u.exec(next) ?? []
  if (line.endsWith('\u00ad')) return line.slice(0, -1) + next
  if (!before || !after) return `${line} ${next}`
  return (isReduplication(before.toLowerCase(), after) ? line : line.slice(0, -1)) + next
}

/** "v" goes on after "iv", and "i" after "h": what a letter counts depends on the item before. */
function kindOf(number, before) {
  if (/^\d/.test(number)) return '1'
  const [roman, letter] = number === number.toLowerCase() ? ['i', 'a'] : ['I', 'A']
  const goesOn = (kind) => before?.kind === kind && before.value + 1 === valueOf(number, kind)
  if (!/^[ivxlc]+$/i.test(number) || (number.length === 1 && goesOn(letter))) return letter
  return number.length > 1 || goesOn(roman) || /i/i.test(number) ? roman : letter
}

function markerOf(line, before = null) {
  const bullet = BULLET.exec(line)
  if (bullet) return { key: `${bullet[1].length}${bullet[2]}`, indent: bullet[1].length, isOrdered: false, kind: null, value: 0, length: bullet[0].length }
  const number = NUMBER.exec(line)
  if (!number) return null
  const kind = kindOf(number[3], before)
  const key = `${number[1].length}${number[2]}${kind}${number[4]}`
  return { key, indent: number[1].length, isOrdered: true, kind, value: valueOf(number[3], kind), length: number[0].length }
}

/** Lines that a page broke come together; a line that is short, or starts a message or item, stands for itself. */
function unbroken(lines) {
  const longest = Math.max(...lines.map((line) => line.length))
  const isPage = lines.length > 1 && longest >= SHORTEST && longest <= LONGEST
  const found = []
  let last = ''
  for (const line of lines) {
    const starts = MESSAGE.test(line) || markerOf(line)
    const isFull = last.length >= longest * (/[.!?]$/.test(last) ? 0.9 : FULL) && !/[:;]$/.test(last)
    const isBroken = /\p{L}[-\u00ad]$/u.test(last)
    if (found.length && isPage && !starts && (isFull || isBroken) && !MESSAGE.test(found.at(-1))) found[found.length - 1] = joined(found.at(-1), line.trim())
    else found.push(line.trimEnd())
    last = line.trimEnd()
  }
  return found
}

/** *bold*, _italic_ and ~struck~ where the signs embrace words; a lone star or an underscore in a name stays. */
function emphasised(doc, text) {
  const parts = []
  let from = 0
  for (const found of text.matchAll(EMPHASIS)) {
    parts.push(text.slice(from, found.index), make(doc, TAGS[found[1]], {}, ...emphasised(doc, found[2])))
    from = found.index + found[0].length
  }
  return [...parts, text.slice(from)].filter(Boolean)
}

/** Numbers are not part of a bullet unless they stand further in. */
const isWithin = (marker, open) => marker.indent > open.indent || (marker.indent === open.indent && (open.isOrdered || !marker.isOrdered))

class Blocks {
  constructor(doc) {
    Object.assign(this, { doc, root: make(doc, 'div'), open: [] })
  }

  paragraph(text) {
    this.open = []
    this.root.append(make(this.doc, 'p', {}, ...emphasised(this.doc, text)))
  }

  item(marker, text) {
    const known = this.open.findIndex(({ key }) => key === marker.key)
    if (known >= 0) this.open.length = known + 1
    if (known < 0 || (marker.isOrdered && marker.value !== this.open[known].value + 1)) this.list(marker, known)
    this.open.at(-1).value = marker.value
    this.open.at(-1).list.append(make(this.doc, 'li', {}, make(this.doc, 'p', {}, ...emphasised(this.doc, text))))
  }

  list(marker, known) {
    if (known >= 0) this.open.length = known
    while (this.open.length && !isWithin(marker, this.open.at(-1))) this.open.pop()
    const list = make(this.doc, marker.isOrdered ? 'ol' : 'ul')
    if (marker.isOrdered && marker.kind !== '1') list.setAttribute('type', marker.kind)
    if (marker.isOrdered && marker.value > 1) list.setAttribute('start', marker.value)
    ;(this.open.at(-1)?.list.lastElementChild ?? this.root).append(list)
    this.open.push({ ...marker, list })
  }
}

/** A single number at the start of a text is part of its sentence; a list counts on. */
function realMarkers(lines) {
  let before = null
  const markers = lines.map((line) => {
    const marker = markerOf(line, before)
    before = marker ?? before
    return marker
  })
  return markers.map((marker, index) => {
    if (!marker?.isOrdered) return marker
    const isNeighbour = (other, step) => other?.key === marker.key && other.value === marker.value + step
    return markers.some((other, place) => isNeighbour(other, place > index ? 1 : -1) && place !== index) ? marker : null
  })
}

export function blocksOf(doc, text) {
  const blocks = new Blocks(doc)
  const groups = text.replace(/\r\n?/g, '\n').replace(/\f/g, '\n\n').split(/\n(?:[^\S\n]*\n)+/)
  const lines = groups.flatMap((group) => unbroken(group.split('\n').filter((line) => line.trim())))
  const markers = realMarkers(lines)
  lines.forEach((line, index) => {
    if (markers[index]) blocks.item(markers[index], line.slice(markers[index].length))
    else blocks.paragraph(line.trim())
  })
  return blocks.root
}

const isPlain = (root) => root.children.length < 2 && !root.querySelector('ul,ol,strong,em,s')

/** A few words come in as the caret's own text; null leaves that to the editor. */
export function textSlice(text, $context, schema) {
  const root = blocksOf(document, text)
  if (isPlain(root) && !/\n/.test(text.trim())) return null
  return Slice.maxOpen(DOMParser.fromSchema(schema).parse(root, { preserveWhitespace: true, topNode: schema.topNodeType.create() }).content)
}
