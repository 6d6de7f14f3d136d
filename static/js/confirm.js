// data-confirm="Sentence?" on a button or form asks before it is sent; data-confirm-action names the button that goes on.
let dialog = null
let pending = null

function button(text, className) {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = `btn ${className}`
  element.textContent = text
  return element
}

function build() {
  dialog = document.createElement('dialog')
  dialog.className = 'confirm'
  const sentence = document.createElement('p')
  sentence.id = 'confirm-sentence'
  dialog.setAttribute('aria-labelledby', sentence.id)
  const row = document.createElement('div')
  row.className = 'buttons'
  const go = button('', 'btn-primary')
  const stay = button('Batal', 'btn-quiet')
  go.addEventListener('click', () => dialog.close('go'))
  stay.addEventListener('click', () => dialog.close('stay'))
  dialog.addEventListener('close', () => {
    const { form, submitter } = pending
    if (dialog.returnValue !== 'go') return
    form.dataset.confirmed = ''
    form.requestSubmit(submitter)
    delete form.dataset.confirmed
  })
  row.append(go, stay)
  dialog.append(sentence, row)
  document.body.append(dialog)
}

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target
    const asker = event.submitter?.dataset.confirm ? event.submitter : form
    if (!asker.dataset.confirm || 'confirmed' in form.dataset) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!dialog) build()
    pending = { form, submitter: event.submitter }
    dialog.returnValue = ''
    dialog.querySelector('p').textContent = asker.dataset.confirm
    dialog.querySelector('.btn-primary').textContent =
      asker.dataset.confirmAction || event.submitter?.textContent.trim() || 'Lanjutkan'
    dialog.showModal()
    dialog.querySelector('.btn-quiet').focus()
  },
  true,
)
