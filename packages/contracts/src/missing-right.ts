import { z } from 'zod'
import type { Message } from './message.ts'

/** One right that a plan rests on and that somebody lacks, as RBAC would grant it. */
export const MissingRight = z.object({
  cluster: z.string(),
  verb: z.string(),
  /** Of the API; the core group is the empty string. */
  group: z.string(),
  /** In the plural, as rules of RBAC name it. */
  resource: z.string(),
  /** Absent: in the whole cluster. */
  namespace: z.string().optional(),
  /** Who lacks it, as that cluster spells people; absent where the console acts as its kubeconfig. */
  user: z.string().optional(),
})
export type MissingRight = z.infer<typeof MissingRight>

/** Whose right it is that is missing: the person's, or that of the console's own account. */
const codes = { person: 'plan.forbidden', console: 'plan.console_forbidden' } as const
export type Lacking = keyof typeof codes

export function forbidden(right: MissingRight, who: Lacking = 'person'): Message {
  const { cluster, verb, group, resource, namespace, user } = right
  const params = { cluster, verb, group, resource, ...(namespace && { namespace }), ...(user && { user }) }
  return { code: codes[who], params }
}

export function rightIn({ code, params }: Message, who: Lacking): MissingRight | undefined {
  return code === codes[who] ? MissingRight.safeParse(params).data : undefined
}

/** Each right once: one in the whole cluster stands for the same one in its namespaces. The order is kept. */
export function eachRightOnce(reasons: readonly Message[]): Message[] {
  const wide = new Set(reasons.filter(({ params }) => params.namespace === undefined).map((each) => keyOf(each)))
  const told = new Set<string>()
  return reasons.filter((each) => {
    if (!isRight(each)) return true
    const { namespace } = each.params
    const key = keyOf(each, namespace)
    if (told.has(key) || (namespace !== undefined && wide.has(keyOf(each)))) return false
    told.add(key)
    return true
  })
}

function isRight({ code }: Message): boolean {
  return Object.values<string>(codes).includes(code)
}

function keyOf({ code, params: { cluster, verb, group, resource } }: Message, namespace?: unknown): string {
  return JSON.stringify([code, cluster, verb, group, resource, namespace])
}
