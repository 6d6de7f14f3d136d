// Forms that send files: what can be said before a file is on its way, dropping, and a button that shows it is busy.
function faultOf(files, form) {
  const { endings, wrong, maxBytes, large, maxFiles } = form.dataset
  const list = [...files]
  if (list.some((file) => !endings.split(' ').some((ending) => file.name.toLowerCase().endsWith(ending)))) return wrong
  if (list.some((file) => file.size > Number(maxBytes))) return large
  return maxFiles && list.length > Number(maxFiles) ? `Paling banyak ${maxFiles} berkas sekaligus.` : ''
}

export function makeBusy(form, submitter) {
  const button = submitter?.dataset.busy ? submitter : null
  if (!button) return
  form.setAttribute('aria-busy', 'true')
  // After the browser has gathered the form: a disabled button is not sent.
  setTimeout(() => {
    button.disabled = true
    button.lastChild.textContent = button.dataset.busy
    const line = form.querySelector('[data-upload-busy]')
    if (line) line.hidden = false
  })
}

function upload(form) {
  const input = form.querySelector('[type="file"]')
  const message = form.querySelector('[data-upload-message]')
  const drop = input.parentElement
  const check = () => {
    const sentence = faultOf(input.files, form)
    message.textContent = sentence
    input.classList.toggle('is-invalid', Boolean(sentence))
    return !sentence
  }
  input.addEventListener('change', check)
  drop.addEventListener('dragover', (event) => {
    event.preventDefault()
    drop.classList.add('over')
  })
  drop.addEventListener('dragleave', () => drop.classList.remove('over'))
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    drop.classList.remove('over')
    if (!event.dataTransfer.files.length) return
    input.files = event.dataTransfer.files
    check()
  })
  form.addEventListener('submit', (event) => {
    if (!check()) event.preventDefault()
    else makeBusy(form, event.submitter)
  })
}

document.querySelectorAll('form[data-upload]').forEach(upload)
for (const form of document.querySelectorAll('form[data-busy-form]')) {
  form.addEventListener('submit', (event) => makeBusy(form, event.submitter))
}
