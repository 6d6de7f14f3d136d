// A section's own headings are of level 3 to 5, and the book counts them.
import { dropLetters, each, embrace, rename, unwrap, words } from './dom.js'

const FROZEN = /^\s*(?:\d{1,2}\.)+\d{0,2}[.)]?[\s\u00a0]+/ // a number typed or left over: "2.1 ", "3. "
const ALL = 'h1,h2,h3,h4,h5,h6'

/** Levels are kept in relation: the highest that is pasted becomes 3. A heading in a cell or list is bold text. */
export function settleHeadings({ body }) {
  each(body, '[role="heading"][aria-level]', (element) => {
    if (/^(P|DIV)$/.test(element.tagName)) rename(element, `h${Math.min(6, Math.max(1, Number(element.getAttribute('aria-level')) || 1))}`)
  })
  each(body, 'p.MsoTitle,p.MsoHeading7,p.MsoHeading8,p.MsoHeading9', (title) => rename(title, title.className === 'MsoTitle' ? 'h1' : 'h6'))
  each(body, ALL, (heading) => {
    if (!words(heading)) heading.remove()
    else if (heading.closest('td,th,li')) embrace(rename(heading, 'p'), 'strong')
  })
  const headings = [...body.querySelectorAll(ALL)]
  const levels = [...new Set(headings.map((heading) => heading.tagName))].sort()
  for (const heading of headings) {
    const number = FROZEN.exec(heading.textContent)
    if (number && number[0].length < heading.textContent.length) dropLetters(heading, number[0].length)
    each(heading, 'b,strong,u', unwrap) // a heading is emphasis already
    rename(heading, `h${3 + Math.min(2, levels.indexOf(heading.tagName))}`)
  }
}
