// Style of a clipboard read as text: under the content security policy `element.style` is empty even in an inert document.
import { each, embrace, unwrap } from './dom.js'

/** An inert document whose styles and handlers have other names: nothing loads, runs or is refused by the policy. */
export function parse(html) {
  const renamed = html
    .replace(/<style\b/gi, '<template data-sheet')
    .replace(/<\/style\s*>/gi, '</template>')
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'])(style|on\w+)(\s*=)/gi, '$1data-$2$3'))
  return new DOMParser().parseFromString(renamed, 'text/html')
}

/** Selectors and declarations. Split, not matched: a sheet without braces must not keep a pattern busy. */
export const rules = (doc) => [...doc.querySelectorAll('template[data-sheet]')]
  .flatMap((sheet) => sheet.innerHTML.split('}'))
  .map((rule) => rule.split('{'))
  .filter((parts) => parts.length > 1)
  .map((parts) => [parts.at(-2), parts.at(-1)])

export function styled(element, property) {
  const found = new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]*)`, 'i').exec(element.getAttribute('data-style') ?? '')
  return found ? found[1].trim().toLowerCase() : ''
}

export const isHidden = (element) => styled(element, 'display') === 'none' || styled(element, 'mso-hide') === 'all'

/** What a sheet says of a class is written before what the element says of itself. */
export function applyClasses(doc) {
  const known = new Map()
  for (const [selectors, text] of rules(doc)) {
    for (const selector of selectors.split(',')) {
      const name = /^\w*\.([\w-]+)$/.exec(selector.trim().split(/\s+/).at(-1))?.[1]
      if (name) known.set(name, `${known.get(name) ?? ''};${text}`)
    }
  }
  each(doc.body, '[class]', (element) => {
    const given = [...element.classList].map((name) => known.get(name) ?? '').join(';')
    if (given) element.setAttribute('data-style', `${element.getAttribute('data-style') ?? ''};${given}`)
  })
}

export const isBold = (element) => /^(bold|bolder|[6-9]00)/.test(styled(element, 'font-weight'))

const EMPHASES = [
  ['strong', isBold],
  ['em', (element) => /^(italic|oblique)/.test(styled(element, 'font-style'))],
  ['u', (element) => /underline/.test(decoration(element)) && !element.closest('a') && !element.querySelector('a')],
  ['s', (element) => /line-through/.test(decoration(element))],
  ['sub', (element) => styled(element, 'vertical-align') === 'sub'],
  ['sup', (element) => styled(element, 'vertical-align') === 'super'],
]
const decoration = (element) => styled(element, 'text-decoration') || styled(element, 'text-decoration-line')

/** Bold, italic and the like that are only said by style become elements. */
export function emphasise(body) {
  each(body, 'span[data-style],a[data-style],font[data-style],p[data-style],td[data-style],th[data-style],li[data-style]', (element) => {
    for (const [tag, holds] of EMPHASES) {
      if (holds(element) && !element.closest(tag)) embrace(element, tag)
    }
  })
  each(body, 'b[data-style],strong[data-style]', (element) => { if (/^(normal|400)/.test(styled(element, 'font-weight'))) unwrap(element) })
}
