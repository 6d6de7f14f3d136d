// The tab "Pratinjau": asks for the pages when it is opened, and again half a second after a save while it is open.
const AFTER_SAVE = 400

export function previewBeside(panel, status) {
  const pages = panel.querySelector('[data-pages]')
  let shown = null
  let timer = null

  const state = () => (status && status.dataset.state === 'saved' ? status.textContent : shown)
  const ask = () => {
    shown = state()
    window.htmx.trigger(pages, 'stale')
  }
  const look = () => {
    clearTimeout(timer)
    if (panel.hidden || (shown !== null && state() === shown)) return
    timer = setTimeout(ask, shown === null ? 0 : AFTER_SAVE)
  }

  new MutationObserver(look).observe(panel, { attributes: true, attributeFilter: ['hidden'] })
  if (status) new MutationObserver(look).observe(status, { attributes: true, childList: true, characterData: true, subtree: true })
  panel.querySelector('[data-again]').addEventListener('click', ask)
  look()
}

const panel = document.getElementById('panel-pratinjau')
if (panel) previewBeside(panel, document.getElementById('editor-status'))
