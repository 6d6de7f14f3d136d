// Totals come from the server, for the filter of this page; they follow every save a moment later.
import { table } from './cells.js'
import { address, ask } from './net.js'

let timer = 0

async function load() {
  const answer = await ask(address('jumlah/'))
  if (!answer?.ok) return // the next save asks again
  const template = document.createElement('template')
  template.innerHTML = await answer.text()
  const part = (name) => template.content.querySelector(`[data-part=${name}]`)
  table.tFoot.replaceChildren(...part('totals').children)
  const details = document.getElementById('rincian')
  const isOpen = details?.querySelector('details')?.open
  details?.replaceChildren(...part('parts').children)
  if (isOpen) details.querySelector('details').open = true
  const count = document.getElementById('jumlah-baris')
  if (count) count.textContent = part('count').textContent
}

export function refreshTotals() {
  clearTimeout(timer)
  timer = setTimeout(load, 250)
}
