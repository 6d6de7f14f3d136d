// The row's form beside the table; on a narrow screen its own page.
import { body, isDraft, patchRow, rowByPk } from './cells.js'
import { address, request } from './net.js'
import { announce } from './say.js'
import { settled } from './saves.js'
import { refreshTotals } from './totals.js'

const sheet = document.getElementById('grid-sheet')
const content = document.getElementById('grid-sheet-body')
const title = document.getElementById('grid-sheet-title')
const HEADERS = { Sheet: '1' }
let pk = ''
let opener = null
let isTouched = false

const mayLeave = () => !isTouched || window.confirm('Isian di lembar ini belum disimpan. Tinggalkan?')

function draw(row) {
  for (const marked of body.querySelectorAll('.in-sheet')) marked.classList.remove('in-sheet')
  row.classList.add('in-sheet')
  const rows = [...body.rows].filter((each) => !isDraft(each))
  document.getElementById('grid-sheet-place').textContent = `Baris ${rows.indexOf(row) + 1} dari ${rows.length}`
  document.getElementById('grid-sheet-link').href = address(`${pk}/`, false)
  title.textContent = row.querySelector('.main').textContent
}

async function load(row) {
  const answer = await request(address(`${pk}/`), { headers: HEADERS })
  if (!answer.ok) return
  content.innerHTML = await answer.text()
  isTouched = false
  draw(row)
}

export async function openSheet(row, from = document.activeElement) {
  if (!row || isDraft(row) || !mayLeave()) return
  if (matchMedia('(max-width: 1000px)').matches) {
    location.href = address(`${row.dataset.pk}/`, false)
    return
  }
  await settled(row.dataset.pk)
  pk = row.dataset.pk
  opener = from
  await load(row)
  sheet.hidden = false
  title.focus()
}

function close() {
  if (!mayLeave()) return
  sheet.hidden = true
  isTouched = false
  body.querySelector('.in-sheet')?.classList.remove('in-sheet')
  opener?.focus()
}

function step(by) {
  const row = rowByPk(pk)
  const next = by < 0 ? row.previousElementSibling : row.nextElementSibling
  if (next) openSheet(next, opener)
}

async function submit(form) {
  const answer = await request(address(`${pk}/`), { method: 'POST', body: new FormData(form), headers: HEADERS })
  const row = rowByPk(pk)
  if (answer.headers.get('Content-Type')?.includes('json')) {
    const found = await answer.json()
    if (!answer.ok) {
      announce(found.detail)
      return
    }
    patchRow(row, found, null)
    await load(row)
    refreshTotals()
    announce('Lembar tersimpan.')
    title.focus()
    return
  }
  content.innerHTML = await answer.text() // refused or met somebody: the form says so, with both values
  content.querySelector('.alert')?.focus()
}

sheet.addEventListener('submit', (event) => {
  event.preventDefault()
  submit(event.target)
})
sheet.addEventListener('input', () => { isTouched = true })
sheet.addEventListener('keydown', (event) => { if (event.key === 'Escape') close() })
sheet.addEventListener('click', (event) => {
  const act = event.target.closest('[data-sheet]')?.dataset.sheet
  if (act === 'close') close()
  else if (act) step(act === 'up' ? -1 : 1)
})
