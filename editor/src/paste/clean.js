// From the HTML of any program to the HTML of our schema. Each program has its own habits; what follows holds for all.
import { tableCaptions } from './captions.js'
import { BLOCKS, comments, drop, each, unwrap, words } from './dom.js'
import { isDocs, isWordOnline, tidyDocs, tidyWordOnline } from './docs.js'
import { settleHeadings } from './headings.js'
import { takeImages } from './images.js'
import { settleLists } from './lists.js'
import { Leftovers } from './notes.js'
import { isOffice, tidyOffice } from './office.js'
import { isSheet, tidySheet } from './sheets.js'
import { emphasise, isHidden, parse } from './styles.js'
import { settleTables } from './tables.js'
import { tidyWeb } from './web.js'
import { isWord, tidyWord } from './word.js'

const SOURCES = [[isSheet, tidySheet], [isDocs, tidyDocs], [isWordOnline, tidyWordOnline], [isOffice, tidyOffice], [isWord, tidyWord]]
const LIFELESS = 'script,noscript,link,meta,title,base,frame,frameset,xml'
const OURS = '.footnote,.xref,.fact,.comment,.table-caption' // our own classes, which another program cannot mean
const KEPT = new Set(['href', 'src', 'alt', 'colspan', 'rowspan', 'start', 'type', 'align', 'class', 'data-text'])
const ADDRESS = /^(https?:\/\/|mailto:)/i

function dropUnseen({ doc, body }) {
  comments(body).forEach((comment) => comment.remove())
  drop(doc, 'template')
  each(body, '[data-style],[hidden]', (element) => { if (element.hidden || isHidden(element)) element.remove() })
}

function dropEmpty({ body }) {
  each(body, 'br', (line) => {
    const isBetween = [line.previousElementSibling, line.nextElementSibling].some((near) => near?.matches(BLOCKS))
    if (isBetween && !line.closest('p,li,td,th,h1,h2,h3,h4,h5,h6')) line.remove()
  })
  each(body, 'p', (paragraph) => {
    if (words(paragraph) || paragraph.querySelector('img,.footnote')) return
    paragraph.remove()
  })
  each(body, 'td,th,li', (cell) => { if (!words(cell) && !cell.querySelector('img,.footnote')) cell.replaceChildren() })
}

function keepPlain({ body, leftovers }) {
  const local = body.querySelectorAll('a[href^="file:" i]').length
  if (local) leftovers.count('link', local)
  each(body, 'a', (link) => { if (!ADDRESS.test(link.getAttribute('href') ?? '') || !words(link)) unwrap(link) })
  each(body, '*', (element) => {
    for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name)
    if (!/^(table-caption|footnote)$/.test(element.className)) element.removeAttribute('class')
  })
}

/** Returns the HTML, what could not come, and the pictures that are still to be uploaded. */
export function clean(html, flavours) {
  const doc = parse(html)
  const page = { doc, body: doc.body, flavours, leftovers: new Leftovers(), pictures: new Map() }
  drop(doc, LIFELESS)
  each(doc.body, OURS, (element) => element.removeAttribute('class'))
  SOURCES.find(([isFrom]) => isFrom(html))?.[1](page)
  dropUnseen(page)
  tidyWeb(page)
  emphasise(page.body)
  settleLists(page)
  takeImages(page)
  settleHeadings(page)
  tableCaptions(page)
  settleTables(page)
  dropEmpty(page)
  keepPlain(page)
  return { html: page.body.innerHTML, leftovers: page.leftovers, pictures: page.pictures }
}

