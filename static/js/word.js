// The pages "Impor Word": what can be said before a file is sent, and what a choice of target means.
const number = new Intl.NumberFormat('id-ID')

function fault(file, most) {
  if (!/\.docx$/i.test(file.name)) return 'Pilih berkas .docx. Berkas .doc atau .docm perlu disimpan ulang di Word sebagai .docx.'
  if (file.size > most) return 'Berkas lebih besar dari 25 MB. Perkecil gambar di dalamnya, atau unggah bab demi bab.'
  return ''
}

function makeBusy(form, submitter) {
  const button = submitter?.dataset.busy ? submitter : null
  if (!button) return
  form.setAttribute('aria-busy', 'true')
  // After the browser has gathered the form: a disabled button is not sent.
  setTimeout(() => {
    button.disabled = true
    button.lastChild.textContent = button.dataset.busy
    const line = form.querySelector('[data-word-busy]')
    if (line) line.hidden = false
  })
}

function upload(form) {
  const input = form.querySelector('[type="file"]')
  const message = form.querySelector('[data-word-message]')
  const drop = input.parentElement
  const check = () => {
    const sentence = input.files[0] ? fault(input.files[0], Number(form.dataset.maxBytes)) : ''
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

function describe(row) {
  const target = row.querySelector('[data-target]')
  if (!target) return
  const option = target.selectedOptions[0]
  const words = Number(option.dataset.words)
  const cell = row.querySelector('[data-now]')
  const line = document.createElement('span')
  if (!target.value) {
    line.className = 'muted'
    line.textContent = '–'
  } else if (!words) {
    line.className = 'muted'
    line.textContent = 'Masih kosong'
  } else {
    line.className = 'word-over'
    line.textContent = `${number.format(words)} kata ${row.querySelector('[data-mode]').value === 'tambah' ? 'tetap' : 'diganti'}`
  }
  cell.replaceChildren(line)
  row.classList.toggle('unused', !target.value)
}

function preview(form) {
  const rows = [...form.querySelectorAll('[data-piece]')]
  const count = form.querySelector('[data-word-count]')
  form.addEventListener('change', (event) => {
    const row = event.target.closest('[data-piece]')
    if (row) describe(row)
    const used = rows.filter((one) => one.querySelector('[data-target]')?.value).length
    count.textContent = `${used} dari ${rows.length} potongan dipakai`
  })
  form.addEventListener('submit', (event) => makeBusy(form, event.submitter))
}

document.querySelectorAll('[data-word-upload]').forEach(upload)
document.querySelectorAll('[data-word-preview]').forEach(preview)
