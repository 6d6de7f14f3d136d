// The day page: a clock in the zone of the region, and a word when the server cannot be reached; htmx goes on asking by itself.
const clock = document.querySelector('[data-clock]')
const lost = document.querySelector('[data-lost]')
const ahead = Number(clock.dataset.now) - Date.now() // the server's clock counts, not that of a borrowed laptop
const form = new Intl.DateTimeFormat('id-ID', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: clock.dataset.zone })

function tick() {
  const now = form.format(new Date(Date.now() + ahead)).replace(':', '.')
  if (clock.textContent !== now) clock.textContent = now
}

document.addEventListener('htmx:sendError', () => { lost.hidden = false })
document.addEventListener('htmx:timeout', () => { lost.hidden = false })
document.addEventListener('htmx:responseError', () => { lost.hidden = false })
document.addEventListener('htmx:afterRequest', (event) => { if (event.detail.successful) lost.hidden = true })
tick()
setInterval(tick, 1000)
