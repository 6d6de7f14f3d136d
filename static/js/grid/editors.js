// The control inside the active cell; made only there and only while somebody edits.
import { choicesFor, specOf } from './cells.js'

function option(key, label, chosen) {
  const made = new Option(label, key)
  made.selected = chosen
  return made
}

function choice(cell, raw) {
  const select = document.createElement('select')
  const spec = specOf(cell)
  if (!spec.required || !raw) select.append(option('', spec.required ? 'Pilih…' : 'Tidak dipilih', !raw))
  for (const [key, label] of choicesFor(cell)) select.append(option(key, label, key === raw))
  return select
}

function many(cell, raw) {
  const box = document.createElement('div')
  const chosen = new Set(raw.split('\n'))
  box.className = 'grid-many'
  box.setAttribute('role', 'group')
  for (const [key, label] of choicesFor(cell)) {
    const line = document.createElement('label')
    const tick = document.createElement('input')
    Object.assign(tick, { type: 'checkbox', value: key, checked: chosen.has(key) })
    line.append(tick, ` ${label}`)
    box.append(line)
  }
  box.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const ticks = [...box.querySelectorAll('input')]
    ticks[(ticks.indexOf(document.activeElement) + step + ticks.length) % ticks.length].focus()
  })
  return box
}

function text(cell, raw) {
  const input = document.createElement('input')
  input.type = 'text'
  input.value = raw
  if (specOf(cell).editor === 'number') input.inputMode = 'decimal'
  return input
}

function long(_, raw) {
  const area = document.createElement('textarea')
  area.value = raw
  const fit = () => {
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight + 2, 320)}px`
  }
  area.addEventListener('input', fit)
  requestAnimationFrame(fit)
  return area
}

const makers = { choice, many, text, number: text, long }

export function makeEditor(cell, raw) {
  const spec = specOf(cell)
  const editor = makers[spec.editor](cell, raw)
  editor.setAttribute('aria-label', spec.label)
  editor.classList.add('grid-editor', `is-${spec.editor}`)
  return editor
}

export function focusEditor(editor, isReplacing) {
  const control = editor.matches('.grid-many') ? editor.querySelector('input') ?? editor : editor
  control.focus()
  if (!isReplacing && control.setSelectionRange && control.type !== 'checkbox') control.setSelectionRange(control.value.length, control.value.length)
}

export function readEditor(editor) {
  if (!editor.matches('.grid-many')) return editor.value.trim()
  return [...editor.querySelectorAll('input:checked')].map((tick) => tick.value).join('\n')
}
