// A long table is laid out in two goes: first the rows one can see (grid.css), then, once they are painted, the rest.
// Its own script: the rest must appear even if the editor's modules fail to load.
const wrap = document.querySelector('.grid-wrap.opening')
const showRest = () => wrap?.classList.remove('opening')

addEventListener('load', () => requestAnimationFrame(() => setTimeout(showRest)))
for (const kind of ['keydown', 'scroll', 'wheel']) addEventListener(kind, showRest, { once: true, capture: true, passive: true })
