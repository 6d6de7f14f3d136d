// The page "Kirim contoh tempelan": records what the clipboard holds and shows it as text, never as markup.
const FLAVOURS = ['text/html', 'text/plain', 'text/rtf']
const LINES = 6
const number = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1 })

const bytesOf = (text) => new Blob([text]).size

function size(bytes) {
  if (bytes >= 1e6) return `${number.format(bytes / 1e6)} MB`
  return bytes >= 1000 ? `${number.format(bytes / 1000)} kB` : `${number.format(bytes)} bita`
}

function record(data) {
  const flavours = {}
  for (const type of FLAVOURS) {
    const text = data.getData(type) || (type === 'text/rtf' ? data.getData('application/rtf') : '')
    if (text) flavours[type] = text
  }
  const files = [...data.items].filter((item) => item.kind === 'file').map((item) => item.getAsFile())
  const images = files.filter((file) => file?.type.startsWith('image/')).map((file) => ({ type: file.type, size: file.size }))
  return { flavours, images }
}

const maskText = (text) => text.replace(/\p{L}/gu, (letter) => (letter === letter.toLowerCase() ? 'x' : 'X')).replace(/\d{5,}/g, (digits) => '9'.repeat(digits.length))

// Values that people wrote or that name their files; everything else in a tag is what a mender needs to see.
const maskTag = (tag) => tag.replace(/(\s(?:href|src|alt|title|content|o:href)\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)/gi, (_, name, value) => name + maskText(value))

/** Letters become x; tags, styles, comments of Word and entities stay. */
function maskMarkup(html) {
  return html.replace(/<style[\s\S]*?<\/style>|<[^>]*>|&#?\w+;|[^<&]+|&/gi, (part) => {
    if (/^<style/i.test(part) || part.startsWith('&')) return part
    return part.startsWith('<') ? maskTag(part) : maskText(part)
  })
}

/** RTF cannot be masked safely: words, pictures and file names are mixed with its commands. */
function masked({ flavours, images }) {
  const kept = {}
  if (flavours['text/html']) kept['text/html'] = maskMarkup(flavours['text/html'])
  if (flavours['text/plain']) kept['text/plain'] = maskText(flavours['text/plain'])
  return { flavours: kept, images }
}

function element(name, className, text) {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}

function shown({ flavours, images }) {
  const rows = Object.entries(flavours).map(([type, text]) => {
    const row = element('li', 'sample-flavour', '')
    const head = element('p', 'sample-type', '')
    head.append(element('b', '', type), element('span', 'muted', size(bytesOf(text))))
    row.append(head, element('pre', '', text.trim().split(/\r\n?|\n/).slice(0, LINES).join('\n').slice(0, 600)))
    return row
  })
  if (!images.length) return rows
  const row = element('li', 'sample-flavour', '')
  row.append(element('p', '', `${images.length} gambar (tidak ikut dikirim): ${images.map((i) => `${i.type}, ${size(i.size)}`).join('; ')}`))
  return [...rows, row]
}

function fault({ flavours, images }, form) {
  const sizes = Object.entries(flavours).map(([type, text]) => [type, bytesOf(text)])
  if (!sizes.length && !images.length) return 'Papan klip tidak berisi teks atau gambar. Salin dahulu di program asalnya.'
  const big = sizes.find(([, bytes]) => bytes > Number(form.dataset.maxFlavour))
  if (big) return `Isi ${big[0]} terlalu besar (${size(big[1])}). Salin bagian yang lebih pendek.`
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
  return total > Number(form.dataset.maxTotal) ? `Isi papan klip terlalu besar (${size(total)}). Salin bagian yang lebih pendek.` : ''
}

function setUp(form) {
  const find = (name) => form.querySelector(`[data-sample-${name}]`)
  const box = find('box')
  const message = find('message')
  const mask = find('mask')
  let current = null

  function take(next) {
    const problem = fault(next, form)
    current = problem ? null : next
    message.textContent = problem
    find('recorded').replaceChildren(...(problem ? [] : shown(next)))
    find('result').hidden = Boolean(problem)
    const files = new DataTransfer()
    if (current) files.items.add(new File([JSON.stringify(current)], 'isi.json', { type: 'application/json' }))
    find('file').files = files.files
    return !problem
  }

  box.addEventListener('paste', (event) => {
    event.preventDefault()
    box.value = ''
    mask.disabled = false
    if (take(record(event.clipboardData))) find('status').textContent = 'Terekam. Periksa isinya di bawah.'
  })
  box.addEventListener('input', () => { box.value = '' }) // only what the clipboard brings counts
  mask.addEventListener('click', () => {
    const hadRtf = 'text/rtf' in current.flavours
    take(masked(current))
    mask.disabled = true
    find('status').textContent = `Kata disamarkan.${hadRtf ? ' Bentuk RTF tidak dapat disamarkan dan tidak ikut dikirim.' : ''}`
  })
  form.addEventListener('submit', (event) => {
    if (current) return
    event.preventDefault()
    message.textContent ||= 'Kotak tempelan masih kosong. Tekan Ctrl+V di kotak itu.'
    box.focus()
  })
}

document.querySelectorAll('[data-paste-sample]').forEach(setUp)
