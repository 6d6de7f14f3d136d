// What the table tells: the state line, the sentence at a cell, the toast with a way back, the voice for screen readers.
import { wrap } from './cells.js'

const live = document.getElementById('grid-live')
const saved = document.getElementById('grid-saved')
const last = document.getElementById('grid-last')
const toastBox = document.getElementById('grid-toast')
const bubble = document.createElement('div')
bubble.className = 'grid-bubble'
bubble.id = 'grid-bubble'
bubble.hidden = true
wrap.append(bubble)

let open = 0
let isWaiting = false
let timer = 0

const clock = () => new Intl.DateTimeFormat('id-ID', { hour: '2-digit', minute: '2-digit', timeZone: document.documentElement.dataset.zone }).format(new Date()).replace(':', '.')

export function announce(text) {
  live.textContent = ''
  requestAnimationFrame(() => { live.textContent = text })
}

function drawState() {
  saved.dataset.state = isWaiting ? 'waiting' : open ? 'saving' : 'saved'
  const text = isWaiting ? 'Server belum terjangkau; isian menunggu di sini' : open ? 'Menyimpan…' : `Tersimpan ${clock()}`
  saved.lastElementChild.textContent = text
}

export const openSaves = () => open
export function began() { open += 1; drawState() }
export function waits(value) { isWaiting = value; drawState() }
export function ended(text = '') {
  open -= 1
  isWaiting = false
  drawState()
  if (text) last.textContent = text
}

export function showAt(cell, sentence, hint = '') {
  const title = document.createElement('strong')
  title.textContent = sentence
  bubble.replaceChildren(title, hint)
  bubble.hidden = false
  const frame = wrap.getBoundingClientRect()
  const box = cell.getBoundingClientRect()
  const left = Math.min(box.left - frame.left + wrap.scrollLeft, wrap.scrollLeft + wrap.clientWidth - bubble.offsetWidth - 8)
  bubble.style.left = `${Math.max(left, wrap.scrollLeft + 8)}px`
  const below = box.bottom - frame.top + wrap.scrollTop + 4
  const fits = below + bubble.offsetHeight < wrap.scrollTop + wrap.clientHeight
  bubble.style.top = fits ? `${below}px` : `${Math.max(box.top - frame.top + wrap.scrollTop - bubble.offsetHeight - 4, 0)}px`
  cell.setAttribute('aria-describedby', bubble.id)
}

export function hideBubble() {
  bubble.hidden = true
}

export function toast(text, label = '', action = null) {
  toastBox.replaceChildren(text)
  if (action) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = label
    button.addEventListener('click', () => { toastBox.hidden = true; action() })
    toastBox.append(button)
  }
  toastBox.hidden = false
  clearTimeout(timer)
  timer = setTimeout(() => { toastBox.hidden = true }, action ? 20000 : 6000)
}

window.addEventListener('beforeunload', (event) => {
  if (open) event.preventDefault()
})
