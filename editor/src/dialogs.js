// One small form in a <dialog>; resolves to the text, or null when the person cancels.
export function ask({ title, label, value = '', multiline = false, confirm = 'Simpan', remove = null }) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog')
    dialog.className = 'editor-dialog'
    const form = document.createElement('form')
    form.method = 'dialog'
    const heading = document.createElement('h2')
    heading.textContent = title
    const field = document.createElement('label')
    field.textContent = label
    const input = document.createElement(multiline ? 'textarea' : 'input')
    input.value = value
    input.className = 'form-control'
    if (multiline) input.rows = 4
    field.append(input)
    const buttons = document.createElement('div')
    buttons.className = 'dialog-buttons'
    buttons.append(button(confirm, 'save', 'btn btn-primary'), button('Batal', 'cancel', 'btn btn-quiet'))
    if (remove) buttons.append(button(remove, 'remove', 'btn btn-quiet'))
    form.append(heading, field, buttons)
    dialog.append(form)
    dialog.addEventListener('close', () => {
      resolve({ save: input.value.trim(), remove: '' }[dialog.returnValue] ?? null)
      dialog.remove()
    })
    document.body.append(dialog)
    dialog.showModal()
    input.focus()
  })
}

function button(text, value, className) {
  const element = document.createElement('button')
  element.value = value
  element.className = className
  element.textContent = text
  return element
}
