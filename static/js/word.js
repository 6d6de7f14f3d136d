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

document.querySelectorAll('[data-word-upload]').forEach(upload)
document.querySelectorAll('[data-word-preview]').forEach(preview)
