// Suggested wording: what of it must be there with the editor. All else is tool.js, fetched once the editor is ready.
import { closeHistory } from '@tiptap/pm/history'
import { Fragment, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { announce, clock, day } from '../status.js'
import { insertedRanges } from '../steps.js'

/** Whether a node belongs to the text as it is without suggestions. */
export const isStanding = (node) => !node.marks.some((mark) => mark.type.name === 'insertion')

export async function suggestionsBeside(editor, boot) {
  const { begin } = await import(boot.suggest_tool_url)
  begin({ editor, boot, announce, clock, day, closeHistory, Fragment, Slice, Plugin, insertedRanges })
}
