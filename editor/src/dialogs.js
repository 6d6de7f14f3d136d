// Forms in a <dialog>: named by their heading, Escape cancels, faults are said inside, focus returns to where it was.
let serial = 0

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name in made && typeof value !== 'string') made[name] = value
    else made.setAttribute(name, value)
  }
  made.append(...children.filter((child) => child !== null))
  return made
}

export function field(label, input, hint = '') {
  serial += 1
  input.id ||= `dialog-field-${serial}`
  const parts = [element('label', { for: input.id }, label), input]
  if (hint) {
    parts.push(element('p', { id: `${input.id}-hint`, class: 'hint' }, hint))
    input.setAttribute('aria-describedby', `${input.id}-hint`)
  }
  return element('div', { class: 'dialog-field' }, ...parts)
}

export const textInput = (value = '', attributes = {}) => element('input', { class: 'form-control', value, ...attributes })

/** A search field and the list that it narrows, with lines of [value, text]: arrows choose from the field, Enter takes. */
export function searchList(lines, before = '', most = 300) {
  const search = textInput('', { type: 'search', autocomplete: 'off' })
  const list = element('select', { class: 'form-select', size: 9 })
  const choose = (index) => {
    list.selectedIndex = Math.max(list.length ? 0 : -1, Math.min(list.length - 1, index))
    list.dispatchEvent(new Event('change'))
  }
  const fill = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    const shown = lines.filter(([, text]) => wanted.every((word) => text.toLowerCase().includes(word))).slice(0, most)
    list.replaceChildren(...shown.map(([value, text]) => element('option', { value }, text)))
    choose(shown.findIndex(([value]) => value === before))
  }
  search.addEventListener('input', fill)
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    choose(list.selectedIndex + (event.key === 'ArrowDown' ? 1 : -1))
  })
  list.addEventListener('dblclick', () => list.form.requestSubmit())
  list.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); list.form.requestSubmit() } })
  fill()
  return [search, list]
}

/**
 * Resolves to what `submit` returns, or null when the person cancels. `submit(say)` returns undefined to stay open
 * after telling with `say(sentence)` why; `extra` is a further button that resolves to its own value.
 */
export function openDialog({ title, content, submit, confirm = 'Simpan', extra = null, cancel = 'Batal', wide = false }) {
  return new Promise((resolve) => {
    const before = document.activeElement
    serial += 1
    const heading = element('h2', { id: `dialog-title-${serial}` }, title)
    const fault = element('p', { class: 'dialog-fault', role: 'alert' })
    const save = submit ? element('button', { class: 'btn btn-primary', type: 'submit' }, confirm) : null
    const close = element('button', { class: 'btn btn-quiet', type: 'button' }, cancel)
    const more = extra ? element('button', { class: 'btn btn-quiet danger', type: 'button' }, extra.label) : null
    const form = element('form', { novalidate: '' }, heading, ...content, fault,
      element('div', { class: 'dialog-buttons' }, save, close, more))
    const dialog = element('dialog', { class: `editor-dialog${wide ? ' wide' : ''}`, 'aria-labelledby': heading.id }, form)
    let result = null
    const finish = (value) => { result = value; dialog.close() }
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      fault.textContent = ''
      save.disabled = true
      const value = await submit((sentence) => { fault.textContent = sentence }, dialog)
      save.disabled = false
      if (value !== undefined && dialog.open) finish(value)
    })
    close.addEventListener('click', () => finish(null))
    more?.addEventListener('click', () => finish(extra.value))
    dialog.addEventListener('close', () => {
      dialog.remove()
      // The browser gave the focus back when it closed the dialog, and this event comes later: who has gone on is not called back.
      if (document.activeElement === document.body) before?.focus?.()
      resolve(result)
    })
    document.body.append(dialog)
    dialog.showModal()
    ;(dialog.querySelector('[autofocus]') ?? dialog.querySelector('input, textarea, select') ?? close).focus()
  })
}

/** One text. Resolves to it, to '' for `remove`, or to null. */
export function ask({ title, label, value = '', multiline = false, confirm = 'Simpan', remove = null, hint = '' }) {
  const input = multiline ? element('textarea', { class: 'form-control', rows: '4' }, value) : textInput(value)
  return openDialog({
    title, confirm, content: [field(label, input, hint)],
    submit: () => input.value.trim(),
    extra: remove ? { label: remove, value: '' } : null,
  })
}
