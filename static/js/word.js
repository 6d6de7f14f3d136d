// The preview of "Impor Word": what a choice of target means.
import { makeBusy } from './upload.js'

const number = new Intl.NumberFormat('id-ID')

function words(row, target, follows) {
  const line = document.createElement('span')
  const count = Number(target.selectedOptions[0].dataset.words)
  line.className = 'muted'
  if (!target.value) line.textContent = '–'
  else if (follows) {
    line.className = 'muted follows'
    line.textContent = 'Disambung sesudah potongan sebelumnya'
  } else if (!count) line.textContent = 'Masih kosong'
  else {
    line.className = 'word-over'
    line.textContent = `${number.format(count)} kata ${row.querySelector('[data-mode]').value === 'tambah' ? 'tetap' : 'diganti'}`
  }
  return line
}

// Only the first piece of a section decides whether the text there is replaced; the others follow it.
function describe(rows) {
  const taken = new Set()
  let used = 0
  for (const row of rows) {
    const target = row.querySelector('[data-target]')
    if (!target) continue
    const follows = taken.has(target.value)
    const kept = [...row.querySelectorAll('[data-now] .word-hint')]
    row.querySelector('[data-now]').replaceChildren(words(row, target, follows), ...kept)
    row.querySelector('[data-how]').classList.toggle('idle', !target.value || follows)
    row.classList.toggle('unused', !target.value)
    if (!target.value) continue
    taken.add(target.value)
    used += 1
  }
  return used
}

function preview(form) {
  const rows = [...form.querySelectorAll('[data-piece]')]
  const count = form.querySelector('[data-word-count]')
  form.addEventListener('change', (event) => {
    event.target.closest('[data-piece]')?.querySelector('[data-now] .word-hint')?.remove()
    count.textContent = `${describe(rows)} dari ${rows.length} potongan dipakai`
  })
  form.addEventListener('submit', (event) => makeBusy(form, event.submitter))
}

document.querySelectorAll('[data-word-preview]').forEach(preview)
