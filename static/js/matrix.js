// [data-source-matrix]: totals that follow what is typed. The server reads money on its own (smartcity/ui/format.py); what
// this reader does not understand counts as nothing here and leaves the word to the server's refusal.
const UNITS = { t: 1e12, triliun: 1e12, trilyun: 1e12, m: 1e9, mlr: 1e9, miliar: 1e9, milyar: 1e9, jt: 1e6, juta: 1e6, rb: 1e3, ribu: 1e3 }
const MONEY = /^(?:rp\.?)?\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?:,-)?\s*([a-z]*)$/

export function readRupiah(text) {
  const found = MONEY.exec(text.trim().toLowerCase())
  if (!found || (found[3] && !(found[3] in UNITS))) return 0
  const [, whole, decimals = '', unit] = found
  return Math.round(Number(`${whole.replaceAll('.', '')}.${decimals || 0}`) * (UNITS[unit] ?? 1))
}

const show = (amount) => amount.toLocaleString('id-ID')
const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0)

function follow(table) {
  const note = document.querySelector('[data-matrix-note]')
  const rests = [...table.querySelectorAll('[data-rest]')]
  const shares = new Map(rests.map((cell) => [cell.dataset.rest, 0]))
  for (const line of table.querySelectorAll('[data-source-line]')) {
    const amounts = [...line.querySelectorAll('[data-year]')].map((input) => {
      const amount = readRupiah(input.value)
      shares.set(input.dataset.year, shares.get(input.dataset.year) + amount)
      return amount
    })
    line.querySelector('[data-line-total]').textContent = sum(amounts) ? show(sum(amounts)) : '–'
  }
  const over = []
  let grand = 0
  let left = 0
  for (const cell of rests) {
    const year = cell.dataset.rest
    const typed = document.getElementById(`id_budget_${year}`).value
    const budget = typed.trim() ? readRupiah(typed) : shares.get(year)
    const rest = budget - shares.get(year)
    grand += budget
    left += Math.max(rest, 0)
    cell.textContent = rest < 0 ? `lebih ${show(-rest)}` : show(rest)
    cell.classList.toggle('is-over', rest < 0)
    if (rest < 0) over.push(year)
  }
  table.querySelector('[data-rest-total]').textContent = show(left)
  table.querySelector('[data-grand-total]').textContent = show(grand)
  const sentence = over.length ? `Rincian sumber melebihi anggaran tahun ${over.join(', ')}.` : ''
  if (note.textContent !== sentence) note.textContent = sentence
}

for (const table of document.querySelectorAll('[data-source-matrix]')) {
  table.addEventListener('input', () => follow(table))
  follow(table)
}
