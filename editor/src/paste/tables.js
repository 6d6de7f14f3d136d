// Tables of every program: header rows, tables in tables, cells that only look empty.
import { each, make, rename, unwrap, words } from './dom.js'
import { styled } from './styles.js'

const WHITE = /^(|none|transparent|inherit|initial|white|windowtext|auto|#fff(fff)?|rgba?\(255, ?255, ?255.*\)|rgba\(0, ?0, ?0, ?0\))$/
const WITHIN = 'p,div,ul,ol,li,table,thead,tbody,tr,td,th,h1,h2,h3,h4,h5,h6,blockquote'

function isShaded(cell) {
  const colour = styled(cell, 'background-color') || styled(cell, 'background').split(/\s+/)[0] || (cell.getAttribute('bgcolor') ?? '').toLowerCase()
  return !WHITE.test(colour)
}

function isAllBold(cell) {
  const texts = cell.ownerDocument.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    if (texts.currentNode.data.trim() && !texts.currentNode.parentElement.closest('b,strong')) return false
  }
  return words(cell) !== ''
}

const stands = (row, holds) => {
  const filled = [...row.cells].filter((cell) => words(cell))
  return filled.length > 0 && filled.every(holds)
}

/** Rows at the top that are marked as header, or look different from the last row; a cell over several rows takes them along. */
function headerRows(table) {
  const rows = [...table.rows]
  if (rows.length < 2) return 0
  const looks = [isAllBold, isShaded].filter((look) => stands(rows[0], look) && !stands(rows.at(-1), look))
  const isHead = (row) => row.parentElement.tagName === 'THEAD' || looks.some((look) => stands(row, look))
  let count = 0
  while (count < rows.length - 1 && isHead(rows[count])) count += 1
  for (let index = 0; index < count; index += 1) count = Math.max(count, ...[...rows[index].cells].map((cell) => index + cell.rowSpan))
  return Math.min(count, rows.length - 1)
}

function toHeader(cell) {
  const header = cell.tagName === 'TH' ? cell : rename(cell, 'th', ['colspan', 'rowspan', 'align'])
  each(header, 'b,strong', unwrap)
}

/** One line of text: blocks become spaces. */
function inline(cell) {
  each(cell, WITHIN, (block) => block.replaceWith(' ', ...block.childNodes, ' '))
  return [...cell.childNodes]
}

/** A table in a cell cannot be typeset: each of its rows becomes a line. */
function flatten(table) {
  const lines = [...table.rows].map((row) => {
    const filled = [...row.cells].filter((cell) => words(cell))
    return make(table.ownerDocument, 'p', {}, ...filled.flatMap((cell, index) => [index ? ' — ' : '', ...inline(cell)]))
  })
  table.replaceWith(...lines.filter((line) => words(line)))
}

export function settleTables({ body }) {
  each(body, 'td table, th table', flatten)
  each(body, 'table', (table) => {
    if (!words(table) && !table.querySelector('img,.footnote')) return table.remove()
    const header = headerRows(table)
    for (const row of table.rows) [...row.cells].forEach(settleCell)
    for (const row of [...table.rows].slice(0, header)) [...row.cells].forEach(toHeader)
    return table
  })
}

function settleCell(cell) {
  const align = styled(cell, 'text-align') || (cell.getAttribute('align') ?? '').toLowerCase() || common(cell)
  cell.removeAttribute('align')
  if (align === 'right' || align === 'center') cell.setAttribute('align', align)
}

/** What all paragraphs of a cell agree on. */
function common(cell) {
  const found = new Set([...cell.querySelectorAll('p')].filter(words).map((p) => styled(p, 'text-align') || (p.getAttribute('align') ?? '')))
  return found.size === 1 ? [...found][0] : ''
}
