// Ranges of Excel, LibreOffice Calc and Google Sheets: values as shown, merged cells, nothing that is hidden.
import { each, make, words } from './dom.js'
import { applyClasses, isHidden, styled } from './styles.js'

export const isSheet = (html) => /urn:schemas-microsoft-com:office:excel|content="?Excel\.Sheet|\ssd(?:val|num)="|<google-sheets|data-sheets-root/i.test(html)
  || (/content="LibreOffice/i.test(html) && /<body[^<>]*>\s*<table[^<>]*>\s*<colgroup/i.test(html))

/** Each cell with its first column, spans of earlier rows counted. */
function columnsOf(table) {
  const places = new Map()
  const taken = []
  for (const row of table.rows) {
    let column = 0
    for (const cell of row.cells) {
      while (taken[column] > 0) column += 1
      places.set(cell, column)
      for (let index = column; index < column + cell.colSpan; index += 1) taken[index] = cell.rowSpan
      column += cell.colSpan
    }
    for (let index = 0; index < taken.length; index += 1) taken[index] = Math.max(0, (taken[index] ?? 0) - 1)
  }
  return places
}

function hiddenColumns(table) {
  const hidden = new Set()
  let column = 0
  for (const col of table.querySelectorAll('col')) {
    for (let left = Math.min(col.span, 1000); left > 0; left -= 1, column += 1) if (isHidden(col)) hidden.add(column)
  }
  return hidden
}

function dropHidden(table, leftovers) {
  const hidden = hiddenColumns(table)
  const places = columnsOf(table)
  for (const [cell, column] of places) {
    const covered = Array.from({ length: cell.colSpan }, (_, index) => column + index)
    const left = covered.filter((index) => !hidden.has(index)).length
    if (!left || isHidden(cell)) cell.remove()
    else if (left < covered.length) cell.colSpan = left
  }
  let rows = 0
  for (const row of [...table.rows]) {
    if (!isHidden(row)) continue
    if (words(row)) rows += 1
    shorten(table, row)
    row.remove()
  }
  if (hidden.size) leftovers.count('column', hidden.size)
  if (rows) leftovers.count('row', rows)
}

/** Cells that reach over a row that goes are one row shorter; one that starts in it starts in the next. */
function shorten(table, row) {
  const rows = [...table.rows]
  const index = rows.indexOf(row)
  const places = columnsOf(table)
  for (const [cell, column] of places) {
    const start = rows.indexOf(cell.parentElement)
    if (start > index || start + cell.rowSpan <= index || cell.rowSpan < 2) continue
    cell.rowSpan -= 1
    if (start < index || !rows[index + 1]) continue
    rows[index + 1].insertBefore(cell, [...rows[index + 1].cells].find((other) => places.get(other) > column) ?? null)
  }
}

/** A long text that runs over its empty neighbours is written as a merged cell, and is none. */
function unspread(table) {
  each(table, 'td[colspan]', (cell) => {
    if (!/colspan/.test(styled(cell, 'mso-ignore'))) return
    const neighbours = Array.from({ length: Math.min(cell.colSpan, 60) - 1 }, () => make(cell.ownerDocument, 'td'))
    cell.removeAttribute('colspan')
    cell.after(...neighbours)
  })
}

export function tidySheet(page) {
  const { body, leftovers } = page
  applyClasses(page.doc)
  each(body, 'table', (table) => {
    if (table.closest('td')) return
    dropHidden(table, leftovers)
    unspread(table)
    const cells = table.querySelectorAll('td,th')
    if (cells.length === 1) table.replaceWith(make(page.doc, 'p', {}, ...cells[0].childNodes)) // one cell is words, no table
  })
}
