// Lists: Word's are paragraphs with a marker as text; other programs' are real lists that only lack their kind or nesting.
import { each, drop, make, nextOf, words } from './dom.js'
import { rules, styled } from './styles.js'

const WORD_KINDS = { 'alpha-lower': 'a', 'alpha-upper': 'A', 'roman-lower': 'i', 'roman-upper': 'I' }
const CSS_KINDS = { 'lower-alpha': 'a', 'lower-latin': 'a', 'upper-alpha': 'A', 'upper-latin': 'A', 'lower-roman': 'i', 'upper-roman': 'I' }
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 }
const MARKER = '[data-style*="mso-list:Ignore" i],[data-style*="mso-list: Ignore" i]'
const NUMBER = /^[([]?(\d+|[a-z]+)[.)\]:]*$/i

function romanValue(text) {
  const values = [...text.toLowerCase()].map((letter) => ROMAN[letter] ?? 0)
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0)
}

export function valueOf(text, kind) {
  if (/^\d+$/.test(text)) return Number(text)
  if (kind === 'i' || kind === 'I') return romanValue(text)
  return [...text.toLowerCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0)
}

function formats(doc) {
  const found = new Map()
  for (const [selectors, text] of rules(doc)) {
    const [, list, level] = /@list\s+(l\d+):level(\d+)\s*$/.exec(selectors) ?? []
    if (list) found.set(`${list}:${level}`, /mso-level-number-format:\s*([\w-]+)/.exec(text)?.[1] ?? 'decimal')
  }
  return found
}

const listStyle = (element) => /(l\d+)\s+level(\d+)/i.exec(styled(element, 'mso-list'))

function guessedFormat(marker) {
  const number = NUMBER.exec(marker)?.[1]
  if (!number || marker === number) return 'bullet' // "o" alone is a bullet of Word
  if (/^\d/.test(number)) return 'decimal'
  return `alpha-${number === number.toLowerCase() ? 'lower' : 'upper'}`
}

function itemOf(paragraph, known) {
  const [, list, level] = listStyle(paragraph)
  const marker = words(paragraph.querySelector(MARKER) ?? make(paragraph.ownerDocument, 'i')).replace(/\s/g, '')
  const format = known.get(`${list}:${level}`) ?? guessedFormat(marker)
  const isOrdered = !/bullet|image|none/.test(format)
  const kind = WORD_KINDS[format] ?? null
  const number = /(\d+|[a-z]+)[.)\]:]*$/i.exec(marker)?.[1] ?? ''
  return { list, level: Number(level), isOrdered, kind, value: isOrdered ? valueOf(number, kind) || 1 : 0 }
}

const continues = (open, item) => open.list === item.list && open.isOrdered === item.isOrdered && (!item.isOrdered || item.value === open.value + 1)

function openList(doc, item) {
  const list = make(doc, item.isOrdered ? 'ol' : 'ul')
  if (item.isOrdered && item.kind) list.setAttribute('type', item.kind)
  if (item.isOrdered && item.value > 1) list.setAttribute('start', item.value)
  return list
}

/** Puts items in after one another; each knows its level. */
class Nesting {
  constructor(doc) {
    Object.assign(this, { doc, stack: [], root: doc.createDocumentFragment() })
  }

  add(item, children) {
    const { stack } = this
    while (stack.length && (stack.at(-1).level > item.level || (stack.at(-1).level === item.level && !continues(stack.at(-1), item)))) stack.pop()
    if (!stack.length || stack.at(-1).level < item.level) {
      const element = openList(this.doc, item)
      ;(stack.at(-1)?.element.lastElementChild ?? this.root).append(element)
      stack.push({ ...item, element })
    }
    const open = stack.at(-1)
    open.value = item.value
    open.element.append(make(this.doc, 'li', {}, ...children))
  }
}

const isItem = (node) => node?.nodeType === 1 && /^(P|DIV|LI)$/.test(node.tagName) && Boolean(listStyle(node))

/** Paragraphs that follow each other and carry a list style, with their markers taken out. */
export function wordLists({ doc, body }) {
  const known = formats(doc)
  each(body, 'h1,h2,h3,h4,h5,h6', (heading) => drop(heading, MARKER))
  each(body, 'p,div', (first) => {
    if (!isItem(first)) return
    const nesting = new Nesting(doc)
    const place = doc.createComment('')
    first.before(place)
    for (let paragraph = first, next; isItem(paragraph); paragraph = next) {
      next = nextOf(paragraph)
      const item = itemOf(paragraph, known)
      drop(paragraph, MARKER)
      nesting.add(item, [make(doc, 'p', {}, ...paragraph.childNodes)])
      paragraph.remove()
    }
    place.replaceWith(nesting.root)
  })
  drop(body, MARKER)
}

/** Word online: each item is a list of its own that only says its level. */
export function flatLists({ doc, body }) {
  each(body, '.ListContainerWrapper', (first) => {
    const nesting = new Nesting(doc)
    const place = doc.createComment('')
    first.before(place)
    for (let wrapper = first, next; wrapper?.classList?.contains('ListContainerWrapper'); wrapper = next) {
      next = nextOf(wrapper)
      for (const entry of wrapper.querySelectorAll('li')) nesting.add(onlineItem(entry), entry.childNodes)
      wrapper.remove()
    }
    place.replaceWith(nesting.root)
  })
}

function onlineItem(entry) {
  const list = entry.parentElement
  const isOrdered = list.tagName === 'OL'
  const value = Number(entry.getAttribute('data-aria-posinset')) || Number(list.getAttribute('start')) || 1
  const kind = CSS_KINDS[styled(list, 'list-style-type')] ?? CSS_KINDS[styled(entry, 'list-style-type')] ?? null
  return { list: entry.getAttribute('data-listid') ?? '', level: Number(entry.getAttribute('data-aria-level')) || 1, isOrdered, kind, value }
}

/** Real lists: the kind that only style tells, and lists that stand beside the item that they belong in. */
export function settleLists({ doc, body }) {
  each(body, 'ol', (list) => {
    const kind = CSS_KINDS[styled(list, 'list-style-type') || (list.firstElementChild && styled(list.firstElementChild, 'list-style-type'))]
    if (kind) list.setAttribute('type', kind)
  })
  each(body, 'ul > ul, ul > ol, ol > ul, ol > ol', (list) => {
    const before = list.previousElementSibling
    if (before?.tagName === 'LI') before.append(list)
    else if (before && before.tagName === list.tagName) { before.append(...list.childNodes); list.remove() }
    else list.replaceWith(make(doc, 'li', {}, list.cloneNode(true)))
  })
}
