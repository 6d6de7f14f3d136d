// A block of cells goes to the server with where it was pasted; what it would change is shown there before anything is saved.
import { body, columns, isDraft, rowOf } from './cells.js'
import { announce } from './say.js'
import { allSettled } from './saves.js'

export const pasteForm = document.getElementById('grid-paste')

export async function sendBlock(text, cell) {
  if (!pasteForm) {
    announce('Tempelan ini lebih dari satu sel. Anda hanya dapat menempel satu sel demi satu di sini.')
    return
  }
  announce('Tempelan sedang dibaca.')
  await allSettled() // the versions below must be those of what was typed last
  const from = isDraft(rowOf(cell)) ? body.rows.length : rowOf(cell).sectionRowIndex
  const rows = [...body.rows].slice(from).filter((row) => !isDraft(row))
  const fields = pasteForm.elements
  fields.csrfmiddlewaretoken.value = document.querySelector('meta[name="csrf-token"]').content // may be newer than the page
  fields.isi.value = text
  fields.kolom.value = columns.slice(cell.cellIndex).map((column) => column.field).join(',')
  fields.baris.value = rows.map((row) => `${row.dataset.pk}:${row.dataset.version}`).join(',')
  pasteForm.submit()
}
