// Steps as they are sent and kept: as JSON made once, in portions a server accepts, and as the words they brought.
import { sendableSteps } from 'prosemirror-collab'

const MAX_STEPS = 500
const MAX_BYTES = 1000000
const texts = new WeakMap()

function textOf(step) {
  if (!texts.has(step)) texts.set(step, JSON.stringify(step.toJSON()))
  return texts.get(step)
}

export function bodyOf({ version, steps }, client) {
  return `{"version":${version},"client":${JSON.stringify(client)},"steps":[${steps.map(textOf).join(',')}]}`
}

/** The first unconfirmed steps, as many as one request may carry; null when there are none. */
export function batchOf(state, bytes = MAX_BYTES) {
  const pending = sendableSteps(state)
  if (!pending) return null
  let size = 0
  let count = 0
  while (count < Math.min(pending.steps.length, MAX_STEPS)) {
    size += textOf(pending.steps[count]).length
    if (count && size > bytes) break
    count += 1
  }
  return { version: pending.version, steps: pending.steps.slice(0, count) }
}

/** What these steps put in, as ranges of the document after them. */
export function insertedRanges(steps) {
  let ranges = []
  for (const step of steps) {
    const map = step.getMap()
    ranges = ranges.map(({ from, to }) => ({ from: map.map(from, 1), to: map.map(to, -1) }))
    map.forEach((_from, _to, from, to) => ranges.push({ from, to }))
    ranges = joined(ranges)
  }
  return ranges
}

/** What of these steps' words stands in `doc`, the document after them; one line for each place. */
export function insertedText(steps, doc) {
  const lines = insertedRanges(steps).map(({ from, to }) => doc.textBetween(from, Math.min(to, doc.content.size), '\n', ' '))
  return lines.filter((line) => line.trim()).join('\n')
}

function joined(ranges) {
  const result = []
  for (const range of ranges.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to)
    else result.push({ ...range })
  }
  return result
}

/** The words of steps that are JSON only, in the order of typing. */
export function stepsAsJson(steps) {
  const words = (node) => (node.text ?? '') + (node.content ?? []).map(words).join('')
  return steps.map((step) => words({ content: step.slice?.content })).join('')
}
