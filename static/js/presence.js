// [data-presence-url] polls who is where and fills the [data-company="section code"] inside it; as section/company.html does.
const INTERVAL = 15000
const root = document.querySelector('[data-presence-url]')
const sprite = document.querySelector('svg.ic use')?.getAttribute('href')?.split('#')[0] ?? '/static/vendor/icons/sprite.svg'

function pen(label) {
  const holder = document.createElement('span')
  holder.className = 'pen'
  holder.title = `${label} sedang menulis`
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  svg.setAttribute('class', 'ic')
  if ('presenceNames' in root.dataset) {
    svg.setAttribute('aria-hidden', 'true')
  } else {
    svg.setAttribute('role', 'img')
    svg.setAttribute('aria-label', holder.title)
  }
  use.setAttribute('href', `${sprite}#pen`)
  svg.append(use)
  holder.append(svg)
  return holder
}

function names(text) {
  const span = document.createElement('span')
  span.className = 'names'
  span.textContent = text
  return span
}

function fill(place, company) {
  const parts = []
  if (company?.writer) parts.push(pen(company.writer))
  if (company && 'presenceNames' in root.dataset) {
    parts.push(names(company.writer ? `${company.writer} sedang menulis` : `${company.here.join(', ')} di bagian ini`))
  }
  place.replaceChildren(...parts)
}

async function refresh() {
  if (document.visibilityState !== 'visible') return
  try {
    const answer = await fetch(root.dataset.presenceUrl, { headers: { Accept: 'application/json' } })
    if (!answer.ok) return
    const { sections } = await answer.json()
    for (const place of root.querySelectorAll('[data-company]')) fill(place, sections[place.dataset.company])
  } catch { /* offline: the marks stay as they were */ }
}

if (root) {
  setInterval(refresh, INTERVAL)
  document.addEventListener('visibilitychange', refresh)
}
