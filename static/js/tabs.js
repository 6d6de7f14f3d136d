// <nav class="tabs" data-tabs> with links to the ids of panels. Without this file the panels stand one below the other.
function enhance(list) {
  const tabs = [...list.querySelectorAll('a[href^="#"]')]
  const panels = tabs.map((tab) => document.getElementById(tab.hash.slice(1)))

  function select(chosen, { focus = false } = {}) {
    tabs.forEach((tab, index) => {
      const on = tab === chosen
      tab.setAttribute('aria-selected', on)
      tab.tabIndex = on ? 0 : -1
      panels[index].hidden = !on
    })
    if (focus) chosen.focus()
    if (list.id) sessionStorage.setItem(`tab:${list.id}`, chosen.hash)
  }

  list.setAttribute('role', 'tablist')
  tabs.forEach((tab, index) => {
    tab.setAttribute('role', 'tab')
    tab.id ||= `tab-${panels[index].id}`
    tab.setAttribute('aria-controls', panels[index].id)
    panels[index].setAttribute('role', 'tabpanel')
    panels[index].setAttribute('aria-labelledby', tab.id)
    panels[index].tabIndex = 0
  })

  list.addEventListener('click', (event) => {
    const tab = event.target.closest('[role="tab"]')
    if (!tab) return
    event.preventDefault()
    select(tab)
  })
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(event.target.closest('[role="tab"]'))
    const last = tabs.length - 1
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key]
    if (at < 0 || next === undefined) return
    event.preventDefault()
    select(tabs[next], { focus: true })
  })

  const wanted = (hash) => tabs.find((tab) => tab.hash === hash)
  const first = wanted(location.hash) ?? wanted(list.id ? sessionStorage.getItem(`tab:${list.id}`) : '')
  select(first ?? list.querySelector('[aria-selected="true"]') ?? tabs[0])
  window.addEventListener('hashchange', () => wanted(location.hash) && select(wanted(location.hash)))
}

document.querySelectorAll('[data-tabs]').forEach(enhance)
