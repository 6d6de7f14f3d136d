// Word on Windows and Mac: conditional comments, tracked changes, comments, shapes and equations around quite plain paragraphs.
import { comments, drop, each, squeeze, unwrap, words } from './dom.js'
import { footnotes } from './footnotes.js'
import { wordLists } from './lists.js'
import { parse } from './styles.js'

export const isWord = (html) => /class="?Mso|mso-list:|urn:schemas-microsoft-com:office:word|content="?Word\.Document/i.test(html)

/** What Word wrote for programs that cannot show the thing in the comment before it. */
function fallback(comment) {
  const nodes = []
  let node = comment.nextSibling
  while (node && node.nodeType !== 8 && !words(node)) node = node.nextSibling
  if (node?.nodeType !== 8 || !/^\[if !(vml|msEquation)/.test(node.data)) return nodes
  for (node = node.nextSibling; node && !(node.nodeType === 8 && node.data === '[endif]'); node = node.nextSibling) nodes.push(node)
  return nodes
}

const imagesIn = (nodes) => nodes.flatMap((node) => (node.nodeType !== 1 ? [] : node.matches('img') ? [node] : [...node.querySelectorAll('img')]))

/** Only its pictures stay, to be counted against those of the RTF flavour. */
function replaceBy(comment, text) {
  const nodes = fallback(comment)
  const images = imagesIn(nodes)
  for (const node of nodes) node.remove()
  for (const image of images) image.setAttribute('data-void', '')
  comment.replaceWith(`${text} `, ...images)
}

const inside = (comment) => parse(comment.data.slice(comment.data.indexOf('>') + 1)).body

function boxWords(body) {
  const box = [...body.querySelectorAll('*')].find((element) => /^(V|WPS):(TEXTBOX|TXBX)$/.test(element.tagName))
  return box ? squeeze([...box.querySelectorAll('p')].map((paragraph) => paragraph.textContent).join(' ') || box.textContent) : ''
}

/** A fraction on one line. */
function formula(comment) {
  const body = inside(comment)
  each(body, 'm\\:num', (above) => above.append('/'))
  return words(body)
}

function shapes({ body, leftovers }) {
  for (const comment of comments(body)) {
    if (/^\[if gte msEquation/.test(comment.data)) replaceBy(comment, leftovers.note('equation', formula(comment)))
    else if (/^\[if gte vml/.test(comment.data)) {
      const said = boxWords(inside(comment))
      if (said) replaceBy(comment, leftovers.note('box', said))
    }
  }
  each(body, 'img', (image) => {
    const kind = { diagram: 'smartart', chart: 'chart' }[/^(diagram|chart)/i.exec(image.getAttribute('v:shapes') ?? '')?.[1].toLowerCase()]
    if (!kind) return
    image.before(leftovers.note(kind, image.getAttribute('alt') ?? ''))
    image.setAttribute('data-void', '')
  })
}

function changes({ body, leftovers }) {
  const deleted = [...body.querySelectorAll('del,.msoDel')].filter((element) => words(element))
  if (deleted.length) leftovers.count('deletion', deleted.length)
  drop(body, 'del,.msoDel')
  each(body, 'ins,.msoIns', unwrap)
}

function remarks({ body, leftovers }) {
  drop(body, '[data-style*="mso-element:comment-list"]')
  each(body, 'a.msocomanchor', (anchor) => {
    (anchor.closest('.MsoCommentReference') ?? anchor).replaceWith(` ${leftovers.note('comment')}`)
  })
  drop(body, '.MsoCommentReference,.msocomtxt')
}

export function tidyWord(page) {
  const { body } = page
  shapes(page)
  changes(page)
  remarks(page)
  footnotes(page)
  wordLists(page)
  each(body, 'o\\:p', unwrap)
  drop(body, 'br[clear],br[data-style*="page-break"]')
}
