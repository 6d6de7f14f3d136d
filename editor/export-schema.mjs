// Writes the schema for the Python engine: node export-schema.mjs OUT.json
import fs from 'node:fs'
import { getSchema } from '@tiptap/core'
import { extensions } from './src/schema.js'

const NODE_KEYS = ['content', 'marks', 'group', 'inline', 'atom', 'isolating', 'defining', 'tableRole', 'whitespace']
const MARK_KEYS = ['excludes', 'inclusive', 'group', 'spanning']

const pick = (spec, keys) => Object.fromEntries(keys.filter((key) => spec[key] !== undefined).map((key) => [key, spec[key]]))
const attributes = (type) => Object.fromEntries(
  Object.entries(type.attrs).map(([key, attr]) => [key, attr.hasDefault ? { default: attr.default ?? null } : {}]),
)

const schema = getSchema(extensions)
const out = { topNode: schema.topNodeType.name, nodes: [], marks: [] }
schema.spec.nodes.forEach((name, spec) => out.nodes.push([name, { ...pick(spec, NODE_KEYS), attrs: attributes(schema.nodes[name]) }]))
schema.spec.marks.forEach((name, spec) => out.marks.push([name, { ...pick(spec, MARK_KEYS), attrs: attributes(schema.marks[name]) }]))
fs.writeFileSync(process.argv[2], `${JSON.stringify(out, null, 1)}\n`)
