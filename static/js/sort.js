// <th data-sort="text|number">: a click sorts the rows of the table; a cell may name its sorting value in data-value.
let collator // slow machines need a while to make one, and most pages never sort

function valueOf(row, column, kind) {
  const cell = row.cells[column]
  const text = cell?.dataset.value ?? cell?.textContent.trim() ?? ''
  if (kind === 'text') return text
  const number = Number(cell?.dataset.value ?? text.replace(/[^\d,-]/g, '').replace(',', '.'))
  return text === '' || Number.isNaN(number) ? -Infinity : number
}

function sort(heading, kind) {
  const descending = heading.getAttribute('aria-sort') === 'ascending'
  const body = heading.closest('table').tBodies[0]
  const column = heading.cellIndex
  collator ??= new Intl.Collator('id', { numeric: true, sensitivity: 'base' })
  const compare = kind === 'text' ? collator.compare : (a, b) => (a === b ? 0 : a - b)
  const rows = [...body.rows].sort((a, b) => compare(valueOf(a, column, kind), valueOf(b, column, kind)))
  for (const other of heading.parentElement.querySelectorAll('[aria-sort]')) other.removeAttribute('aria-sort')
  heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
  body.append(...(descending ? rows.reverse() : rows))
}

for (const heading of document.querySelectorAll('th[data-sort]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'sort'
  button.append(...heading.childNodes)
  button.addEventListener('click', () => sort(heading, heading.dataset.sort))
  heading.append(button)
}
