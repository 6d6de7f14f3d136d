// Which typed numbers are a known fact: amounts as they would be printed, and large counts with their noun behind.
const MONEY = /\bRp\s?(\d+(?:\.\d{3})*(?:,\d+)?)(?:\s(triliun|miliar|juta|ribu)\b)?/g
const COUNT = /(?<![\d.,–-])\b(\d{1,3})\s(program|strategi|aksi pendukung|sasaran|quick win)\b(?!\s(?:smart|prioritas))/gi
const WHOLE = /(?:seluruh|semua|sebanyak|total|keseluruhan)\s$/i
const SCALES = { triliun: 1e12, miliar: 1e9, juta: 1e6, ribu: 1e3 }
const LEAST = 1e6
const LARGE = 12 // a smaller number may count a part of the list (masterplan/consistency/text_facts.py)
const COMMON = new Set(['total', 'anggaran', 'yang', 'dipimpin', 'banyaknya'])
const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\d-]{3,}/gu) ?? []

const amountOf = (digits, scale) => Math.round(Number(digits.replaceAll('.', '').replace(',', '.')) * (SCALES[scale] ?? 1))

function printedAmount(text) {
  const [found] = text.matchAll(MONEY)
  return found ? amountOf(found[1], found[2]) : null
}

/** Facts by what a person would type for them. */
export function indexOf(facts) {
  const index = new Map()
  const add = (name, fact) => {
    if (!index.has(name)) index.set(name, new Set())
    index.get(name).add(fact)
  }
  for (const fact of facts.values()) {
    if (!fact.amount) continue
    add(`${fact.noun} ${fact.amount}`, fact)
    if (fact.noun === 'rupiah') add(`rupiah ${printedAmount(fact.short)}`, fact)
  }
  return index
}

/** One fact, or the one whose name shares most words with what is written around; none when two are as good. */
function best(found, around) {
  const written = new Set(wordsOf(around))
  const ranked = [...(found ?? [])]
    .map((fact) => ({ fact, score: wordsOf(fact.label).filter((word) => !COMMON.has(word) && written.has(word)).length }))
    .sort((a, b) => b.score - a.score)
  return ranked.length && (ranked.length === 1 || ranked[0].score > ranked[1].score) ? ranked[0].fact : null
}

const sentenceAt = (text, index) => text.slice(text.lastIndexOf('. ', index) + 1, text.indexOf('. ', index) < 0 ? text.length : text.indexOf('. ', index))

/** In one paragraph: where a number stands, the fact it is, and the style in which it is written. */
export function offersIn(text, index) {
  const offers = []
  const add = (match, name, style) => {
    const fact = best(index.get(name), sentenceAt(text, match.index))
    if (fact) offers.push({ index: match.index, text: match[0], key: fact.key, style })
  }
  for (const match of text.matchAll(MONEY)) {
    const amount = amountOf(match[1], match[2])
    if (amount >= LEAST) add(match, `rupiah ${amount}`, match[2] ? 'short' : 'long')
  }
  for (const match of text.matchAll(COUNT)) {
    const number = Number(match[1])
    if (number > LARGE || WHOLE.test(text.slice(0, match.index))) add(match, `${match[2].toLowerCase()} ${number}`, 'long')
  }
  return offers
}
