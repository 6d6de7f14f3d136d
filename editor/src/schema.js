// One list of extensions is one schema: the browser bundle uses it and export-schema.mjs writes it out for Python.
import { Mark, Node, mergeAttributes } from '@tiptap/core'
import Link from '@tiptap/extension-link'
import StarterKit from '@tiptap/starter-kit'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import Subscript from '@tiptap/extension-subscript'
import Superscript from '@tiptap/extension-superscript'
import UniqueID from '@tiptap/extension-unique-id'

const dataAttribute = (name, fallback = null) => ({
  default: fallback,
  parseHTML: (element) => element.getAttribute(`data-${name}`) ?? fallback,
  renderHTML: (attributes) => (attributes[name] == null ? {} : { [`data-${name}`]: attributes[name] }),
})

const Figure = Node.create({
  name: 'figure',
  group: 'block',
  content: 'inline*',
  isolating: true,
  defining: true,
  addAttributes: () => ({
    src: { default: null, parseHTML: (el) => el.querySelector('img')?.getAttribute('src'), renderHTML: () => ({}) },
    alt: { default: '', parseHTML: (el) => el.querySelector('img')?.getAttribute('alt') ?? '', renderHTML: () => ({}) },
    source: dataAttribute('source', ''),
  }),
  parseHTML: () => [{ tag: 'figure', contentElement: 'figcaption' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'figure', HTMLAttributes, ['img', { src: node.attrs.src, alt: node.attrs.alt }], ['figcaption', 0],
  ],
})

const TableCaption = Node.create({
  name: 'tableCaption',
  group: 'block',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'p.table-caption', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ['p', mergeAttributes(HTMLAttributes, { class: 'table-caption' }), 0],
})

const Footnote = Node.create({
  name: 'footnote',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ text: dataAttribute('text', '') }),
  parseHTML: () => [{ tag: 'span.footnote' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'span', mergeAttributes(HTMLAttributes, { class: 'footnote', title: node.attrs.text }),
  ],
})

const CrossReference = Node.create({
  name: 'xref',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ target: dataAttribute('target') }),
  parseHTML: () => [{ tag: 'a.xref' }],
  renderHTML: ({ HTMLAttributes }) => ['a', mergeAttributes(HTMLAttributes, { class: 'xref' })],
})

/** What a token says to the clipboard; the page puts in the present value (facts/index.js). */
export const factText = { shown: (node) => node.attrs.value }

const Fact = Node.create({
  name: 'fact',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    key: dataAttribute('key'),
    style: dataAttribute('style', 'short'),
    value: { default: '', parseHTML: (element) => element.textContent.trim(), renderHTML: () => ({}) }, // as it was when put in
  }),
  parseHTML: () => [{ tag: 'span.fact' }],
  renderHTML: ({ node, HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'fact' }), factText.shown(node)],
  renderText: ({ node }) => factText.shown(node),
})

const Comment = Mark.create({
  name: 'comment',
  inclusive: false,
  excludes: '', // several threads may overlap on the same words
  addAttributes: () => ({ thread: dataAttribute('thread') }),
  parseHTML: () => [{ tag: 'span.comment[data-thread]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'comment' }), 0],
})

/** Other words that a mentor suggests. One suggestion is one id; in every text but the editor's they are as if rejected. */
const suggested = (name, tag, verb) => Mark.create({
  name,
  inclusive: false,
  addAttributes: () => Object.fromEntries(['id', 'by', 'name', 'at'].map((key) => [key, { default: null, rendered: false }])),
  renderHTML: ({ mark }) => [tag, { 'data-suggestion': mark.attrs.id, title: `${verb} ${mark.attrs.name}` }, 0], // no parseHTML: never pasted
})
const Insertion = suggested('insertion', 'ins', 'Usulan tambahan dari')
const Deletion = suggested('deletion', 'del', 'Usulan penghapusan dari')

const CELL = '(paragraph | bulletList | orderedList)+' // a table inside a table cannot be typeset

export const IDENTIFIED = ['heading', 'paragraph', 'table', 'figure', 'tableCaption', 'listItem']

// The server's rule (masterplan/prose/check.py): a link it would refuse must not come in by paste, or saving would stop.
const HREF = /^(https?:\/\/\S|mailto:\S|#[\w-])/i
const HREF_LIMIT = 2000

const PlainLink = Link.extend({
  addAttributes() {
    const given = this.parent()
    const own = ({ default: fallback }) => ({ default: fallback, parseHTML: () => fallback }) // a pasted link keeps its address only
    return { href: given.href, target: own(given.target), rel: own(given.rel), class: own(given.class), title: own(given.title) }
  },
}).configure({
  openOnClick: false,
  autolink: false,
  defaultProtocol: 'https',
  isAllowedUri: (address) => HREF.test(address) && address.length <= HREF_LIMIT,
})

export const extensions = [
  StarterKit.configure({
    heading: { levels: [3, 4, 5] },
    codeBlock: false,
    code: false,
    link: false,
  }),
  PlainLink,
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader.extend({ content: CELL }),
  TableCell.extend({ content: CELL }),
  Subscript,
  Superscript,
  Figure,
  TableCaption,
  Footnote,
  CrossReference,
  Fact,
  Comment,
  Insertion,
  Deletion,
  UniqueID.configure({ attributeName: 'id', types: IDENTIFIED }),
]
