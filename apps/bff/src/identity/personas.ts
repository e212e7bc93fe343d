import type { Identity } from '@orbweaver/kube/client'
import { parse } from 'yaml'
import type { Persona } from '@orbweaver/contracts/access'
import { z } from 'zod'
import { normaliseIdentity } from './normalise.ts'

/** Somebody that mode local lets one be: a name to show, and the user and groups to act as. */
export type PersonaIdentity = Persona & { identity: Identity }

const Text = z.string().max(500)
const Entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1).max(100),
  user: z.string().min(1).max(253),
  groups: z.array(z.string().min(1).max(253)).max(100).default([]),
  /** One text for every reader, or one a language. */
  description: z
    .union([Text.transform((text) => ({ en: text, zh: text })), z.strictObject({ en: Text, zh: Text })])
    .optional(),
})
const Entries = z.array(Entry).min(1).max(100)

/** Reads a personas file (YAML or JSON list). Throws an Error whose message is fit for one line on stderr. */
export function parsePersonas(text: string): PersonaIdentity[] {
  const entries = Entries.safeParse(parse(text, { maxAliasCount: 0 }))
  if (!entries.success) {
    const first = entries.error.issues[0]
    throw new Error(`${first?.path.join('.') ?? ''}: ${first?.message ?? 'not a list of personas'}`)
  }
  const seen = new Set<string>()
  return entries.data.map(({ id, name, description, user, groups }) => {
    if (seen.has(id)) throw new Error(`persona ${id} is there twice`)
    seen.add(id)
    const identity = normaliseIdentity({ user, groups })
    if (identity === undefined) throw new Error(`persona ${id}: the user ${user} belongs to the cluster itself`)
    return { id, name, identity, ...(description === undefined ? {} : { description }) }
  })
}
