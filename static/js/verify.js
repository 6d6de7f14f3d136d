// A PDF is read and digested here and never sent; only its SHA-256 is asked of the server.
const LARGEST = 500_000_000

async function sha256(file) {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function verify(form) {
  const drop = form.querySelector('[data-verify-drop]')
  const picker = drop.querySelector('input')
  const status = form.querySelector('[data-verify-status]')
  const answer = document.getElementById('jawaban')
  let last = 0
  async function check(file) {
    const turn = ++last
    answer.replaceChildren()
    if (file.size > LARGEST) {
      status.textContent = 'Berkas ini terlalu besar untuk dihitung di peramban. Hitung sidiknya sendiri seperti di bawah.'
      return
    }
    status.textContent = `Menghitung sidik ${file.name}…`
    try {
      const found = await sha256(file)
      if (turn !== last) return
      form.elements.sidik.value = found
      await htmx.ajax('GET', `${location.pathname}?sidik=${found}`, { target: answer, swap: 'innerHTML' })
      if (turn !== last) return
      status.textContent = answer.childElementCount ? `${file.name}: sidik dihitung di peramban ini.` : 'Server tidak menjawab. Coba lagi sebentar.'
    } catch {
      if (turn === last) status.textContent = 'Berkas tidak terbaca. Pilih lagi, atau hitung sidiknya sendiri seperti di bawah.'
    }
  }
  picker.addEventListener('change', () => picker.files.length && check(picker.files[0]))
  drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over') })
  drop.addEventListener('dragleave', () => drop.classList.remove('over'))
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    drop.classList.remove('over')
    if (event.dataTransfer.files.length) check(event.dataTransfer.files[0])
  })
  drop.hidden = false
}

// Web Crypto needs HTTPS; without it the digest is made by hand.
if (globalThis.crypto?.subtle) document.querySelectorAll('form[data-verify]').forEach(verify)
